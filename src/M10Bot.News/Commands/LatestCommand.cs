using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

internal sealed class LatestCommand(StoryQueries stories, TopicWords topics) : ICommand
{
    private const string TopicOption = "topic";
    private const string CountOption = "count";
    private const int Usual = 5;

    public CommandSpec Spec { get; } = new(
        "latest",
        "Show the newest stories, of one topic or of all",
        Role.Member,
        new CommandOption(TopicOption, "A subject, place, organisation or person", OptionKind.Topic),
        new CommandOption(CountOption, "How many, 1 to 10", OptionKind.Number) { Range = (1, 10) });

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var topic = Topic.Everything;
        if (request.Arguments.ContainsKey(TopicOption))
        {
            var lookup = topics.Find(request, TopicOption);
            if (!lookup.IsFound)
            {
                return lookup.Answer;
            }

            topic = lookup.Value;
        }

        var count = request.Arguments.TryGetValue(CountOption, out var typed) ? int.Parse(typed, CultureInfo.InvariantCulture) : Usual;
        var latest = await stories.LatestAsync(topic == Topic.Everything ? null : topic.Code, count, ct);
        return latest.Count == 0 ? Nothing(topic) : new CommandReply(Card(topic, latest));
    }

    private static Card Card(Topic topic, IReadOnlyList<StoryLine> latest) => new()
    {
        Headline = topic == Topic.Everything ? "Latest stories" : Texts.Say($"Latest on {Wording.Name(topic)}"),
        Items = [.. latest.Select(StoryCards.Item)],
        Actions =
        [
            .. latest.Take(topic == Topic.Everything ? 5 : 4).Select(s => Wording.Button(Texts.Say($"Summary {s.Id}"), "summary", (StoryFinder.Option, StoryFinder.Number(s)))),
            .. topic == Topic.Everything ? Array.Empty<CardAction>() : [Wording.Button(Texts.Say($"Subscribe {Wording.Name(topic)}"), "subscribe", ("topic", topic.Code))],
        ],
        Credit = StoryCards.Credit(latest),
    };

    private static CommandReply Nothing(Topic topic) => topic == Topic.Everything
        ? Wording.Answer(
            "No story yet",
            "Subscribe a topic, and the next story on it comes by itself.",
            Wording.Button("Topics", "topics"),
            Wording.Button("Subscribe everything", "subscribe", ("topic", topic.Code)))
        : Wording.Answer(
            Texts.Say($"No story on {Wording.Name(topic)} yet"),
            "Subscribe it, and the next one comes by itself.",
            Wording.Button(Texts.Say($"Subscribe {Wording.Name(topic)}"), "subscribe", ("topic", topic.Code)),
            Wording.Button("Latest of all", "latest"));
}
