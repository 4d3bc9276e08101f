using M10Bot.Tests.Scenarios;

namespace M10Bot.Benchmarks.Replicas;

/// <summary>One replica: the program as its own process.</summary>
internal sealed record Replica(int Number, BotProcess Process) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<Replica> StartAsync(int number, Dictionary<string, string?> settings)
    {
        var process = BotProcess.Start([.. settings, KeyValuePair.Create<string, string?>("DOTNET_DbgEnableMiniDump", "0")]);
        try
        {
            await process.ReadyAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"Replica {number} did not get ready:\n{process.Output}", e);
        }

        return new Replica(number, process);
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
