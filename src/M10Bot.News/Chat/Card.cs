namespace M10Bot.News.Chat;

/// <summary>The neutral layout of a bulletin or a reply; each platform renders it within its own limits.</summary>
/// <remarks>
/// Every string is plain text from outside: a renderer escapes it, so that no markup, mention or link of a stranger acts.
/// Anatomy and wording: docs/cards.md.
/// </remarks>
public sealed record Card
{
    /// <summary>First line: the state in a word, then short notes. Null on replies that have none.</summary>
    public Kicker? Kicker { get; init; }

    /// <summary>One line; at most 100 characters on bulletins.</summary>
    public required string Headline { get; init; }

    /// <summary>Absolute http(s) address the headline leads to.</summary>
    public string? Link { get; init; }

    /// <summary>Stands first under the headline: a correction's or a withdrawal's words.</summary>
    public Notice? Notice { get; init; }

    /// <summary>Bullet points, each a sentence of the article.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];

    /// <summary>From version 2 on: one line, shown as <c>What is new: …</c>.</summary>
    public string? WhatIsNew { get; init; }

    /// <summary>Plain paragraphs, on replies.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>One line per story or subscription, on replies and digests.</summary>
    public IReadOnlyList<CardItem> Items { get; init; } = [];

    /// <summary>Label and value, on replies.</summary>
    public IReadOnlyList<CardFact> Facts { get; init; } = [];

    /// <summary>Ids of channels that headline and lines name, on replies: the platform shows each by its name. Only of the reader's own workspace.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Buttons, at most five.</summary>
    public IReadOnlyList<CardAction> Actions { get; init; } = [];

    /// <summary>Credit and copyright; the last line, with the times.</summary>
    public string? Credit { get; init; }

    /// <summary>Names of the story's topics, the strongest first, for places that sort by tags. Readers' own words are not among them.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>The platform's id of a role that a new message pings; whoever edits leaves it out of what acts.</summary>
    public string? Ping { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>True for a version that changes only how it is put: the message is edited, and no reply says that something came.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Another headline stood there before, or may have: what shows it beside the message, as the title of a forum's post, is to follow.</summary>
    public bool IsRetitled { get; init; }

    /// <summary>Of a quiet version: an earlier one that had something to say and never got to this place; a reply still says it. Null where there is none.</summary>
    public int? Overtook { get; init; }

    /// <summary>What a reply under the edited message says, where a place has such; null where this version brought nothing to say.</summary>
    public Card? Reply => Version < 2 ? null : !IsQuiet ? this : Overtook is { } version ? this with { Version = version } : null;

    /// <summary>Of the bot's own words on it, as <see cref="Texts.Languages"/>; renderers add theirs in the same.</summary>
    public string Language { get; init; } = Texts.English;

    /// <summary>1 and up; lets a renderer keep ids apart between versions (Slack wants new block ids).</summary>
    public int Version { get; init; } = 1;
}

/// <param name="State">Decides word, sign and colour.</param>
/// <param name="Notes">Short extras after the word, e.g. <c>Ukraine</c>, <c>single source</c>.</param>
public sealed record Kicker(CardState State, IReadOnlyList<string> Notes)
{
    /// <summary>The word in another language; null for English.</summary>
    public string? Said { get; init; }

    /// <summary>The word readers see; the sign and the colour only repeat it.</summary>
    public string Word => Said ?? State switch
    {
        CardState.Flash => "FLASH",
        CardState.Breaking => "BREAKING",
        CardState.News => "NEWS",
        CardState.Update => "UPDATE",
        CardState.Corrected => "CORRECTED",
        CardState.Withdrawn => "WITHDRAWN",
        CardState.Merged => "MERGED",
        _ => "EXERCISE",
    };

    /// <summary>A coloured circle, one per state.</summary>
    public string Sign => State switch
    {
        CardState.Flash => "🔴",
        CardState.Breaking => "🟠",
        CardState.News => "🟢",
        CardState.Update => "🔵",
        CardState.Corrected => "🟡",
        CardState.Withdrawn => "⚫",
        CardState.Merged => "🟣",
        _ => "⚪",
    };

    /// <summary>The accent colour as 0xRRGGBB.</summary>
    public int Colour => State switch
    {
        CardState.Flash => 0xD7263D,
        CardState.Breaking => 0xF46036,
        CardState.News => 0x2E9E5B,
        CardState.Update => 0x2B7FFF,
        CardState.Corrected => 0xF2C014,
        CardState.Withdrawn => 0x6B7280,
        CardState.Merged => 0x8250DF,
        _ => 0xFFFFFF,
    };
}

/// <summary>The states of docs/cards.md.</summary>
public enum CardState
{
    Flash,
    Breaking,
    News,
    Update,
    Corrected,
    Withdrawn,

    /// <summary>An editor put its story into another, which goes on in the message beside it.</summary>
    Merged,
    Exercise,
}

/// <summary>A correction's or a withdrawal's words; the platform shows the time in the reader's own zone.</summary>
/// <param name="Before">Words before the time, e.g. <c>Corrected</c>.</param>
/// <param name="At">When.</param>
/// <param name="After">Words after the time, e.g. <c>: an earlier version said …</c>; may be empty.</param>
public sealed record Notice(string Before, DateTimeOffset At, string After);

/// <param name="State">Shows the state's sign before the text; null for none.</param>
/// <param name="Text">One line.</param>
/// <param name="Link">Absolute http(s) address, or null.</param>
/// <param name="Detail">Short extra after a dash, or null.</param>
/// <param name="Time">Shown relative to now in the reader's zone, or null.</param>
public sealed record CardItem(CardState? State, string Text, string? Link = null, string? Detail = null, DateTimeOffset? Time = null)
{
    /// <summary>The channel it is about, after the text; null where there is none.</summary>
    public CardChannel? Channel { get; init; }

    /// <summary>The platform's id of a role it is about, shown by its name where the platform has roles and pinging nobody; null where there is none.</summary>
    public string? Role { get; init; }

    /// <summary>Text and channel in plain words, for where a platform shows no mention.</summary>
    public string Words => string.Join(" · ", new[] { Text, Channel?.Words ?? "" }.Where(w => w.Length > 0));
}

/// <summary>A channel of the reader's own workspace, which the platform shows by its name.</summary>
/// <param name="Id">The platform's; a renderer mentions nothing that is no id of a channel there.</param>
/// <param name="Words">What stands there where it can't be mentioned.</param>
public sealed record CardChannel(string Id, string Words);

/// <param name="Label">What it is.</param>
/// <param name="Value">What it says now.</param>
public sealed record CardFact(string Label, string Value);

/// <summary>A button: a link, or a command by another door.</summary>
/// <param name="Label">At most 30 characters.</param>
/// <param name="Link">For a link button: absolute http(s) address.</param>
/// <param name="Command">For the others: the command's name, run as if the person had typed it.</param>
/// <param name="Arguments">The command's arguments by option name; values are opaque keys, never outside text.</param>
public sealed record CardAction(string Label, string? Link, string? Command, IReadOnlyDictionary<string, string> Arguments)
{
    private static readonly Dictionary<string, string> None = [];

    public static CardAction ToLink(string label, string link) => new(label, link, null, None);

    public static CardAction ToCommand(string label, string command, params (string Option, string Value)[] arguments) =>
        new(label, null, command, arguments.ToDictionary(a => a.Option, a => a.Value, StringComparer.Ordinal));
}
