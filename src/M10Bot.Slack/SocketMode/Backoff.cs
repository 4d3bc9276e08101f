namespace M10Bot.Slack.SocketMode;

/// <summary>Full jitter from 1 to 60 seconds; only a success starts it over.</summary>
internal sealed class Backoff(Random random)
{
    private const int MostDoublings = 6;
    private const double Longest = 60;

    private int _failures;

    public TimeSpan Next()
    {
        var ceiling = Math.Min(Longest, Math.Pow(2, Math.Min(_failures, MostDoublings)));
        _failures++;
        return TimeSpan.FromSeconds(Math.Max(0.1, random.NextDouble() * ceiling));
    }

    public void Succeeded() => _failures = 0;
}
