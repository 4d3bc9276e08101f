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
        UrgencyWords.Option);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = topics.Find(request, TopicOption);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
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
        var least = UrgencyWords.Of(request.Arguments.GetValueOrDefault(UrgencyWords.Name));
        if (before.FirstOrDefault(s => s.IsFor(topic.Code) || (s.IsEverything && s.Rules.Least >= least)) is { } covering)
        {
            if (covering.IsFor(topic.Code) && request.Arguments.ContainsKey(UrgencyWords.Name) && covering.Rules.Least != least)
            {
                return await ChangeAsync(topic, place, least, where, ct);
            }

            return Wording.Answer(
                Texts.Say($"{Wording.Sentence(Texts.Here(topic.Name))} already comes to {where}"),
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
        await subscriptions.SetLeastAsync(place, [topic.Code], least, ct);
        if (place.Kind is DestinationKind.Person)
        {
            await destinations.SuggestLanguageAsync(place, Texts.LanguageOf(request.Locale), ct);
        }

        return new CommandReply(new Card
        {
            Headline = Texts.Say($"{Wording.Sentence(Texts.Here(topic.Name))} now comes to {where}"),
            Lines = [.. Notes(place, state, least)],
            Actions = Others(topic, place),
        });
    }

    private async Task<CommandReply> ChangeAsync(Topic topic, Destination place, Urgency least, string where, CancellationToken ct)
    {
        await subscriptions.SetLeastAsync(place, [topic.Code], least, ct);
        return Wording.Answer(
            Texts.Say($"{Wording.Sentence(Texts.Here(topic.Name))} comes to {where}: {UrgencyWords.Note(least) ?? Texts.Here("every story")}"), "What stands there stays.", Others(topic, place));
    }

    private static IEnumerable<string> Notes(Destination place, DestinationState? state, Urgency least)
    {
        yield return "One message per story; it changes as the story does.";
        if (UrgencyWords.Note(least) is { } note)
        {
            yield return Texts.Say($"Only the urgent comes ({note}): other stories stay away until they become so.");
        }

        if (place.Kind is DestinationKind.Channel && state is not { IsOpen: true })
        {
            yield return "The channel is added with it.";
        }

        if (state is { IsSuspended: true })
        {
            yield return Texts.Say($"It can't be served just now: {Texts.Here(state.Reason ?? "")} {Texts.Here(state.Remedy ?? "")}");
        }
    }

    private static CardAction[] Others(Topic topic, Destination place) =>
    [
        topic == Topic.Everything ? Wording.Button("Latest stories", "latest") : Wording.Button(Texts.Say($"Latest on {topic.Name}"), "latest", (TopicOption, topic.Code)),
        Wording.Button("Subscriptions", "subscriptions"),
        Wording.Button("Unsubscribe", "unsubscribe", (TopicOption, topic.Code), (Places.Where, Places.WordFor(place))),
    ];
}
