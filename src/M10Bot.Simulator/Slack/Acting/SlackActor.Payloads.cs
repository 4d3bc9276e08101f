using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using M10Bot.Simulator.Slack.Blocks;
using M10Bot.Simulator.Slack.Requests;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>What Slack tells the app of what a person did, and the person of what came of it.</summary>
public sealed partial class SlackActor
{
    private const int Patience = 1_000;

    /// <summary>Slack's word for an app that did not answer as it should; null where it did.</summary>
    private static string? Trouble(AppAnswer answer) => answer switch
    {
        AppAnswer.Acknowledged => null,
        AppAnswer.Late or AppAnswer.Lost => "operation_timeout",
        _ => "dispatch_failed",
    };

    private async Task<SlackOutcome> SendAsync(JsonObject payload, string channel, CancellationToken ct)
    {
        if (!_core.Manifest.IsInteractive)
        {
            return Failed(channel, "", "interactivity_not_enabled");
        }

        return Trouble(await _core.App.AskAsync(AppDoor.Interactive, payload, 0, "", ct)) is { } error ? Failed(channel, "", error) : SlackOutcome.Fine;
    }

    private SlackOutcome Failed(string channel, string text, string error)
    {
        if (ReferenceEquals(_team, _core.Newsroom))
        {
            _core.Tell("command.failed", new JsonObject { ["channel"] = channel, ["person"] = _person.Key, ["text"] = text, ["error"] = error });
        }

        return new SlackOutcome(error);
    }

    private JsonObject Payload(string type, bool withTrigger) => new JsonObject
    {
        ["type"] = type,
        ["user"] = new JsonObject { ["id"] = _person.Id, ["username"] = _person.Key, ["name"] = _person.Key, ["team_id"] = _person.HomeTeam ?? _team.Id },
        ["team"] = _team.OrgInstall is null ? new JsonObject { ["id"] = _team.Id, ["domain"] = _team.Domain } : null,
        ["enterprise"] = _team.Org is { } org ? new JsonObject { ["id"] = org.Id, ["name"] = org.Name } : null,
        ["is_enterprise_install"] = _team.OrgInstall is not null,
        ["api_app_id"] = SlackIds.App,
        ["token"] = "simulated",
    }.Set("trigger_id", withTrigger ? _core.Triggers.New(_team, _person, _core.NewKey()) : null);

    private JsonObject? Acted(JsonElement blocks, string blockId, string actionId, JsonElement? value)
    {
        if (BlockSearch.Find(blocks, blockId, actionId) is not { } found || found.Element.Text("type") is not { } type)
        {
            return null;
        }

        // An input block keeps to itself unless it asks to be heard.
        if (found.Block.Text("type") is "input" && !found.Block.Flag("dispatch_action"))
        {
            return null;
        }

        var action = type is "button"
            ? new JsonObject { ["type"] = type }.Set("text", found.Element.Member("text")).Set("value", found.Element.Text("value")).Set("url", found.Element.Text("url"))
            : InputState.Value(found.Element, type, value);
        if (action is null)
        {
            return null;
        }

        action["block_id"] = blockId;
        action["action_id"] = actionId;
        action["action_ts"] = string.Create(CultureInfo.InvariantCulture, $"{_core.Time.GetUtcNow().ToUnixTimeSeconds()}.000000");
        return action;
    }

    private static JsonObject StateAfter(JsonElement blocks, string blockId, string actionId, JsonObject action, JsonElement? filled = null)
    {
        var state = InputState.Of(blocks, filled);
        if (state["values"]?[blockId] is JsonObject block && block.ContainsKey(actionId))
        {
            block[actionId] = action.DeepClone();
        }

        return state;
    }

    private static JsonObject Container(SlackMessage message) => new()
    {
        ["type"] = "message",
        ["message_ts"] = message.Ts,
        ["channel_id"] = message.Channel,
        ["is_ephemeral"] = message.EphemeralFor is not null,
    };

    private static JsonArray? Options(JsonElement answer)
    {
        var problems = new BlockProblems();
        var options = answer.Items("options").Concat(answer.Items("option_groups").SelectMany(g => g.Items("options"))).ToList();
        foreach (var option in options)
        {
            ElementRules.CheckOption(option, "/options", problems);
        }

        var hasAny = answer.Member("options") is not null || answer.Member("option_groups") is not null;
        return hasAny && options.Count <= 100 && problems.Found.Count == 0 ? new JsonArray([.. options.Select(o => o.ToNode())]) : null;
    }

    private static JsonArray? Groups(JsonElement answer) =>
        answer.Member("option_groups") is { ValueKind: JsonValueKind.Array } groups ? (JsonArray)groups.ToNode()! : null;

    private SlackChannel? FindChannel(string id)
    {
        lock (_team.Gate)
        {
            return _team.Channel(id) is { } channel && (channel.Kind == SlackChannelKind.Public || channel.Members.Contains(_person.Id)) ? channel : null;
        }
    }

    private SlackMessage? FindMessage(string channel, string ts)
    {
        var place = FindChannel(channel);
        lock (_team.Gate)
        {
            return place?.Find(ts) is { IsDeleted: false } message && (message.EphemeralFor is null || message.EphemeralFor.Is(_person.Id)) ? message : null;
        }
    }

    private string Escape(string typed)
    {
        var text = typed.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        return Reference().Replace(text, match =>
        {
            if (match.Groups["link"].Success)
            {
                return $"<{match.Value}>";
            }

            var name = match.Groups["name"].Value;
            lock (_team.Gate)
            {
                if (match.Value[0] == '@')
                {
                    return _team.PersonByKey(name) is { } person ? $"<@{person.Id}|{person.Key}>" : match.Value;
                }

                var channel = _team.Channels.FirstOrDefault(c => c.Kind != SlackChannelKind.Direct && c.Name.Is(name));
                return channel is null ? match.Value : channel.Kind == SlackChannelKind.Private ? $"<#{channel.Id}|>" : $"<#{channel.Id}|{channel.Name}>";
            }
        });
    }

    [GeneratedRegex(@"(?<link>https?://\S+)|(?<![\w/])[@#](?<name>[a-z0-9_-]+)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Reference();
}
