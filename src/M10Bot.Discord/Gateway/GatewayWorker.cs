using M10Bot.Discord.Rest;
using M10Bot.News.Ownership;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Discord.Gateway;

/// <summary>Sees to it that somebody keeps each of this process's shards: whoever owns it.</summary>
internal sealed class GatewayWorker(ShardPlan plan, GatewayDirectory directory, IKeyOwner owner, Jitter jitter, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backoff = new Backoff(jitter);
        while (!stoppingToken.IsCancellationRequested)
        {
            var isKnown = plan.Mine.Count > 0 || await directory.AskAsync(stoppingToken) is not null;
            foreach (var shard in plan.Mine)
            {
                owner.Wake(shard.Key);
            }

            if (isKnown)
            {
                backoff.Succeeded();
            }

            await Task.Delay(isKnown ? Tick : backoff.Failed(), time, stoppingToken);
        }
    }
}
