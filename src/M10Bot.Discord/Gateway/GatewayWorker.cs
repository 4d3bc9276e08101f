using M10Bot.News.Ownership;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Discord.Gateway;

/// <summary>Sees to it that somebody is connected to Discord's gateway: whoever owns the shard.</summary>
internal sealed class GatewayWorker(DiscordOptions options, IKeyOwner owner, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            owner.Wake(ShardKey.Of(options));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
