using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Rendering;

/// <summary>The numbers by which the bot knows its own message again, carried as component ids.</summary>
/// <remarks>
/// A component's id is kept by Discord, comes back with every look at the message, survives edits, is invisible, and takes
/// nothing from a custom_id's 100 characters. The nonce is not said to come back. The ranges keep the two apart.
/// </remarks>
internal static class Mark
{
    /// <summary>Which delivery it is.</summary>
    public static int OfKey(DeliveryKey key) => Hash(key.Value) | (1 << 30);

    /// <summary>Which words it shows.</summary>
    public static int OfState(string words) => (Hash(words) >> 1) | (1 << 29);

    /// <summary>True where one of the components has the id.</summary>
    public static bool IsIn(IReadOnlyList<ComponentSeen>? components, int mark) =>
        components is not null && components.Any(c => c is not null && (c.Id == mark || IsIn(c.Components, mark)));

    private static int Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadInt32BigEndian(hash) & ((1 << 30) - 1);
    }
}
