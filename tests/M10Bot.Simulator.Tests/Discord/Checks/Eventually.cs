namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Waits for what happens in its own time, with a limit that only a fault reaches.</summary>
internal static class Eventually
{
    public static async Task BeAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(DiscordBench.Patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            await look.WaitForNextTickAsync(patience.Token);
        }
    }
}
