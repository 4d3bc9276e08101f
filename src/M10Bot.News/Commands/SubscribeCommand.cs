using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class SubscribeCommand(TopicWords topics, Places places, DestinationStore destinations, SubscriptionStore subscriptions, TestCard test) : ICommand
{
    private const string TopicOption = "topic";
    private const int MostKeywords = 25;

    public CommandSpec Spec { get; } = new(
        "subscribe",
        "Have a topic's stories brought as they happen",
        Role.Member,
        new CommandOption(TopicOption, "Topics with commas between; “everything”; or words of your own", OptionKind.Topic, IsRequired: true) { NamesTopics = true },
        Places.WhereOption,
        UrgencyWords.Option,
        LanguageWords.Option);

    private enum Change
    {
        New,
        Changed,

        /// <summary>It comes already, by its own order or by that of everything.</summary>
        Known,
        TooMany,
    }

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = topics.FindOrders(request, TopicOption);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var languages = request.Arguments.TryGetValue(LanguageWords.Name, out var spoken) ? LanguageWords.Find(spoken) : Array.Empty<string>();
        if (!languages.IsFound)
        {
            return languages.Answer;
        }

        var wanted = lookup.Value;
        var place = await places.OfAsync(request, ct);
        var state = await destinations.FindAsync(place, ct);
        if (place.Kind is DestinationKind.Channel && state is not { IsOpen: true } && await NotOpenAsync(request, place, wanted, ct) is { } answer)
        {
            return answer;
        }

        var asked = new OrderRules(UrgencyWords.Of(request.Arguments.GetValueOrDefault(UrgencyWords.Name))) { Languages = languages.Value };
        var made = new List<(Topic Topic, Change Change, OrderRules Rules, Subscription? By)>();
        foreach (var topic in wanted)
        {
            made.Add(await OrderAsync(topic, place, asked, request, ct));
        }

        if (place.Kind is DestinationKind.Person && made.Exists(m => m.Change is Change.New))
        {
            await destinations.SuggestLanguageAsync(place, Texts.LanguageOf(request.Locale), ct);
        }

        return made.Count == 1 ? One(request, made[0], place, state) : Several(request, made, place, state);
    }

    /// <summary>A member can't add a channel; what an admin adds must take a card first.</summary>
    private async Task<CommandReply?> NotOpenAsync(CommandRequest request, Destination place, IReadOnlyList<Topic> wanted, CancellationToken ct)
    {
        if (request.Caller.Role < Role.Admin)
        {
            return Wording.Answer(
                "This channel is not added yet", "An admin can add it with “channel add”. Until then the topic can come to your direct messages.", ToMe(request, wanted));
        }

        return await test.PostAsync(place, ct) is PostOutcome.Refused refused ? TestCard.NotAdded(refused, Wording.Place(place, request), again: null) : null;
    }

    private async Task<(Topic Topic, Change Change, OrderRules Rules, Subscription? By)> OrderAsync(
        Topic topic, Destination place, OrderRules asked, CommandRequest request, CancellationToken ct)
    {
        var before = await subscriptions.ListAsync(place, ct);
        var covering = before.FirstOrDefault(s => s.IsFor(topic.Code)) ?? before.FirstOrDefault(s => s.IsEverything && Covers(s.Rules, asked));
        if (covering is not null)
        {
            if (!covering.IsFor(topic.Code) || Changed(covering.Rules, asked, request) is not { } changed)
            {
                return (topic, Change.Known, covering.Rules, covering);
            }

            await SetAsync(topic, place, changed, ct);
            return (topic, Change.Changed, changed, covering);
        }

        if (topic.Kind == TopicKind.Keyword && before.Count(s => s.IsForWords) >= MostKeywords)
        {
            return (topic, Change.TooMany, asked, null);
        }

        await subscriptions.AddAsync(place, [topic], request.Caller.Id, ct);
        await SetAsync(topic, place, asked, ct);
        return (topic, Change.New, asked, null);
    }

    private static CommandReply One(CommandRequest request, (Topic Topic, Change Change, OrderRules Rules, Subscription? By) made, Destination place, DestinationState? state)
    {
        var where = Wording.Place(place, request);
        var name = Wording.Sentence(Wording.Name(made.Topic));
        return made.Change switch
        {
            Change.New => new CommandReply(new Card
            {
                Headline = Texts.Say($"{name} now comes to {where}"),
                Lines = [.. Notes(place, state, made.Rules)],
                Actions = [.. Others(made.Topic, place, mayEnd: true)],
            }),
            Change.Changed => Wording.Answer(
                Texts.Say($"{name} comes to {where}: {(string.Join(", ", OrderWords.Notes(made.Rules)) is { Length: > 0 } what ? what : Texts.Here("every story"))}"),
                "What stands there stays.",
                Others(made.Topic, place, mayEnd: true)),
            Change.TooMany => TooMany(where),
            _ => Wording.Answer(
                Texts.Say($"{name} already comes to {where}"),
                made.By!.IsFor(made.Topic.Code) ? "" : Texts.Say($"Everything comes to {where}, and with it each topic."),
                // What comes by the order of everything is none that could be ended here.
                [
                    .. Mine(request, [made.Topic], place),
                    .. Others(made.Topic, place, mayEnd: made.By.IsFor(made.Topic.Code) && UnsubscribeCommand.MayEnd(made.By, place, request)),
                ]),
        };
    }

    private static CommandReply Several(
        CommandRequest request, List<(Topic Topic, Change Change, OrderRules Rules, Subscription? By)> made, Destination place, DestinationState? state)
    {
        var where = Wording.Place(place, request);
        Topic[] Of(params Change[] changes) => [.. made.Where(m => changes.Contains(m.Change)).Select(m => m.Topic)];
        string Names(Topic[] all) => Wording.List(all.Select(t => Wording.Name(t)));
        var (now, known, left) = (Of(Change.New, Change.Changed), Of(Change.Known), Of(Change.TooMany));
        if (now.Length + known.Length == 0)
        {
            return TooMany(where);
        }

        var headline = now.Length switch
        {
            0 => known.Length == 1 ? Texts.Say($"{Wording.Sentence(Names(known))} already comes to {where}") : Texts.Say($"{Wording.Sentence(Names(known))} already come to {where}"),
            1 => Texts.Say($"{Wording.Sentence(Names(now))} now comes to {where}"),
            _ => Texts.Say($"{Wording.Sentence(Names(now))} now come to {where}"),
        };
        string[] lines =
        [
            .. now.Length == 0 ? [] : Notes(place, state, made.First(m => m.Change is Change.New or Change.Changed).Rules),
            .. now.Length > 0 && known.Length > 0 ? [Texts.Say($"Known already: {Names(known)}.")] : Array.Empty<string>(),
            .. made.Exists(m => m.Change is Change.Known && !m.By!.IsFor(m.Topic.Code)) ? [Texts.Say($"Everything comes to {where}, and with it each topic.")] : Array.Empty<string>(),
            .. left.Length > 0 ? [Texts.Say($"Not added: {Names(left)}. {MostKeywords} words are followed already.")] : Array.Empty<string>(),
        ];
        var reply = Wording.Answer(headline, "", [.. known.Length > 0 ? Mine(request, known, place) : [], Wording.Button("Subscriptions", "subscriptions")]);
        return reply with { Card = reply.Card with { Lines = lines } };
    }

    private static CommandReply TooMany(string where) => Wording.Answer(
        Texts.Say($"No more words for {where}"),
        Texts.Say($"{MostKeywords} are followed already. Unsubscribe one, or choose a topic: there is no limit on topics."),
        Wording.Button("Subscriptions", "subscriptions"));

    private static bool Covers(OrderRules everything, OrderRules asked) =>
        everything.Least >= asked.Least
        && (everything.Languages.Count == 0 || (asked.Languages.Count > 0 && asked.Languages.All(l => everything.Languages.Contains(l, StringComparer.Ordinal))));

    /// <summary>The order as it is to be: what was not said stays as it was. Null where nothing changes.</summary>
    private static OrderRules? Changed(OrderRules before, OrderRules asked, CommandRequest request)
    {
        var after = before with
        {
            Least = request.Arguments.ContainsKey(UrgencyWords.Name) ? asked.Least : before.Least,
            Languages = request.Arguments.ContainsKey(LanguageWords.Name) ? asked.Languages : before.Languages,
        };
        return after.Least == before.Least && after.Languages.SequenceEqual(before.Languages, StringComparer.Ordinal) ? null : after;
    }

    private async Task SetAsync(Topic topic, Destination place, OrderRules rules, CancellationToken ct)
    {
        await subscriptions.SetLeastAsync(place, [topic.Code], rules.Least, ct);
        await subscriptions.SetLanguagesAsync(place, [topic.Code], rules.Languages, ct);
    }

    private static IEnumerable<string> Notes(Destination place, DestinationState? state, OrderRules rules)
    {
        yield return "One message per story; it changes as the story does.";
        if (UrgencyWords.Note(rules.Least) is { } note)
        {
            yield return Texts.Say($"Only the urgent comes ({note}): other stories stay away until they become so.");
        }

        if (LanguageWords.Note(rules.Languages) is { } languages)
        {
            yield return Texts.Say($"It comes in {languages}; a story whose language is not told comes all the same.");
        }

        if (place.Kind is DestinationKind.Channel && state is not { IsOpen: true })
        {
            yield return "The channel is added with it.";
        }

        if (state is { IsSuspended: true })
        {
            yield return Texts.Say($"It can't be served just now: {Wording.Trouble(state.Reason, state.Remedy)}");
        }
    }

    // What the whole channel gets anyway, a person may still want for themselves.
    private static CardAction[] Mine(CommandRequest request, IReadOnlyList<Topic> wanted, Destination place) =>
        place.Kind is DestinationKind.Channel ? [ToMe(request, wanted)] : [];

    private static CardAction ToMe(CommandRequest request, IReadOnlyList<Topic> wanted) => Wording.Button(
        "To my messages",
        "subscribe",
        [
            (TopicOption, string.Join(',', wanted.Select(t => t.Code))),
            (Places.Where, Places.Me),
            .. request.Arguments.Where(a => a.Key is UrgencyWords.Name or LanguageWords.Name).Select(a => (a.Key, a.Value)),
        ]);

    private static IEnumerable<CardAction> Others(Topic topic, Destination place, bool mayEnd)
    {
        yield return topic == Topic.Everything ? Wording.Button("Latest stories", "latest") : Wording.Button(Texts.Say($"Latest on {Wording.Name(topic)}"), "latest", (TopicOption, topic.Code));
        yield return Wording.Button("Subscriptions", "subscriptions");
        if (mayEnd)
        {
            yield return Wording.Button("Unsubscribe", "unsubscribe", (TopicOption, topic.Code), (Places.Where, Places.WordFor(place)));
        }
    }
}
