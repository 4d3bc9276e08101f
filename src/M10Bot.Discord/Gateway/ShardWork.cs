using M10Bot.Discord.Rest;
using M10Bot.News.Ownership;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Gateway;

/// <summary>Keeps the shards that this process owns, each on a connection of its own.</summary>
internal sealed class ShardWork(
    DiscordOptions options,
    ShardPlan plan,
    SignIns signIns,
    GatewayDirectory directory,
    GatewayEvents events,
    Func<GatewaySocket> sockets,
    Jitter jitter,
    TimeProvider time,
    ILogger<ShardWork> logger) : KeyWork
{
    public override string Kind => Shard.Kind;

    public override async Task RunAsync(string name, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var changed = plan.Changed;
        var run = Keep(Shard.Parse(name)).RunAsync(over.Token);
        if (await Task.WhenAny(run, changed) != run)
        {
            await over.CancelAsync();
        }

        await run;
    }

    /// <summary>One shard's connection, for as long as it is kept.</summary>
    public ShardRun Keep(Shard shard) => new(shard, options, plan, signIns, directory, events, sockets, jitter, time, logger);
}
