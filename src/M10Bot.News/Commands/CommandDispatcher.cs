using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Commands;

/// <summary>The door for every slash command and button: finds the command, checks what was given, runs it.</summary>
/// <remarks>Safe for concurrent use. Throws nothing but <see cref="OperationCanceledException"/> for the caller's own token.</remarks>
public sealed partial class CommandDispatcher(
    IEnumerable<ICommand> commands,
    TopicCatalogue catalogue,
    StoryQueries stories,
    SubscriptionStore subscriptions,
    Database database,
    FormStore forms,
    ILogger<CommandDispatcher> logger)
{
    /// <summary>What both platforms take for one list of suggestions.</summary>
    public const int MaxSuggestions = 25;

    private const int MaxValue = 1_000;
    private const int MaxSuggestion = 100;

    private readonly Dictionary<string, ICommand> _commands = commands.ToDictionary(c => c.Spec.Name, StringComparer.OrdinalIgnoreCase);
    private readonly TopicWords _topics = new(catalogue);
    private readonly FormDesk _forms = new(forms);
    private readonly SureStory _sure = new(stories, forms);

    /// <summary>Every command, in the order a list shows them.</summary>
    public IReadOnlyList<CommandSpec> Specs { get; } = [.. commands.Select(c => c.Spec)];

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        // Flows into all that runs within, and ends with this method.
        Texts.Current = Texts.LanguageOf(request.Locale);
        return CardTexts.In(await AnswerAsync(request, ct), Texts.Current);
    }

    private async Task<CommandReply> AnswerAsync(CommandRequest request, CancellationToken ct)
    {
        try
        {
            if (FormDesk.IsAnswer(request))
            {
                return await _forms.AnswerAsync(request, async (answered, stop) => (await RunNamedAsync(answered, stop)).Reply, ct);
            }

            var (asked, reply) = await RunNamedAsync(request with { Step = null }, ct);
            return await _forms.KeepAsync(asked, reply, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var reference = Guid.NewGuid().ToString("N")[..8];
            LogFailed(logger, e, Wording.Cut(request.Command, 40), reference);
            return Wording.Answer(
                database.Trouble(e) is { } trouble ? Texts.Say($"The bot's database {trouble}") : "That is not possible just now",
                Texts.Say($"Nothing is lost; try again in a minute. If it stays so, tell an admin the reference {reference}: it is in the log."));
        }
    }

    /// <summary>What to offer while a person types an option; empty where nothing fits.</summary>
    public async Task<IReadOnlyList<Suggestion>> SuggestAsync(CommandRequest soFar, string option, string typed, CancellationToken ct)
    {
        Texts.Current = Texts.LanguageOf(soFar.Locale);
        try
        {
            return _commands.TryGetValue(soFar.Command.Trim(), out var command)
                && command.Spec.Options.FirstOrDefault(o => string.Equals(o.Name, option, StringComparison.Ordinal)) is { } known
                    ? await SuggestAsync(soFar, known, Wording.Cut(typed, MaxValue), ct)
                    : [];
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogNoSuggestions(logger, e, Wording.Cut(soFar.Command, 40));
            return [];
        }
    }

    /// <returns>The request as it was understood, and the answer.</returns>
    private async Task<(CommandRequest Asked, CommandReply Reply)> RunNamedAsync(CommandRequest request, CancellationToken ct)
    {
        if (!_commands.TryGetValue(request.Command.Trim(), out var command))
        {
            return (request, Unknown(request));
        }

        var asked = request with { Command = command.Spec.Name, Arguments = Known(request, command.Spec) };
        if (Refusal(asked, command.Spec) is { } refusal)
        {
            return (asked, refusal);
        }

        StoryLine? story = null;
        if (SureStory.IsNeeded(command.Spec))
        {
            var sure = await _sure.OfAsync(asked, command.Spec, ct);
            if (!sure.IsFound)
            {
                return (asked, sure.Answer);
            }

            (asked, story) = (sure.Value.Request, sure.Value.Story);
        }

        return (asked, await MissingAsync(asked, command.Spec, story, ct) ?? await command.RunAsync(asked, ct));
    }

    // A form may have fields beside the command's options.
    private static Dictionary<string, string> Known(CommandRequest request, CommandSpec spec)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in request.Step is null ? spec.Options.Select(o => o.Name) : request.Arguments.Keys)
        {
            if (request.Arguments.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value))
            {
                known[name] = Wording.Cut(value.Trim(), MaxValue);
            }
        }

        return known;
    }

    private static CommandReply? Refusal(CommandRequest request, CommandSpec spec)
    {
        if (!spec.IsFor(request.Caller))
        {
            var (named, help) = spec.Needs is Role.Admin
                ? (request.Admins, Texts.Here("Ask one of the admins here to run it."))
                : (request.Editors, Texts.Here("Ask an editor to run it; the person who runs the bot keeps the list of them."));
            help = named is { Length: > 0 } ? $"{help} {Texts.Say($"{named} can.")}" : help;
            var name = Wording.Quote(spec.Name);
            return Wording.Answer(spec.Needs is Role.Admin ? Texts.Say($"{name} is for admins") : Texts.Say($"{name} is for editors"), help, Wording.Button("What you can do", "help"));
        }

        foreach (var option in spec.Options)
        {
            if (request.Arguments.TryGetValue(option.Name, out var value) && Wrong(request, spec, option, value) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static CommandReply? Wrong(CommandRequest request, CommandSpec spec, CommandOption option, string value)
    {
        switch (option.Kind)
        {
            case OptionKind.Number:
                var (least, most) = option.Range ?? (int.MinValue, int.MaxValue);
                var isNumber = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
                return isNumber && number >= least && number <= most
                    ? null
                    : Wording.Answer(
                        Texts.Say($"{Wording.Sentence(Texts.Option(option.Name))} can't be {Wording.Quote(value)}"),
                        Texts.Say($"It is a whole number from {least} to {most}."),
                        Again(request, spec, option, isNumber && number > most ? most : least));
            case OptionKind.Choice when option.Choices?.Contains(value, StringComparer.Ordinal) is not true:
                return Wording.Answer(
                    Texts.Say($"{Wording.Sentence(Texts.Option(option.Name))} can't be {Wording.Quote(value)}"),
                    Texts.Say($"It is one of these: {string.Join(", ", option.Choices ?? [])}."));
            default:
                return null;
        }
    }

    // Only where the other arguments are plain keys; free words do not go into a button.
    private static IEnumerable<CardAction> Again(CommandRequest request, CommandSpec spec, CommandOption option, int number)
    {
        if (request.Arguments.Count == 1)
        {
            var value = number.ToString(CultureInfo.InvariantCulture);
            yield return Wording.Button($"{spec.Name} {value}", spec.Name, (option.Name, value));
        }
    }

    private async Task<CommandReply?> MissingAsync(CommandRequest request, CommandSpec spec, StoryLine? story, CancellationToken ct)
    {
        // While such a form is filled in, nothing is done: it is shown as it stands, whatever is missing still.
        var missing = request.Step is FormStep.Filling
            ? spec.Options.FirstOrDefault(o => o is { IsRequired: true, Kind: OptionKind.Text })
            : spec.Options.FirstOrDefault(o => o.IsRequired && !request.Arguments.ContainsKey(o.Name));
        if (missing is null)
        {
            return null;
        }

        var said = Said(missing);
        var headline = missing.Name is MergeCommand.Into ? "Into which story?" : Texts.Say($"Which {Texts.Option(missing.Name)}?");
        var usage = Texts.Say($"It is {Wording.Quote(spec.Usage)}. {said}");
        if (missing.Kind is OptionKind.Story && SureStory.IsNeeded(spec))
        {
            return await WhichStoryAsync(request, spec, missing, headline, usage, ct);
        }

        if (missing.Kind is OptionKind.Text)
        {
            var asked = Wording.Answer(headline, story is null ? usage : DeskCards.Named(story), Wording.Button("Help", "help"));
            return asked with { Form = Written(request, spec, missing, story), Card = story is null ? asked.Card : asked.Card with { Lines = [.. asked.Card.Lines, said] } };
        }

        var offers = await SuggestAsync(request, missing, "", ct);
        return Wording.Answer(
            headline,
            usage,
            offers.Take(4)
                .Select(o => Wording.Button(o.Name, spec.Name, [.. request.Arguments.Select(a => (a.Key, a.Value)).Prepend((missing.Name, o.Value))]))
                .Append(Wording.Button("Help", "help")));
    }

    private async Task<CommandReply> WhichStoryAsync(CommandRequest request, CommandSpec spec, CommandOption missing, string headline, string usage, CancellationToken ct)
    {
        var offers = (await stories.SuggestAsync("", MaxSuggestions, spec.ScopeFor(request.Caller), ct))
            .Where(s => !request.Arguments.Values.Contains(StoryFinder.Number(s), StringComparer.Ordinal)).Take(4).ToList(); // no story goes into itself
        var buttons = new List<CardAction>();
        foreach (var offer in offers)
        {
            buttons.Add(await _sure.ButtonAsync(request, missing.Name, offer, how: null, ct));
        }

        var answer = Wording.Answer(
            headline,
            usage,
            buttons.Append(Wording.Button("Help", "help")));
        return answer with { Card = answer.Card with { Items = [.. offers.Select(StoryCards.Item)] } };
    }

    private static string Said(CommandOption option) => Texts.Here(option.Description) is var said && said.EndsWith('…') ? said : $"{said}.";

    /// <summary>What is missing is words: all that can still be written, as a form.</summary>
    private static Form Written(CommandRequest request, CommandSpec spec, CommandOption missing, StoryLine? story) => new()
    {
        Command = spec.Name,
        Title = Wording.Cut(story is null ? Wording.Sentence(spec.Name) : Texts.Say($"{Wording.Sentence(spec.Name)} no. {story.Id}"), 24),
        Send = Wording.Cut(Wording.Sentence(spec.Name), 24),
        Fields =
        [
            .. spec.Options.Where(o => o.Kind is OptionKind.Text && (request.Step is not null || !request.Arguments.ContainsKey(o.Name))).Take(Form.MostTexts)
                .Select(o => new FormField(o.Name, Wording.Sentence(o.Name), FormFieldKind.Text)
                {
                    Hint = o.Description,
                    IsRequired = o.IsRequired,
                    Values = request.Arguments.TryGetValue(o.Name, out var written) ? [written] : [],
                    Error = request.Step is FormStep.Sent && o == missing ? Said(o) : null,
                }),
        ],
    };

    private CommandReply Unknown(CommandRequest request)
    {
        var typed = request.Command.Trim();
        var help = Wording.Button("Help", "help");
        var mine = Specs.Where(s => s.IsFor(request.Caller) && s.On(request.Platform) is not null).Select(s => s.Name).ToArray();
        var nearest = NearestWord.Of(typed, mine) ?? NearestWord.Of(typed.Split(' ')[0], mine);
        if (nearest is not null)
        {
            return Wording.Answer(
                Texts.Say($"There is no command {Wording.Quote(typed)}"), Texts.Say($"Did you mean {Wording.Quote(nearest)}?"), Wording.Button(nearest, nearest), help);
        }

        return _topics.Find(typed) is { } topic
            ? Wording.Answer(
                Texts.Say($"{Wording.Sentence(Wording.Name(topic))} is a topic"),
                "Read the latest on it, or have it brought as it happens.",
                Wording.Button("Latest", "latest", ("topic", topic.Code)),
                Wording.Button("Subscribe", "subscribe", ("topic", topic.Code)),
                help)
            : Wording.Answer(Texts.Say($"There is no command {Wording.Quote(typed)}"), "“help” lists what there is.", help);
    }

    private async Task<IReadOnlyList<Suggestion>> SuggestAsync(CommandRequest request, CommandOption option, string typed, CancellationToken ct)
    {
        var found = option.Kind switch
        {
            OptionKind.Topic when option.NamesTopics && typed.Contains(',', StringComparison.Ordinal) => _topics.SuggestList(typed, MaxSuggestions),
            OptionKind.Topic => _topics.Suggest(typed, MaxSuggestions, isOrder: option.IsRequired).Select(t => (Name: Wording.Name(t), Value: t.Code)),
            OptionKind.Text when option.NamesTopics => _topics.Suggest(typed, MaxSuggestions, isOrder: true).Select(t => (Name: Wording.Name(t), Value: t.Code)),
            OptionKind.Story => (await stories.SuggestAsync(typed, MaxSuggestions, ScopeOf(request), ct))
                .Select(s => (Name: s.State is "held" ? Texts.Say($"Held: {s.Headline}") : s.Headline, Value: StoryFinder.Number(s))),
            OptionKind.Language => LanguageWords.Suggest(typed),
            OptionKind.Subscription => (await OrdersAsync(request, ct))
                .Where(s => new[] { Wording.Name(s), s.Name }.Any(n => n.Contains(typed.Trim(), StringComparison.OrdinalIgnoreCase)))
                .Select(s => (Name: Wording.Name(s), Value: s.Topic)),
            _ => [],
        };
        return [.. found.Where(f => f.Value.Length <= MaxSuggestion).Take(MaxSuggestions).Select(f => new Suggestion(Wording.Cut(f.Name, MaxSuggestion), f.Value))];
    }

    private StoryScope ScopeOf(CommandRequest request) =>
        _commands.TryGetValue(request.Command.Trim(), out var command) ? command.Spec.ScopeFor(request.Caller) : StoryScope.Readers;

    private async Task<IEnumerable<Subscription>> OrdersAsync(CommandRequest request, CancellationToken ct)
    {
        var mine = await subscriptions.ListAsync(request.Me, ct);
        return request.IsDirect ? mine : mine.Concat(await subscriptions.ListAsync(request.Here, ct)).DistinctBy(s => s.Topic, StringComparer.Ordinal);
    }

    [LoggerMessage(LogLevel.Error, "Command {Command} failed; the caller was given the reference {Reference}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string command, string reference);

    [LoggerMessage(LogLevel.Warning, "No suggestions for {Command}")]
    private static partial void LogNoSuggestions(ILogger logger, Exception exception, string command);
}
