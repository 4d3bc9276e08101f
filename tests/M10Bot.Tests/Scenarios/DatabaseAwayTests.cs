using M10Bot.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace M10Bot.Tests.Scenarios;

/// <summary>PostgreSQL goes away and comes back while stories go out.</summary>
public sealed class DatabaseAwayTests(ITestOutputHelper output)
{
    [Fact]
    public async Task While_the_database_is_away_people_are_told_so_and_when_it_is_back_nothing_is_lost_and_nothing_comes_twice()
    {
        if (!TestDatabase.Engines.Contains(TestDatabase.Postgres, StringComparer.Ordinal))
        {
            output.WriteLine($"Not run: {TestDatabase.PostgresVariable} is not set.");
            return;
        }

        await using var test = await TestDatabase.CreateEmptyAsync(TestDatabase.Postgres);
        var address = new NpgsqlConnectionStringBuilder(test.ConnectionString);
        await using var link = new LoopbackLink(address.Port);
        address.Port = link.Port;
        await using var chats = await Chats.StartAsync();
        chats.LiftLimits();
        var bot = await RunningBot.StartAsync(chats, new Dictionary<string, string?>(chats.FastSettings, StringComparer.Ordinal) { ["Storage:ConnectionString"] = address.ToString() });
        await chats.OpenChannelsAsync();
        await bot.DropAsync(Story("Riga"));
        await chats.UntilAsync(() => chats.DiscordCount == 1 && chats.SlackCount == 1, "the first story");

        await bot.DropAsync(Story("Turku"));
        link.GoAway();
        (await chats.DiscordCommandAsync("member", "latest")).ShouldContain("The bot's database cannot be reached");
        (await chats.SlackCommandAsync("member", "/m10 latest")).ShouldContain("The bot's database cannot be reached");
        await bot.DropAsync(Story("Gdansk"));
        (await chats.SlackCommandAsync("admin", "/m10 status")).ShouldContain("Nothing is lost");

        link.Mend();
        await chats.UntilAsync(() => chats.DiscordCount >= 3 && chats.SlackCount >= 3, "all stories");
        (await chats.DiscordCommandAsync("member", "latest")).ShouldContain("Gdansk");
        (await chats.SlackCommandAsync("admin", "/m10 status")).ShouldContain("All channels are served");
        await bot.StopAsync();
        foreach (var posts in new[] { chats.DiscordPosts(), chats.SlackPosts() })
        {
            posts.Select(Chats.TextOf).Select(t => t.Split("Port of ")[1].Split(' ')[0]).Order(StringComparer.Ordinal).ShouldBe(["Gdansk", "Riga", "Turku"]);
        }
    }

    [Fact]
    public async Task A_bot_that_finds_no_database_does_not_start_and_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var settings = folder.Settings;
        settings["Discord:Token"] = "nobody";
        settings["Storage:ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody;Password=hush";
        await using var bot = BotProcess.Start(settings);
        (await bot.ExitAsync()).ShouldBe(1, bot.Output);
        bot.Output.ShouldContain("M10Bot has not started.\nThe database cannot be reached");
        bot.Output.ShouldNotContain("hush");
    }

    private static string Story(string town) => $"""
        Slug: port-{town}

        Port of {town} closed after a storm
        The harbour master of {town} closed the port on Monday after the storm {town}lina, his office said.
        """;
}
