using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using M10Bot.Simulator.Slack.Blocks;
using M10Bot.Simulator.Slack.SocketMode;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>One person at the keyboard: types commands, presses buttons, fills in modals.</summary>
public sealed partial class SlackActor
{
    private const int Patience = 1_000;
    private readonly SlackCore _core;
    private readonly SlackWorkspace _team;
    private readonly SlackPerson _person;

    internal SlackActor(SlackCore core, SlackWorkspace team, SlackPerson person) => (_core, _team, _person) = (core, team, person);

    /// <summary>Types a line such as <c>/m10 latest</c> into a channel and waits for what the app makes of it.</summary>
    public async Task<SlackOutcome> CommandAsync(string channel, string text, CancellationToken ct)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? text : text[..space];
        if (_core.Commands.Find(c => c.Command.Is(name)) is not { } command)
        {
            return SlackOutcome.Impossible($"{name} is not a valid command");
        }

        if (FindChannel(channel) is not { } place)
        {
            return SlackOutcome.Impossible("channel_not_found");
        }

        if (place.IsArchived)
        {
            return SlackOutcome.Impossible("is_archived");
        }

        var typed = new SlackTyped(_person.Id, text);
        var rest = space < 0 ? "" : text[(space + 1)..].Trim();
        var payload = new JsonObject
        {
            ["token"] = "simulated",
            ["team_id"] = _team.Id,
            ["team_domain"] = _team.Domain,
            ["channel_id"] = place.Id,
            ["channel_name"] = place.Kind switch { SlackChannelKind.Direct => "directmessage", SlackChannelKind.Private => "privategroup", _ => place.Name },
            ["user_id"] = _person.Id,
            ["user_name"] = _person.Key,
            ["command"] = command.Command,
            ["text"] = command.ShouldEscape ? Escape(rest) : rest,
            ["api_app_id"] = SlackIds.App,
            ["is_enterprise_install"] = "false",
            ["response_url"] = _core.Hooks.New(_team, _person, place.Id, original: null, typed),
            ["trigger_id"] = _core.Triggers.New(_team, _person, _core.NewKey()),
        };
        var error = await _core.Sockets.AskAsync("slash_commands", payload, 0, ct) switch
        {
            SocketAnswer.NoLink => "dispatch_failed",
            SocketAnswer.Late => "operation_timeout",
            SocketAnswer.Acknowledged { Payload: { ValueKind: JsonValueKind.Object } answer } when answer.EnumerateObject().Any() =>
                _core.Hooks.Answer(_team, _person, place.Id, typed, answer)?.Verdict,
            SocketAnswer.Acknowledged { Payload: { ValueKind: not JsonValueKind.Object } } => "dispatch_unknown_error",
            _ => null,
        };
        return error is null ? SlackOutcome.Fine : Failed(place.Id, text, error);
    }

    /// <summary>Presses a button or sets a select of a message.</summary>
    /// <param name="channel">The channel's id.</param>
    /// <param name="ts">The message.</param>
    /// <param name="blockId">The block the element stands in.</param>
    /// <param name="actionId">The element.</param>
    /// <param name="value">For selects and inputs: the option's value, or what was typed; null elsewhere.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<SlackOutcome> PressAsync(string channel, string ts, string blockId, string actionId, JsonElement? value, CancellationToken ct)
    {
        if (FindMessage(channel, ts) is not { Blocks: { } blocks } message)
        {
            return SlackOutcome.Impossible("message_not_found");
        }

        if (Acted(blocks, blockId, actionId, value) is not { } action)
        {
            return SlackOutcome.Impossible("no_such_element");
        }

        var payload = Payload("block_actions", withTrigger: true);
        payload["container"] = Container(message);
        payload["channel"] = new JsonObject { ["id"] = message.Channel, ["name"] = FindChannel(channel)?.Name };
        payload["message"] = message.EphemeralFor is null ? message.ToJson(allMetadata: false) : null;
        payload["state"] = StateAfter(blocks, blockId, actionId, action);
        payload["response_url"] = _core.Hooks.New(_team, _person, message.Channel, message.Ts, typed: null);
        payload["actions"] = new JsonArray(action);
        return await SendAsync(payload, message.Channel, ct);
    }

    /// <summary>Presses a button or sets a select of a modal or the home view.</summary>
    public async Task<SlackOutcome> PressInViewAsync(string view, string blockId, string actionId, JsonElement? value, CancellationToken ct)
    {
        if (_core.Views.Find(_team, _person, view) is not { } shown)
        {
            return SlackOutcome.Impossible("view_not_found");
        }

        if (Acted(shown.Blocks, blockId, actionId, value) is not { } action)
        {
            return SlackOutcome.Impossible("no_such_element");
        }

        var payload = Payload("block_actions", withTrigger: true);
        var state = StateAfter(shown.Blocks, blockId, actionId, action);
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = shown.Id };
        payload["view"] = shown.ToJson(state);
        payload["actions"] = new JsonArray(action);
        return await SendAsync(payload, "", ct);
    }

    /// <summary>Types into a select that asks the app.</summary>
    /// <param name="view">The view it stands in, or null.</param>
    /// <param name="message">Channel and message it stands in, or null.</param>
    /// <param name="blockId">The block.</param>
    /// <param name="actionId">The select.</param>
    /// <param name="typed">What stands in it now.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<SlackOutcome> SuggestAsync(string? view, (string Channel, string Ts)? message, string blockId, string actionId, string typed, CancellationToken ct)
    {
        var shown = view is null ? null : _core.Views.Find(_team, _person, view);
        var posted = message is { } m ? FindMessage(m.Channel, m.Ts) : null;
        if ((shown?.Blocks ?? posted?.Blocks) is not { } blocks || BlockSearch.Find(blocks, blockId, actionId) is not { } found
            || found.Element.Text("type") is not ("external_select" or "multi_external_select"))
        {
            return SlackOutcome.Impossible("no_such_element");
        }

        var least = found.Element.Member("min_query_length") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var given) ? given : 3;
        if (typed.Length < least)
        {
            return SlackOutcome.Fine with { Options = [] };
        }

        var payload = Payload("block_suggestion", withTrigger: false);
        payload["block_id"] = blockId;
        payload["action_id"] = actionId;
        payload["value"] = typed;
        payload["container"] = shown is null ? Container(posted!) : new JsonObject { ["type"] = "view", ["view_id"] = shown.Id };
        if (shown is not null)
        {
            payload["view"] = shown.ToJson();
        }

        return await _core.Sockets.AskAsync("interactive", payload, 0, ct) is SocketAnswer.Acknowledged { Payload: { } answer } && Options(answer) is { } options
            ? SlackOutcome.Fine with { Options = options }
            : new SlackOutcome("could_not_load_options");
    }

    /// <summary>Writes a message. The app hears of it where Slack would tell it.</summary>
    /// <returns>The message's ts, or null where this person cannot write there.</returns>
    public string? Say(string channel, string text)
    {
        if (FindChannel(channel) is not { IsArchived: false } place)
        {
            return null;
        }

        SlackMessage message;
        lock (_team.Gate)
        {
            message = new SlackMessage { Channel = place.Id, Ts = _team.NextTs(), Team = _team.Id, User = _person.Id, Text = Wording.Rewrite(text) };
            place.Add(message);
        }

        _core.Tell(_team, "message.create", message);
        _core.Events.RaiseMessage(_team, message);
        return message.Ts;
    }

    /// <summary>Opens the app's home tab.</summary>
    public void OpenHome()
    {
        string channel;
        lock (_team.Gate)
        {
            channel = _team.Direct(_person).Id;
        }

        var what = new JsonObject { ["type"] = "app_home_opened", ["user"] = _person.Id, ["channel"] = channel, ["tab"] = "home" };
        if (_core.Views.Home(_team, _person) is { } home)
        {
            what["view"] = home.ToJson();
        }

        _core.Events.Raise(_team, "app_home_opened", what);
    }

    private async Task<SlackOutcome> SendAsync(JsonObject payload, string channel, CancellationToken ct) =>
        await _core.Sockets.AskAsync("interactive", payload, 0, ct) switch
        {
            SocketAnswer.NoLink => Failed(channel, "", "dispatch_failed"),
            SocketAnswer.Late => Failed(channel, "", "operation_timeout"),
            _ => SlackOutcome.Fine,
        };

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
        ["user"] = new JsonObject { ["id"] = _person.Id, ["username"] = _person.Key, ["name"] = _person.Key, ["team_id"] = _team.Id },
        ["team"] = new JsonObject { ["id"] = _team.Id, ["domain"] = _team.Domain },
        ["enterprise"] = null,
        ["is_enterprise_install"] = false,
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

    private static JsonObject StateAfter(JsonElement blocks, string blockId, string actionId, JsonObject action)
    {
        var state = InputState.Of(blocks, null);
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
