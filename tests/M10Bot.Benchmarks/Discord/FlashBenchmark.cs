using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Storage;
using M10Bot.Testing;
using M10Bot.Tests.Scenarios;

namespace M10Bot.Benchmarks.Discord;

/// <summary>One flash from the wire folder to many channels, at Discord's own ceiling: how much of it is held, and whether Discord ever says no.</summary>
internal static class FlashBenchmark
{
    private const int PerGuild = 50;

    public static async Task<int> RunAsync(int channels, int perSecond)
    {
        await using var server = await FakeDiscordProcess.StartAsync((channels + PerGuild - 1) / PerGuild, PerGuild);
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?>(folder.Settings, StringComparer.Ordinal)
        {
            ["Discord:Token"] = "t",
            ["Discord:ApiBase"] = server.Api,
            ["Discord:GlobalPerSecond"] = perSecond.ToString(CultureInfo.InvariantCulture),
        };
        await FillAsync(settings["Storage:ConnectionString"]!, channels);
        await using var bot = BotProcess.Start(settings);
        await bot.ReadyAsync(TimeSpan.FromMinutes(1));
        while ((await server.UsableAsync()).TryGetProperty("usable", out var at) is false || at.GetDouble() < 0)
        {
            await Task.Delay(100);
        }

        await server.ResetAsync(ceiling: 50);
        await WholeFile.DropAsync(settings["Wire:Folder"]!, "flash.txt", """
            Slug: harbour-flash
            Urgency: 1

            Harbour of Riga reopens after the storm
            The harbour of Riga reopened on Monday, its master said.

            """);
        var most = TimeSpan.FromSeconds(30 + (2.0 * channels / perSecond));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        System.Text.Json.JsonElement counts;
        do
        {
            await Task.Delay(250);
            counts = await server.CountsAsync();
        }
        while (counts.GetProperty("posts").GetInt32() < channels && clock.Elapsed < most);
        await Task.Delay(2_000); // what comes twice comes late
        counts = await server.CountsAsync();

        var (posts, seconds, twice, limited) = (counts.GetProperty("posts").GetInt32(), counts.GetProperty("seconds").GetDouble(), counts.GetProperty("twice").GetInt32(), counts.GetProperty("limited").GetInt32());
        var held = (posts - 1) / seconds / perSecond;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"one flash to {channels:N0} channels at {perSecond}/s: {counts.GetProperty("channels").GetInt32():N0} channels in {seconds:0.00} s, {held:P1} of the ceiling, {limited} answers 429, {twice} channels twice, most in any second {counts.GetProperty("mostInOneSecond").GetInt32()}"));
        return posts == channels && twice == 0 && limited == 0 ? 0 : 1;
    }

    private static async Task FillAsync(string connection, int channels)
    {
        await using var database = new Database(StorageRegistration.DialectFor(connection));
        await database.MigrateAsync(CancellationToken.None);
        var tables = new NewsTables(database);
        for (var i = 0; i < channels; i++)
        {
            var guild = 1_000 * (1 + (i / PerGuild));
            await tables.DestinationAsync(new Destination(Platform.Discord, $"{guild}", DestinationKind.Channel, $"{guild + 1 + (i % PerGuild)}"), "discord", "all");
        }
    }
}
