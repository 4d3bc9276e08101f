using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class SubscribeCommand(TopicWords topics, Places places, DestinationStore destinations, SubscriptionStore subscriptions) : ICommand
{
    private const string TopicOption = "topic";
    private const int MostKeywords = 25;

    public CommandSpec Spec { get; } = new(
        "subscribe",
        "Have a topic's stories brought as they happen",
        Role.Member,
        new CommandOption(TopicOption, "A subject, place, organisation or person; “everything”; or words of your own", OptionKind.Topic, IsRequired: true),
        Places.WhereOption,
        UrgencyWords.Option,
        LanguageWords.Option);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = topics.Find(request, TopicOption);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var languages = request.Arguments.TryGetValue(LanguageWords.Name, out var spoken) ? LanguageWords.Find(spoken) : Array.Empty<string>();
        if (!languages.IsFound)
        {
            return languages.Answer;
        }

        var topic = lookup.Value;
        var place = await places.OfAsync(request, ct);
        var state = await destinations.FindAsync(place, ct);
        if (place.Kind is DestinationKind.Channel && state is not { IsOpen: true } && request.Caller.Role < Role.Admin)
        {
            return Wording.Answer(
                "This channel is not added yet",
                "An admin can add it with “channel add”. Until then the topic can come to your direct messages.",
                Wording.Button("To my messages", "subscribe", (TopicOption, topic.Code), (Places.Where, Places.Me)));
        }

        var before = await subscriptions.ListAsync(place, ct);
        var where = Wording.Place(place, request);
        var asked = new OrderRules(UrgencyWords.Of(request.Arguments.GetValueOrDefault(UrgencyWords.Name))) { Languages = languages.Value };
        if (before.FirstOrDefault(s => s.IsFor(topic.Code) || (s.IsEverything && Covers(s.Rules, asked))) is { } covering)
        {
            if (covering.IsFor(topic.Code) && Changed(covering.Rules, asked, request) is { } changed)
            {
                return await ChangeAsync(topic, place, changed, where, ct);
            }

            return Wording.Answer(
                Texts.Say($"{Wording.Sentence(Wording.Name(topic))} already comes to {where}"),
                covering.IsFor(topic.Code) ? "" : Texts.Say($"Everything comes to {where}, and with it each topic."),
                Others(topic, place));
        }

        if (topic.Kind == TopicKind.Keyword && before.Count(s => s.IsForWords) >= MostKeywords)
        {
            return Wording.Answer(
                Texts.Say($"No more words for {where}"),
                Texts.Say($"{MostKeywords} are followed already. Unsubscribe one, or choose a topic: there is no limit on topics."),
                Wording.Button("Subscriptions", "subscriptions"));
        }

        await subscriptions.AddAsync(place, [topic], request.Caller.Id, ct);
        await SetAsync(topic, place, asked, ct);
        if (place.Kind is DestinationKind.Person)
        {
            await destinations.SuggestLanguageAsync(place, Texts.LanguageOf(request.Locale), ct);
        }

        return Reply(topic, place, state, asked, where);
    }

    private static CommandReply Reply(Topic topic, Destination place, DestinationState? state, OrderRules rules, string where) => new(new Card
    {
        Headline = Texts.Say($"{Wording.Sentence(Wording.Name(topic))} now comes to {where}"),
        Lines = [.. Notes(place, state, rules)],
        Actions = Others(topic, place),
    });

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

    private async Task<CommandReply> ChangeAsync(Topic topic, Destination place, OrderRules rules, string where, CancellationToken ct)
    {
        await SetAsync(topic, place, rules, ct);
        var what = string.Join(", ", new[] { UrgencyWords.Note(rules.Least), LanguageWords.Note(rules.Languages) }.OfType<string>());
        return Wording.Answer(
            Texts.Say($"{Wording.Sentence(Wording.Name(topic))} comes to {where}: {(what.Length == 0 ? Texts.Here("every story") : what)}"), "What stands there stays.", Others(topic, place));
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

    private static CardAction[] Others(Topic topic, Destination place) =>
    [
        topic == Topic.Everything ? Wording.Button("Latest stories", "latest") : Wording.Button(Texts.Say($"Latest on {Wording.Name(topic)}"), "latest", (TopicOption, topic.Code)),
        Wording.Button("Subscriptions", "subscriptions"),
        Wording.Button("Unsubscribe", "unsubscribe", (TopicOption, topic.Code), (Places.Where, Places.WordFor(place))),
    ];
}
