namespace M10Bot.Discord.Rest;

/// <summary>Chance, shared by threads.</summary>
internal sealed class Jitter(Random random)
{
    private readonly Lock _lock = new();

    /// <summary>0 up to 1.</summary>
    public double Fraction()
    {
        lock (_lock)
        {
            return random.NextDouble();
        }
    }

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * Fraction());
}
