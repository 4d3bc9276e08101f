namespace M10Bot.News.Chat;

/// <summary>What a reply asks for: the guided way to fill in a command's options. Part of a <see cref="CommandReply"/>.</summary>
/// <remarks>
/// <para>
/// How the answers come back: the platform sends a <see cref="CommandRequest"/> with <see cref="AnswerCommand"/> as its
/// command, <see cref="KeyArgument"/> = <see cref="Key"/>, and the answers by field name: several picked values with commas
/// between, an emptied field as an empty text. <see cref="SendArgument"/> (any value) says that the person is done; without
/// it the answers are only kept, and the reply is the form as it stands now. All fields in one request or one field in each:
/// both are right. The dispatcher keeps the answers in the database, so neither a restart nor another replica loses them.
/// </para>
/// <para>
/// What comes back: a reply with a <c>Form</c> again — draw it in the place of the one before; a field that is not right
/// carries its <see cref="FormField.Error"/> — or one without, which ends the form: show its card in the form's place.
/// A form sent twice gets the same end twice and is carried out once. It answers for <see cref="Lifetime"/>, and only to the
/// person who was asked; later the reply says so. The request's channel need not be known (a Slack view has none): the
/// one in which the form was opened counts.
/// </para>
/// <para>
/// Discord draws picks as selects in the reply itself, texts in a modal behind a button. Slack draws the whole as one
/// modal: <see cref="Title"/>, the card's lines above, a block for each field (block id = field name), private_metadata =
/// <see cref="Key"/>; on submit all answers and <see cref="SendArgument"/> in one request, errors as
/// <c>response_action: errors</c>. A platform that draws no forms shows the card, whose buttons and lines do without.
/// </para>
/// </remarks>
public sealed record Form
{
    /// <summary>The command of every answer; never typed by a person.</summary>
    public const string AnswerCommand = "form";
    public const string KeyArgument = "form";
    public const string SendArgument = "send";

    /// <summary>Most texts: Discord's modal has no more.</summary>
    public const int MostTexts = 5;

    /// <summary>How long it takes answers after it was opened.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The command that runs with the answers as its arguments; the fields are named as its options.</summary>
    public required string Command { get; init; }

    /// <summary>At most 24 characters (Slack's limit).</summary>
    public required string Title { get; init; }

    /// <summary>On the button that sends it; at most 24 characters.</summary>
    public required string Send { get; init; }

    /// <summary>At least one; at most four picks, which is Discord's rows beside one of buttons, and <see cref="MostTexts"/>.</summary>
    public required IReadOnlyList<FormField> Fields { get; init; }

    /// <summary>Names this one form; the dispatcher sets it. At most 32 characters of <c>[0-9a-f]</c>.</summary>
    public string Key { get; init; } = "";
}

/// <param name="Name">The option's name: what the answer is called in the request.</param>
/// <param name="Label">At most 45 characters.</param>
/// <param name="Kind">What it takes.</param>
public sealed record FormField(string Name, string Label, FormFieldKind Kind)
{
    /// <summary>A few words on what to pick or write; at most 100 characters.</summary>
    public string? Hint { get; init; }

    /// <summary>For <see cref="FormFieldKind.Choice"/>: 1 to 25.</summary>
    public IReadOnlyList<FormOption> Options { get; init; } = [];

    /// <summary>How many may be picked, 1 to 25.</summary>
    public int Most { get; init; } = 1;

    public bool IsRequired { get; init; }

    /// <summary>The answer that stands there now: picked values or ids, or one text.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>For <see cref="FormFieldKind.Text"/>: the most characters, 1 to 1,000.</summary>
    public int MaxLength { get; init; } = 300;

    /// <summary>Why the answer can't be taken, in one or two sentences; null where it can.</summary>
    public string? Error { get; init; }

    /// <summary>True where more than <see cref="Options"/> can be found: a platform whose selects search may ask the dispatcher's suggestions for the command and this option.</summary>
    public bool IsSearched { get; init; }
}

/// <summary>What a field takes.</summary>
public enum FormFieldKind
{
    /// <summary>Some of <see cref="FormField.Options"/>.</summary>
    Choice,

    /// <summary>A channel of the workspace; the answer is its id.</summary>
    Channel,

    /// <summary>A role of a Discord server or a user group of a Slack workspace; the answer is its id.</summary>
    Role,

    /// <summary>A line of free text.</summary>
    Text,
}

/// <param name="Label">What the person sees, at most 75 characters.</param>
/// <param name="Value">What the answer holds, at most 75 characters, no comma.</param>
public sealed record FormOption(string Label, string Value);

/// <summary>Where a form stands, for the command behind it.</summary>
public enum FormStep
{
    /// <summary>Answers are coming in; nothing is to be done yet but to show the form again.</summary>
    Filling,

    /// <summary>The person has sent it: do it, or give the form back with errors.</summary>
    Sent,
}

/// <summary>What a platform lets the bot do in a channel, as far as news needs it.</summary>
public enum ChatRight
{
    ViewChannel,
    SendMessages,
    SendInThreads,
    EmbedLinks,
    ReadHistory,
    MentionRoles,
}

/// <summary>What the platform told along with a request of a channel that the request names.</summary>
/// <param name="Lacks">What the bot may not do there and needs; empty where all is well.</param>
public sealed record ChannelSight(IReadOnlyList<ChatRight> Lacks)
{
    /// <summary>Of a thread with an id of its own: the channel it is in.</summary>
    public string? Parent { get; init; }
}
