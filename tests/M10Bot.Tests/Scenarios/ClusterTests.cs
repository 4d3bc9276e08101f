using Xunit.Abstractions;

namespace M10Bot.Tests.Scenarios;

/// <summary>What a single machine is spared of the replicas' machinery, and what a replica without its database is told.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task On_one_machine_with_tokens_nothing_of_Orleans_and_of_the_simulator_is_loaded()
    {
        await using var chats = await Chats.StartAsync();
        await using var bot = BotProcess.Start(chats.Settings);
        await bot.ReadyAsync();
        await chats.ConnectedAsync();
        if (!OperatingSystem.IsLinux())
        {
            output.WriteLine("Only Linux tells which files a process has mapped: nothing was tested.");
            return;
        }

        var mapped = await File.ReadAllLinesAsync($"/proc/{bot.Id}/maps");
        mapped.ShouldContain(line => line.EndsWith("/M10Bot.News.dll", StringComparison.Ordinal), "the list names what is loaded");
        mapped.ShouldNotContain(line => line.Contains("/Orleans.", StringComparison.Ordinal));
        mapped.ShouldNotContain(line => line.EndsWith("/M10Bot.Simulator.dll", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replica_on_sqlite_is_told_what_to_change()
    {
        await using var chats = await Chats.StartAsync();
        await using var bot = BotProcess.Start(chats.Settings, "--Cluster:Port", "11111", "--Cluster:Address", "127.0.0.1");
        (await bot.ExitAsync()).ShouldBe(2);
        bot.Output.ShouldContain("replicas share one PostgreSQL");
    }
}
