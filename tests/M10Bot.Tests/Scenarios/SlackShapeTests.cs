using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using M10Bot.Simulator.Slack;
using M10Bot.Simulator.Slack.WebApi;
using M10Bot.Tests.Architecture;
using Xunit.Abstractions;

namespace M10Bot.Tests.Scenarios;

/// <summary>What the bot sends to Slack, held against the description that Slack itself published (archived in 2021).</summary>
/// <remarks>Seen red with an argument that is in neither list.</remarks>
public sealed class SlackShapeTests(ITestOutputHelper output)
{
    private const string Newer = "came after the description was archived in 2021";

    /// <summary>What the bot sends and the description does not know, with the reason.</summary>
    private static readonly Dictionary<string, string> Deviations = new(StringComparer.Ordinal)
    {
        ["apps.connections.open"] = "Socket Mode " + Newer,
        ["chat.postMessage metadata"] = "message metadata " + Newer,
        ["chat.update metadata"] = "message metadata " + Newer,
        ["chat.update reply_broadcast"] = Newer,
        ["conversations.history include_all_metadata"] = "message metadata " + Newer,
        ["conversations.replies include_all_metadata"] = "message metadata " + Newer,
        ["usergroups.users.list team_id"] = "tokens of a whole organisation need it; " + Newer,
        ["usergroups.list team_id"] = "tokens of a whole organisation need it; " + Newer,
        ["conversations.list team_id"] = "tokens of a whole organisation need it; " + Newer,
        ["users.conversations team_id"] = "tokens of a whole organisation need it; " + Newer,
        ["oauth.v2.access grant_type"] = "token rotation " + Newer,
        ["oauth.v2.access refresh_token"] = "token rotation " + Newer,
    };

    [Fact]
    public async Task Every_request_of_the_bot_has_the_shape_that_Slack_describes()
    {
        if (Repository.Shared("specs/slack-web-openapi-2021.json") is not { } file)
        {
            output.WriteLine("Not run: Slack's description of its Web API is not beside this repository.");
            return;
        }

        using var description = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var paths = description.RootElement.GetProperty("paths");
        var seen = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var faults = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var chats = await Chats.StartAsync();
        chats.Simulator.Slack.OnCall = (method, args) =>
        {
            seen.AddOrUpdate(method, 1, (_, n) => n + 1);
            foreach (var fault in Faults(paths, method, args))
            {
                faults.TryAdd(fault, 0);
            }
        };
        var bot = await RunningBot.StartAsync(chats, chats.FastSettings);
        await chats.OpenChannelsAsync();
        await LiveAsync(bot, chats);
        await bot.StopAsync();

        output.WriteLine(string.Join(", ", seen.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value}"))));
        faults.Keys.ShouldBeEmpty();
        new[] { "auth.test", "apps.connections.open", "users.info", "chat.postMessage", "chat.update", "conversations.history" }.ShouldAllBe(m => seen.ContainsKey(m));
        chats.Simulator.Slack.Complaints.ShouldBeEmpty();
    }

    /// <summary>A story from its first words to its end, with an answer lost on the way; a command and a visit of the home.</summary>
    private static async Task LiveAsync(RunningBot bot, Chats chats)
    {
        chats.Simulator.Slack.Faults.Plan(SlackFault.ReplyLost, "chat.postMessage");
        await bot.DropAsync("Urgency: 1\nSlug: riga-port\n\nPort of Riga closed after fire at oil terminal\nThe port of Riga in Latvia was closed on Sunday after a fire broke out, the port authority said.");
        await ShowsAsync(chats, "FLASH");
        await bot.DropAsync("Slug: riga-port\n\nRiga port closed for a second day as terminal fire spreads\nThe port of Riga in Latvia stayed closed on Monday as a fire spread to a second tank, the port authority said.");
        await ShowsAsync(chats, "UPDATE");
        await chats.SlackCommandAsync("member", "/m10 latest");
        chats.Simulator.Slack.Newsroom.As("member").OpenHome();
        await bot.DropAsync("Slug: riga-port\nStatus: kill\nNote: the report could not be confirmed.\n");
        await ShowsAsync(chats, "WITHDRAWN");
    }

    private static Task ShowsAsync(Chats chats, string word) => chats.UntilAsync(
        () => chats.SlackPosts().Any(p => Chats.TextOf(p).Contains(word, StringComparison.Ordinal)), $"Slack shows {word}", TimeSpan.FromMinutes(2));

    private static IEnumerable<string> Faults(JsonElement paths, string method, CallArguments args)
    {
        if (!paths.TryGetProperty("/" + method, out var path))
        {
            if (!Deviations.ContainsKey(method))
            {
                yield return $"{method} is not described";
            }

            yield break;
        }

        var operation = path.EnumerateObject().First().Value;
        var known = operation.GetProperty("parameters").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, StringComparer.Ordinal);
        foreach (var name in args.Names.Where(n => n is not "token" && !Deviations.ContainsKey($"{method} {n}")))
        {
            if ((known.TryGetValue(name, out var parameter) ? WrongType(parameter, args, name) : "is not described") is { } fault)
            {
                yield return $"{method} {name} {fault}";
            }
        }

        foreach (var name in known.Where(p => p.Value.TryGetProperty("required", out var required) && required.GetBoolean()).Select(p => p.Key).Where(n => n is not "token" && !args.Has(n)))
        {
            yield return $"{method} {name} is missing";
        }

        if (args.IsJson && !operation.GetProperty("consumes").EnumerateArray().Any(c => c.GetString() is "application/json"))
        {
            yield return $"{method} does not take JSON";
        }
    }

    /// <summary>Null where it may be sent so. Numbers that name a message go as text: as numbers they would lose digits.</summary>
    private static string? WrongType(JsonElement parameter, CallArguments args, string name)
    {
        var kind = args.KindOf(name);
        return parameter.GetProperty("type").GetString() switch
        {
            "boolean" when kind is JsonValueKind.True or JsonValueKind.False || args.Text(name) is "true" or "false" => null,
            "integer" when args.Number(name) is not null => null,
            "number" or "string" when kind is JsonValueKind.String => null,
            "string" when kind is JsonValueKind.Array or JsonValueKind.Object && name is "blocks" or "attachments" or "view" => null,
            "string" when name is "link_names" && kind is JsonValueKind.True or JsonValueKind.False => null,
            var wanted => $"is {kind} and should be {wanted}",
        };
    }
}
