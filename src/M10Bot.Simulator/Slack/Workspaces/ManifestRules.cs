using System.Globalization;
using System.Text.Json;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>The limits of an app manifest (docs.slack.dev/reference/app-manifest), as far as this simulator reads it.</summary>
internal static class ManifestRules
{
    private static readonly HashSet<string> Scopes = new(StringComparer.Ordinal)
    {
        "app_mentions:read", "channels:history", "channels:join", "channels:manage", "channels:read", "chat:write", "chat:write.customize",
        "chat:write.public", "commands", "files:read", "files:write", "groups:history", "groups:read", "groups:write", "im:history", "im:read",
        "im:write", "links:read", "links:write", "metadata.message:read", "mpim:history", "mpim:read", "mpim:write", "pins:read", "pins:write",
        "reactions:read", "reactions:write", "team:read", "usergroups:read", "usergroups:write", "users.profile:read", "users:read", "users:read.email",
    };

    public static IReadOnlyList<string> Check(JsonElement root)
    {
        var faults = new List<string>();
        Length(root.Member("display_information") ?? default, "name", "/display_information", 1, 35, isRequired: true, faults);
        Length(root.Member("display_information") ?? default, "description", "/display_information", 0, 140, isRequired: false, faults);
        var features = root.Member("features") ?? default;
        CheckCommands([.. features.Items("slash_commands")], faults);
        CheckShortcuts([.. features.Items("shortcuts")], faults);
        foreach (var scope in ((root.Member("oauth_config") ?? default).Member("scopes") ?? default).Items("bot").Select(s => s.ToString()).Where(s => !Scopes.Contains(s)))
        {
            faults.Add($"/oauth_config/scopes/bot: unknown scope {scope}");
        }

        var settings = root.Member("settings") ?? default;
        foreach (var name in (settings.Member("event_subscriptions") ?? default).Items("bot_events").Select(e => e.ToString()).Where(e => !EventScopes.All.ContainsKey(e)))
        {
            faults.Add($"/settings/event_subscriptions/bot_events: unknown event {name}");
        }

        var subscribes = (settings.Member("event_subscriptions") ?? default).Items("bot_events").Any();
        if (subscribes && !settings.Flag("socket_mode_enabled") && (settings.Member("event_subscriptions") ?? default).Text("request_url") is null)
        {
            faults.Add("/settings/event_subscriptions: requires a request URL or Socket Mode");
        }

        return faults;
    }

    private static void CheckCommands(List<JsonElement> commands, List<string> faults)
    {
        Most(commands.Count, 50, "/features/slash_commands", faults);
        for (var i = 0; i < commands.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"/features/slash_commands/{i}");
            Length(commands[i], "command", place, 2, 32, isRequired: true, faults);
            Length(commands[i], "description", place, 1, 2_000, isRequired: true, faults);
            Length(commands[i], "usage_hint", place, 0, 1_000, isRequired: false, faults);
            if (commands[i].Text("command") is { Length: > 0 } command && command[0] != '/')
            {
                faults.Add($"{place}/command: must start with /");
            }
        }
    }

    private static void CheckShortcuts(List<JsonElement> shortcuts, List<string> faults)
    {
        Most(shortcuts.Count, 10, "/features/shortcuts", faults);
        for (var i = 0; i < shortcuts.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"/features/shortcuts/{i}");
            Length(shortcuts[i], "name", place, 1, 24, isRequired: true, faults);
            Length(shortcuts[i], "callback_id", place, 1, 255, isRequired: true, faults);
            Length(shortcuts[i], "description", place, 1, 150, isRequired: true, faults);
            if (shortcuts[i].Text("type") is not ("message" or "global"))
            {
                faults.Add($"{place}/type: must be message or global");
            }
        }
    }

    private static void Most(int count, int most, string place, List<string> faults)
    {
        if (count > most)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{place}: no more than {most}"));
        }
    }

    private static void Length(JsonElement owner, string name, string place, int least, int most, bool isRequired, List<string> faults)
    {
        var text = owner.ValueKind == JsonValueKind.Object ? owner.Text(name) : null;
        if (text is null && isRequired)
        {
            faults.Add($"{place}/{name}: is missing");
        }
        else if (text is not null && (text.Length < least || text.Length > most))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{place}/{name}: {least} to {most} characters"));
        }
    }
}
