using M10Bot.News.Chat;

namespace M10Bot.News.Deliveries;

/// <summary>How long a lane takes at the pace of its platform's limit.</summary>
internal static class LaneForecast
{
    /// <param name="rate">Of posts or of edits.</param>
    /// <param name="waiting">How many have to go.</param>
    /// <param name="used">How many went just now, within the time that fills an empty burst.</param>
    public static TimeSpan For(Rate rate, int waiting, int used)
    {
        var atOnce = Math.Max(0, rate.Burst - used);
        return double.IsInfinity(rate.PerSecond) || waiting <= atOnce ? TimeSpan.Zero : TimeSpan.FromSeconds((waiting - atOnce) / rate.PerSecond);
    }
}
