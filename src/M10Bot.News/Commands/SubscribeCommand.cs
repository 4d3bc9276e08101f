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
        Places.WhereOption);

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
        if (before.FirstOrDefault(s => s.IsFor(topic.Code) || s.IsEverything) is { } covering)
        {
            return Wording.Answer(
                $"{Wording.Sentence(topic.Name)} already comes to {where}",
                covering.IsFor(topic.Code) ? "" : $"Everything comes to {where}, and with it each topic.",
                Others(topic, place));
        }

        if (topic.Kind == TopicKind.Keyword && before.Count(s => s.IsForWords) >= MostKeywords)
        {
            return Wording.Answer(
                $"No more words for {where}",
                $"{MostKeywords} are followed already. Unsubscribe one, or choose a topic: there is no limit on topics.",
                Wording.Button("Subscriptions", "subscriptions"));
        }

        await subscriptions.AddAsync(place, [topic], request.Caller.Id, ct);
        return new CommandReply(new Card
        {
            Headline = $"{Wording.Sentence(topic.Name)} now comes to {where}",
            Lines = [.. Notes(place, state)],
            Actions = Others(topic, place),
        });
    }

    private static IEnumerable<string> Notes(Destination place, DestinationState? state)
    {
        yield return "One message per story; it changes as the story does.";
        if (place.Kind is DestinationKind.Channel && state is not { IsOpen: true })
        {
            yield return "The channel is added with it.";
        }

        if (state is { IsSuspended: true })
        {
            yield return $"It can't be served just now: {state.Reason} {state.Remedy}".TrimEnd();
        }
    }

    private static CardAction[] Others(Topic topic, Destination place) =>
    [
        topic == Topic.Everything ? Wording.Button("Latest stories", "latest") : Wording.Button($"Latest on {topic.Name}", "latest", (TopicOption, topic.Code)),
        Wording.Button("Subscriptions", "subscriptions"),
        Wording.Button("Unsubscribe", "unsubscribe", (TopicOption, topic.Code), (Places.Where, Places.WordFor(place))),
    ];
}
