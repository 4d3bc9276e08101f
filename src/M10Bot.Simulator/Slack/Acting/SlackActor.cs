using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Blocks;
using M10Bot.Simulator.Slack.Requests;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>One person at the keyboard: types commands, presses buttons, fills in modals.</summary>
public sealed partial class SlackActor
{
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

        if (_team.RivalCommands.TryGetValue(command.Command, out var since) && since > _team.InstalledAt)
        {
            return SlackOutcome.Fine with { IsAnsweredByAnotherApp = true };
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
            ["is_enterprise_install"] = _team.OrgInstall is null ? "false" : "true",
            ["response_url"] = _core.Hooks.New(_team, _person, place.Id, original: null, typed),
            ["trigger_id"] = _core.Triggers.New(_team, _person, _core.NewKey()),
        };
        payload.Set("enterprise_id", _team.Org?.Id).Set("enterprise_name", _team.Org?.Name);
        var error = await _core.App.AskAsync(AppDoor.Commands, payload, 0, "", ct) switch
        {
            AppAnswer.Acknowledged { Payload: { ValueKind: JsonValueKind.Object } answer } when answer.EnumerateObject().Any() =>
                _core.Hooks.Answer(_team, _person, place.Id, typed, answer)?.Verdict,
            AppAnswer.Acknowledged { Payload: { ValueKind: not JsonValueKind.Object } } => "dispatch_unknown_error",
            var other => Trouble(other),
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
    public Task<SlackOutcome> PressAsync(string channel, string ts, string blockId, string actionId, JsonElement? value, CancellationToken ct) =>
        PressAsync(channel, ts, m => m.Blocks, blockId, actionId, value, ct);

    /// <summary>The same on a screen that does not show the last edit yet: the element may be gone meanwhile.</summary>
    /// <inheritdoc cref="PressAsync(string, string, string, string, JsonElement?, CancellationToken)"/>
    public Task<SlackOutcome> PressStaleAsync(string channel, string ts, string blockId, string actionId, JsonElement? value, CancellationToken ct) =>
        PressAsync(channel, ts, m => m.EarlierBlocks, blockId, actionId, value, ct);

    private async Task<SlackOutcome> PressAsync(string channel, string ts, Func<SlackMessage, JsonElement?> seen, string blockId, string actionId, JsonElement? value, CancellationToken ct)
    {
        if (FindMessage(channel, ts) is not { } message || seen(message) is not { } blocks)
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
        var state = StateAfter(shown.Blocks, blockId, actionId, action, shown.Filled);
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

        return await _core.App.AskAsync(AppDoor.Interactive, payload, 0, "", ct) is AppAnswer.Acknowledged { Payload: { } answer } && Options(answer) is { } options
            ? SlackOutcome.Fine with { Options = options, OptionGroups = Groups(answer) }
            : new SlackOutcome("could_not_load_options");
    }

    /// <summary>Writes a message. The app hears of it where Slack would tell it.</summary>
    /// <returns>The message's ts, or null where this person cannot write there.</returns>
    public string? Say(string channel, string text, string? thread = null)
    {
        if (FindChannel(channel) is not { IsArchived: false } place)
        {
            return null;
        }

        SlackMessage message;
        lock (_team.Gate)
        {
            var parent = thread is null ? null : place.Find(thread);
            message = new SlackMessage
            {
                Channel = place.Id,
                Ts = _team.NextTs(),
                Team = _team.Id,
                User = _person.Id,
                Text = Linking.Parse(text, bareNames: true, _team),
                ThreadTs = parent?.ThreadTs ?? parent?.Ts,
            };
            place.Add(message);
        }

        _core.Tell(_team, "message.create", message);
        _core.Events.RaiseMessage(_team, place, message);
        return message.Ts;
    }
}
