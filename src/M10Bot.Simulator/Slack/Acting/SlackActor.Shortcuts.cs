using System.Globalization;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>Shortcuts and the app's home.</summary>
public sealed partial class SlackActor
{
    /// <summary>Picks a shortcut from the menu of a message.</summary>
    public async Task<SlackOutcome> ShortcutOnMessageAsync(string callbackId, string channel, string ts, CancellationToken ct)
    {
        if (!_core.Manifest.Shortcuts.Any(s => s.IsOnMessage && s.CallbackId.Is(callbackId)))
        {
            return SlackOutcome.Impossible("no_such_shortcut");
        }

        if (FindMessage(channel, ts) is not { EphemeralFor: null } message)
        {
            return SlackOutcome.Impossible("message_not_found");
        }

        var payload = Shortcut("message_action", callbackId);
        payload["channel"] = new JsonObject { ["id"] = message.Channel, ["name"] = FindChannel(channel)?.Name };
        payload["message_ts"] = message.Ts;
        payload["message"] = message.ToJson(allMetadata: false);
        payload["response_url"] = _core.Hooks.New(_team, _person, message.Channel, original: null, typed: null);
        return await SendAsync(payload, message.Channel, ct);
    }

    /// <summary>Picks a shortcut that can be reached from anywhere; the app gets no channel and no response URL.</summary>
    public async Task<SlackOutcome> ShortcutAsync(string callbackId, CancellationToken ct) =>
        _core.Manifest.Shortcuts.Any(s => !s.IsOnMessage && s.CallbackId.Is(callbackId))
            ? await SendAsync(Shortcut("shortcut", callbackId), "", ct)
            : SlackOutcome.Impossible("no_such_shortcut");

    /// <summary>Opens the app's home tab, or the tab with its messages.</summary>
    public void OpenHome(string tab = "home")
    {
        string channel;
        lock (_team.Gate)
        {
            channel = _team.Direct(_person).Id;
        }

        var what = new JsonObject { ["type"] = "app_home_opened", ["user"] = _person.Id, ["channel"] = channel, ["tab"] = tab };
        if (_core.Views.Home(_team, _person) is { } home)
        {
            what["view"] = home.ToJson();
        }

        _core.Events.Raise(_team, "app_home_opened", what);
    }

    private JsonObject Shortcut(string type, string callbackId)
    {
        var payload = Payload(type, withTrigger: true);
        payload["callback_id"] = callbackId;
        payload["action_ts"] = string.Create(CultureInfo.InvariantCulture, $"{_core.Time.GetUtcNow().ToUnixTimeSeconds()}.000000");
        return payload;
    }
}
