using System.Globalization;

namespace M10Bot.Simulator.Discord.State;

/// <summary>Ids that grow with time, as Discord's do; never the same twice.</summary>
internal sealed class Snowflakes(TimeProvider time)
{
    private const long Epoch = 1_420_070_400_000; // 2015-01-01, Discord's first millisecond
    private long _last;

    public string Next()
    {
        var elapsed = Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - Epoch);
        _last = Math.Max(_last + 1, elapsed << 22);
        return _last.ToString(CultureInfo.InvariantCulture);
    }

    public static bool IsOne(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    public static ulong Number(string id) => ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
