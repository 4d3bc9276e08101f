using System.Text.Json;
using M10Bot.Simulator.Tests.Discord.Checks;
using Xunit.Abstractions;

namespace M10Bot.Tests.Scenarios;

/// <summary>What the bot itself asks of Discord, held against Discord's own description of its API.</summary>
public sealed class DiscordContractTests(ITestOutputHelper output)
{
    /// <summary>Where the description, which calls itself a preview, and the documentation or what is seen disagree; we follow the latter.</summary>
    private static readonly (string Part, string Why)[] Deviations =
    [
        ("._errors", "inner codes are texts in the documentation and in practice; the description says integers"),
        ("default_member_permissions", "a text of bits in the documentation; the description says integer for requests"),
    ];

    [Fact]
    public async Task The_bots_requests_are_as_discord_describes_them()
    {
        if (OpenApi.Find() is not { } contract)
        {
            output.WriteLine("Discord's OpenAPI description is not on this machine: nothing was compared.");
            return;
        }

        var chats = await Chats.StartAsync(); // ends with the bot
        var gate = new Lock();
        var faults = new HashSet<string>(StringComparer.Ordinal);
        var calls = new HashSet<string>(StringComparer.Ordinal);
        chats.Simulator.Discord.Seen = Note;
        await using var bot = await RunningBot.StartAsync(chats);
        await chats.OpenChannelsAsync();
        await chats.DiscordCommandAsync("member", "subscribe", ("topic", "Latvia"));
        await chats.DiscordCommandAsync("member", "latest");
        await bot.DropAsync("Urgency: 1\nSlug: riga\n\nPort of Riga in Latvia closed after a fire\nThe port of Riga in Latvia was closed on Sunday after a fire.");
        await chats.UntilAsync(() => chats.DiscordCount == 1, "the post");
        await bot.DropAsync("Slug: riga\n\nPort of Riga in Latvia closed for a second day\nThe port of Riga in Latvia stayed closed on Monday.");
        await chats.UntilAsync(() => Seen("PATCH channels"), "the edit");

        lock (gate)
        {
            output.WriteLine($"{calls.Count} kinds of call were compared: {string.Join(", ", calls.Order(StringComparer.Ordinal))}.");
            faults.ShouldBeEmpty();
            chats.Simulator.Discord.Breaches.ShouldBeEmpty();
        }

        void Note(string method, string path, JsonElement request, int status, JsonElement response)
        {
            lock (gate)
            {
                calls.Add($"{method} {path.Split('/')[0]}");
                faults.UnionWith(contract.Check(method, $"/{path}", request, status, response).Where(f => !Deviations.Any(d => f.Contains(d.Part, StringComparison.Ordinal))));
            }
        }

        bool Seen(string call)
        {
            lock (gate)
            {
                return calls.Contains(call);
            }
        }
    }
}
