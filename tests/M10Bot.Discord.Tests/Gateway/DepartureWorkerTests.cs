using System.Collections.Concurrent;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests.Gateway;

public sealed class DepartureWorkerTests
{
    [Fact]
    public async Task What_came_together_is_told_together_in_its_order_and_a_failure_ends_nothing()
    {
        var told = new ConcurrentQueue<string>();
        var last = new TaskCompletionSource();
        var guilds = new GuildBook();
        var port = new DeparturePort(
            (guild, _) =>
            {
                told.Enqueue($"left {guild}");
                throw new InvalidOperationException("no database");
            },
            (here, _) =>
            {
                told.Enqueue($"here {string.Join(' ', here)}");
                if (here.Contains("4", StringComparer.Ordinal))
                {
                    last.SetResult();
                }

                return Task.CompletedTask;
            });
        using var worker = new DepartureWorker(guilds, port, NullLogger<DepartureWorker>.Instance);
        guilds.Came("1");
        guilds.Came("2");
        guilds.Left("1");
        guilds.Came("3");
        guilds.Came("4");

        await worker.StartAsync(default);
        await last.Task.WaitAsync(Bench.Patience);
        await worker.StopAsync(default);

        told.ShouldBe(["here 1 2", "left 1", "here 3 4"]);
    }
}
