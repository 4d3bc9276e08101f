namespace M10Bot.Simulator;

/// <summary>How the simulated Discord and Slack are set up. Everything is bound to loopback, always.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The port of the page and of both platforms; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>The bot token that the simulated Discord accepts.</summary>
    public string DiscordToken { get; set; } = "simulated-discord-token";

    /// <summary>The bot token that the simulated Slack accepts.</summary>
    public string SlackBotToken { get; set; } = "xoxb-simulated";

    /// <summary>The app-level token that the simulated Slack accepts for Socket Mode.</summary>
    public string SlackAppToken { get; set; } = "xapp-simulated";

    /// <summary>What the simulated Slack signs its requests with, where the app takes them by HTTP.</summary>
    public string SlackSigningSecret { get; set; } = "simulated-signing-secret";

    /// <summary>What an install page and <c>oauth.v2.access</c> name the app by.</summary>
    public string SlackClientId { get; set; } = "10.10";

    public string SlackClientSecret { get; set; } = "simulated-client-secret";

    /// <summary>The app's manifest as JSON; null takes the one that M10Bot ships (docs/slack-manifest.json).</summary>
    public string? SlackManifest { get; set; }

    /// <summary>What the page can do beyond the two chats; null hides those parts of the page.</summary>
    public BotWindow? Bot { get; set; }
}

/// <summary>The page's view into the bot that is being tried out. The simulator knows the bot through these calls only.</summary>
/// <param name="SendToWire">Puts an article's text on the wire; answers in a sentence what became of it. Throws <see cref="InvalidOperationException"/> with the reason where it is refused.</param>
/// <param name="Samples">Articles to try, each with a title and its text.</param>
/// <param name="WhatHappened">JSON of the latest stories: article, ruling, deliveries.</param>
public sealed record BotWindow(
    Func<string, CancellationToken, Task<string>> SendToWire,
    IReadOnlyList<WireSample> Samples,
    Func<CancellationToken, Task<string>> WhatHappened);

/// <param name="Title">A few words for the picker.</param>
/// <param name="Text">The article as the desk would write it.</param>
public sealed record WireSample(string Title, string Text);
