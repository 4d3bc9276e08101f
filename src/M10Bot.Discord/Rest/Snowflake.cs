using System.Globalization;

namespace M10Bot.Discord.Rest;

/// <summary>Discord's ids: 64 bits, the time since 2015 in the upper 42.</summary>
internal static class Snowflake
{
    private const long Epoch = 1_420_070_400_000;

    public static bool IsValid(string? id) => TryParse(id, out _);

    public static bool TryParse(string? id, out ulong value) =>
        ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    public static DateTimeOffset TimeOf(ulong id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(id >> 22) + Epoch);

    /// <summary>The smallest id of that millisecond.</summary>
    public static ulong At(DateTimeOffset time) => (ulong)Math.Max(0, time.ToUnixTimeMilliseconds() - Epoch) << 22;
}
