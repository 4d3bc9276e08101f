using System.Globalization;
using M10Bot.News.Ownership;

namespace M10Bot.Discord.Gateway;

/// <summary>One connection's share of the servers: those whose id, shifted, leaves <paramref name="Index"/> when divided by <paramref name="Count"/>.</summary>
internal sealed record Shard(int Index, int Count)
{
    public const string Kind = "shard";

    public OwnedKey Key => new(Kind, ToString());

    /// <summary>Discord's own rule.</summary>
    public bool Holds(ulong guild) => (guild >> 22) % (ulong)Count == (ulong)Index;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Shard Parse(string name)
    {
        var parts = name.Split("-of-");
        return new Shard(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}-of-{Count}");
}
