using System.Reflection;
using System.Text;
using System.Text.Json;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>What the app's manifest asks for: the simulated Slack grants, tells and offers that and nothing else.</summary>
internal sealed record SlackManifest
{
    private const string Shipped = "slack-manifest.json";

    public required IReadOnlySet<string> Scopes { get; init; }

    /// <summary>Subscribed events, each with the scope it needs; null for none.</summary>
    public required IReadOnlyDictionary<string, string?> Events { get; init; }

    public required IReadOnlyList<SlackCommand> Commands { get; init; }

    public required IReadOnlyList<SlackShortcut> Shortcuts { get; init; }

    public required IReadOnlyList<string> RedirectUrls { get; init; }

    public bool HasHome { get; init; }

    public bool HasMessages { get; init; }

    public bool IsInteractive { get; init; }

    public bool IsSocketMode { get; init; }

    public bool IsRotating { get; init; }

    public bool IsOrgReady { get; init; }

    public Uri? EventsUrl { get; init; }

    public Uri? InteractivityUrl { get; init; }

    public Uri? OptionsUrl { get; init; }

    public Uri? CommandsUrl { get; init; }

    /// <summary>Reads a manifest; without one the manifest that M10Bot ships.</summary>
    /// <exception cref="ArgumentException">It breaks Slack's rules; the message names every place.</exception>
    public static SlackManifest Read(string? json)
    {
        var root = JsonExtensions.TryParse(Encoding.UTF8.GetBytes(json ?? ReadShipped()))
            ?? throw new ArgumentException("The manifest is not JSON.", nameof(json));
        var faults = ManifestRules.Check(root);
        if (faults.Count > 0)
        {
            throw new ArgumentException("Slack refuses this manifest: " + string.Join("; ", faults), nameof(json));
        }

        var features = root.Member("features") ?? default;
        var settings = root.Member("settings") ?? default;
        var oauth = root.Member("oauth_config") ?? default;
        var subscriptions = settings.Member("event_subscriptions") ?? default;
        var interactivity = settings.Member("interactivity") ?? default;
        var home = features.Member("app_home") ?? default;
        return new SlackManifest
        {
            Scopes = Texts(oauth.Member("scopes") ?? default, "bot").ToHashSet(StringComparer.Ordinal),
            Events = Texts(subscriptions, "bot_events").ToDictionary(e => e, e => EventScopes.All[e], StringComparer.Ordinal),
            Commands = [.. features.Items("slash_commands").Select(ReadCommand)],
            Shortcuts = [.. features.Items("shortcuts").Select(ReadShortcut)],
            RedirectUrls = [.. Texts(oauth, "redirect_urls")],
            HasHome = home.Flag("home_tab_enabled"),
            HasMessages = home.Flag("messages_tab_enabled"),
            IsInteractive = interactivity.Flag("is_enabled"),
            IsSocketMode = settings.Flag("socket_mode_enabled"),
            IsRotating = settings.Flag("token_rotation_enabled"),
            IsOrgReady = settings.Flag("org_deploy_enabled"),
            EventsUrl = Address(subscriptions.Text("request_url")),
            InteractivityUrl = Address(interactivity.Text("request_url")),
            OptionsUrl = Address(interactivity.Text("message_menu_options_url")),
            CommandsUrl = Address(features.Items("slash_commands").Select(c => c.Text("url")).FirstOrDefault(u => u is not null)),
        };
    }

    private static SlackCommand ReadCommand(JsonElement command) =>
        new(command.Text("command")!, command.Text("description") ?? "", command.Text("usage_hint") ?? "", command.Flag("should_escape"));

    private static SlackShortcut ReadShortcut(JsonElement shortcut) =>
        new(shortcut.Text("name")!, shortcut.Text("callback_id")!, shortcut.Text("type") is "message", shortcut.Text("description") ?? "");

    private static IEnumerable<string> Texts(JsonElement owner, string name) =>
        owner.Items(name).Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!);

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    private static string ReadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Shipped)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>A slash command as Slack lists it to those who type.</summary>
public sealed record SlackCommand(string Command, string Description, string UsageHint, bool ShouldEscape = true);

/// <summary>A shortcut of the manifest: in the menu of a message, or reachable from anywhere.</summary>
public sealed record SlackShortcut(string Name, string CallbackId, bool IsOnMessage, string Description);
