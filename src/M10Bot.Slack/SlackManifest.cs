using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.Slack.Requests;

namespace M10Bot.Slack;

/// <summary>The app's manifest, made from what the program does: its commands, the calls it makes, the events it reads.</summary>
public static class SlackManifest
{
    private const int HintLimit = 1000;

    /// <summary>The bot's scopes, each for a call or an event; those that a workspace may leave out come last.</summary>
    public static IReadOnlyList<string> Scopes { get; } =
    [
        "commands", "chat:write", "chat:write.public", "channels:read", "groups:read", "im:write", "im:history", "users:read", .. OptionalScopes,
    ];

    private static string[] OptionalScopes => ["channels:join", "channels:history", "groups:history", "usergroups:read"];

    private static readonly string[] Events =
    [
        "app_home_opened", "app_uninstalled", "tokens_revoked", "message.im", "channel_archive", "channel_unarchive", "channel_deleted", "channel_left",
        "channel_id_changed", "group_archive", "group_unarchive", "group_deleted", "group_left", "member_joined_channel", "member_left_channel", "user_change",
    ];

    /// <param name="specs">The commands.</param>
    /// <param name="command">The slash command they stand behind.</param>
    /// <param name="publicAddress">For HTTP: the https address of the bot. Null for Socket Mode.</param>
    /// <returns>JSON, indented, as Slack's page for new apps takes it.</returns>
    public static string Of(IReadOnlyList<CommandSpec> specs, string command, Uri? publicAddress)
    {
        string? At(string path) => publicAddress is null ? null : $"{publicAddress.AbsoluteUri.TrimEnd('/')}{path}";
        var manifest = new JsonObject
        {
            ["_metadata"] = new JsonObject { ["major_version"] = 2, ["minor_version"] = 1 },
            ["display_information"] = new JsonObject
            {
                ["name"] = "M10Bot",
                ["description"] = "Breaking headlines as one living message per story, corrected and withdrawn where it stands.",
                ["background_color"] = "#1A2B3C",
            },
            ["features"] = new JsonObject
            {
                ["app_home"] = new JsonObject { ["home_tab_enabled"] = true, ["messages_tab_enabled"] = true, ["messages_tab_read_only_enabled"] = false },
                ["bot_user"] = new JsonObject { ["display_name"] = "m10bot", ["always_online"] = true },
                ["shortcuts"] = new JsonArray(
                    Shortcut("Summarise with M10", SlackActions.Summarise, "Sums up the story that a message is about"),
                    Shortcut("News into this thread", SlackActions.IntoThread, "Brings topics or one story into the thread of a message")),
                ["slash_commands"] = new JsonArray(With(
                    new JsonObject
                    {
                        ["command"] = command,
                        ["description"] = "Read the latest stories and choose which breaking news comes here",
                        ["usage_hint"] = Hint(specs),
                        ["should_escape"] = true,
                    },
                    ("url", At("/slack/commands")))),
            },
            ["oauth_config"] = With(
                new JsonObject { ["scopes"] = new JsonObject { ["bot"] = Array(Scopes), ["bot_optional"] = Array(OptionalScopes) } },
                publicAddress is null ? ("", null) : ("redirect_urls", new JsonArray(At("/slack/oauth")))),
            ["settings"] = new JsonObject
            {
                ["org_deploy_enabled"] = publicAddress is not null,
                ["socket_mode_enabled"] = publicAddress is null,
                ["token_rotation_enabled"] = false,
                ["interactivity"] = With(
                    new JsonObject { ["is_enabled"] = true }, ("request_url", At("/slack/interactivity")), ("message_menu_options_url", At("/slack/options"))),
                ["event_subscriptions"] = With(new JsonObject { ["bot_events"] = Array(Events) }, ("request_url", At("/slack/events"))),
            },
        };
        return manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static string Hint(IReadOnlyList<CommandSpec> specs)
    {
        var all = string.Join(" | ", specs.Where(s => s is { IsButtonOnly: false, Needs: Role.Member }).Select(s => s.Usage));
        return all.Length <= HintLimit ? all : all[..HintLimit];
    }

    private static JsonObject Shortcut(string name, string callback, string description) => new()
    {
        ["name"] = name,
        ["type"] = "message",
        ["callback_id"] = callback,
        ["description"] = description,
    };

    private static JsonArray Array(IEnumerable<string> words) => new([.. words.Select(w => JsonValue.Create(w))]);

    private static JsonObject With(JsonObject json, params (string Name, JsonNode? Value)[] more)
    {
        foreach (var (name, value) in more.Where(m => m.Value is not null))
        {
            json[name] = value;
        }

        return json;
    }
}
