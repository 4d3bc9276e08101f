using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>
/// What Slack makes live in a text by itself (docs.slack.dev/messaging/formatting-message-text): bare addresses, and with
/// <c>link_names</c>, <c>parse=full</c> or a mrkdwn object that is not verbatim also names of channels and people.
/// </summary>
internal static partial class Linking
{
    private const int Patience = 1_000;

    public static string Parse(string text, bool bareNames, SlackWorkspace team)
    {
        var written = Wording.Rewrite(text);
        return bareNames && written.AsSpan().IndexOfAny('#', '@') >= 0 ? Name().Replace(written, m => Live(m, team)) : written;
    }

    /// <summary>The blocks as they are stored; untouched where every mrkdwn object is verbatim.</summary>
    public static JsonElement? Parse(JsonElement? blocks, SlackWorkspace team)
    {
        if (blocks is not { } array || !HasOpenText(array))
        {
            return blocks;
        }

        var node = array.ToNode()!;
        Walk(node, team);
        return node.ToElement();
    }

    private static bool HasOpenText(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Any(HasOpenText),
        JsonValueKind.Object => IsOpen(element) || element.EnumerateObject().Any(m => HasOpenText(m.Value)),
        _ => false,
    };

    private static bool IsOpen(JsonElement element) => element.Text("type") is "mrkdwn" && !element.Flag("verbatim");

    private static void Walk(JsonNode? node, SlackWorkspace team)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Walk(item, team);
            }
        }
        else if (node is JsonObject json)
        {
            if (IsOpen(json.ToElement()) && json["text"] is JsonValue text)
            {
                json["text"] = Parse(text.GetValue<string>(), bareNames: true, team);
                return;
            }

            foreach (var (_, member) in json.ToList())
            {
                Walk(member, team);
            }
        }
    }

    private static string Live(Match match, SlackWorkspace team)
    {
        var name = match.Groups["name"].Value;
        lock (team.Gate)
        {
            if (match.Value[0] == '#')
            {
                return team.Channels.FirstOrDefault(c => c.Kind == SlackChannelKind.Public && c.Name.Is(name)) is { } channel ? $"<#{channel.Id}|{channel.Name}>" : match.Value;
            }

            return name is "here" or "channel" or "everyone" ? $"<!{name}>"
                : team.PersonByKey(name) is { } person ? $"<@{person.Id}>"
                : match.Value;
        }
    }

    // Not inside a token that is live already, nor in the middle of a word or an address.
    [GeneratedRegex(@"(?<![\w/<@#!&|])[@#](?<name>[a-z0-9_-]+)(?![^<]*>)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Name();
}
