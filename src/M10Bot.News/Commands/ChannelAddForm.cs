using M10Bot.News.Chat;

namespace M10Bot.News.Commands;

/// <summary>The guided way to add a channel: pick it, pick its topics, send; what stands in the way is said at the field.</summary>
internal static class ChannelAddForm
{
    public const string More = "more";

    private const int MostOffers = 25;

    /// <summary>The form with the answers so far.</summary>
    /// <param name="error">What is wrong with one of them.</param>
    /// <param name="takesWebhooks">The platform has webhooks.</param>
    public static CommandReply Of(CommandRequest request, TopicWords topics, (string Field, string Words)? error = null, bool takesWebhooks = false)
    {
        var reply = Wording.Answer(
            "Which channel shall get which stories?",
            "Nothing picked means this channel, and what it has already, or else everything. A test card shows at once whether it works.",
            Wording.Button("This channel, everything", "channel add", (Places.Channel, Places.Here), (ChannelAddCommand.TopicsOption, Articles.Topic.Everything.Code)));
        return reply with
        {
            Card = request.Arguments.ContainsKey(WebhookPort.Argument)
                ? reply.Card with { Lines = [.. reply.Card.Lines, "A webhook is given. Its URL is kept encrypted and never shown again."] }
                : reply.Card,
            Form = new Form
            {
                Command = "channel add",
                Title = "Add a channel",
                Send = "Add the channel",
                Fields = [Channel(request, error), Topics(request, topics), Urgency(request), .. Ping(request), Other(request, error), .. takesWebhooks ? [Webhook(error)] : Array.Empty<FormField>()],
            },
        };
    }

    /// <summary>Picked and written topics as one list.</summary>
    public static CommandRequest Joined(CommandRequest request, string option = ChannelAddCommand.TopicsOption)
    {
        var all = string.Join(',', new[] { option, More }.Select(n => request.Arguments.GetValueOrDefault(n, "")).Where(v => v.Length > 0));
        var arguments = request.Arguments.Where(a => !string.Equals(a.Key, option, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        if (all.Length > 0)
        {
            arguments[option] = all;
        }

        return request with { Arguments = arguments };
    }

    /// <summary>A refusal as the words at a field.</summary>
    public static string Words(CommandReply answer) => $"{answer.Card.Headline}. {string.Join(' ', answer.Card.Lines)}".TrimEnd();

    private static FormField Channel(CommandRequest request, (string Field, string Words)? error)
    {
        var named = request.Arguments.GetValueOrDefault(Places.Channel);
        var lacks = named is not null && !request.Arguments.ContainsKey(WebhookPort.Argument) && request.Channels.TryGetValue(named, out var sight) ? sight.Lacks : [];
        return new FormField(Places.Channel, "Channel", FormFieldKind.Channel)
        {
            Hint = "This one if none is picked",
            Values = Picked(request, Places.Channel),
            Error = string.Join(' ', new[] { ErrorAt(Places.Channel, error), lacks.Count > 0 ? Wording.Lacking(lacks) : null }.OfType<string>()) is { Length: > 0 } words ? words : null,
        };
    }

    private static FormField Topics(CommandRequest request, TopicWords topics)
    {
        var offers = topics.Offers(MostOffers);
        return new FormField(ChannelAddCommand.TopicsOption, "Topics", FormFieldKind.Choice)
        {
            Hint = "If none is picked: what it has, or everything",
            Options = [.. offers.Select(t => new FormOption(Wording.Cut(Wording.Sentence(Wording.Name(t)), 75), t.Code))],
            Most = offers.Count,
            Values = Picked(request, ChannelAddCommand.TopicsOption),
            IsSearched = true,
        };
    }

    private static FormField Urgency(CommandRequest request) => new(UrgencyWords.Name, "Urgency", FormFieldKind.Choice)
    {
        Hint = "Every story if none is picked",
        Options = [.. UrgencyWords.Words.Select(w => new FormOption(UrgencyWords.Label(w), w))],
        Values = Picked(request, UrgencyWords.Name),
    };

    // Slack has no roles.
    private static IEnumerable<FormField> Ping(CommandRequest request) => request.Platform is Platform.Slack
        ? []
        : [new FormField(ChannelAddCommand.PingOption, "Role to ping at a flash", FormFieldKind.Role)
        {
            Hint = "Nobody if none is picked; once per story",
            Values = Picked(request, ChannelAddCommand.PingOption),
        }];

    private static FormField Other(CommandRequest request, (string Field, string Words)? error) => new(More, "Other topics", FormFieldKind.Text)
    {
        Hint = "Names of topics with commas between, as Kenya, NATO, floods",
        Values = request.Arguments.TryGetValue(More, out var typed) ? [typed] : [],
        Error = ErrorAt(More, error),
    };

    // What was given is not shown again, so it has no value.
    private static FormField Webhook((string Field, string Words)? error) => new(WebhookPort.Argument, "Webhook URL", FormFieldKind.Text)
    {
        Hint = "For a channel that the bot itself may not write in: its Integrations, Webhooks, Copy URL",
        Error = ErrorAt(WebhookPort.Argument, error),
    };

    private static string? ErrorAt(string field, (string Field, string Words)? error) =>
        error is { } e && string.Equals(e.Field, field, StringComparison.Ordinal) ? e.Words : null;

    private static string[] Picked(CommandRequest request, string field) =>
        request.Arguments.GetValueOrDefault(field)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
