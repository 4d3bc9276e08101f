using System.Globalization;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace M10Bot.Tests.Scenarios;

/// <summary>kill -9 at random moments: nothing lost, nothing twice, as the simulator counts it.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Stories = 40;
    private const int Kills = 6;

    [Fact]
    public async Task Killed_at_any_moment_the_bot_loses_nothing_and_repeats_nothing()
    {
        var seed = Environment.GetEnvironmentVariable("M10BOT_TEST_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"seed {seed} (M10BOT_TEST_SEED repeats it)");
        var random = new Random(seed);

        await using var chats = await Chats.StartAsync();
        chats.LiftLimits();
        await using (var first = BotProcess.Start(chats.FastSettings))
        {
            await first.ReadyAsync();
            await chats.ConnectedAsync();
            await chats.OpenChannelsAsync();
        }

        var next = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var bot = BotProcess.Start(chats.FastSettings);
            await bot.ReadyAsync();
            for (var i = 0; i < Stories / Kills; i++)
            {
                await chats.DropAsync($"story-{next}.txt", Story(next++));
            }

            // From before the first file is read to after the last message is out.
            await AfterAsync(TimeSpan.FromMilliseconds(random.Next(20, 900)));
            await bot.KillAsync();
        }

        await using var last = BotProcess.Start(chats.FastSettings);
        await last.ReadyAsync();
        await chats.UntilAsync(() => Headlines(chats.DiscordPosts()).Distinct(StringComparer.Ordinal).Count() == next, "every story in Discord", TimeSpan.FromSeconds(90));
        await chats.UntilAsync(() => Headlines(chats.SlackPosts()).Distinct(StringComparer.Ordinal).Count() == next, "every story in Slack", TimeSpan.FromSeconds(90));
        Headlines(chats.DiscordPosts()).Count.ShouldBe(next, "a story came twice in Discord");
        Headlines(chats.SlackPosts()).Count.ShouldBe(next, "a story came twice in Slack");
    }

    private static string Story(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Slug: story-{number}

        Harbour number {Spell(number)} reopens after the storm
        The harbour called {Spell(number)} {Spell(number * 7)} reopened on Monday after the storm, its master said. Ships {Spell(number + 900)} and {Spell(number * 13)} left at noon.
        """);

    // Words instead of figures, so that no two stories read alike.
    private static string Spell(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(c => (char)('k' + (c - '0')))) + "ville";

    private static List<string> Headlines(IReadOnlyList<JsonObject> posts) =>
        [.. posts.Select(Chats.TextOf).Select(t => t[(t.IndexOf("Harbour number ", StringComparison.Ordinal) + 15)..].Split(' ')[0])];

    private static async Task AfterAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
