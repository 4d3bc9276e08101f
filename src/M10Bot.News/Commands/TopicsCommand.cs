using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Reading;

namespace M10Bot.News.Commands;

internal sealed class TopicsCommand(TopicCatalogue catalogue, TopicWords topics) : ICommand
{
    private const string SearchOption = "search";
    private const int MaxShown = 20;

    public CommandSpec Spec { get; } = new(
        "topics",
        "List the topics that can be subscribed, or search them",
        Role.Member,
        new CommandOption(SearchOption, "A part of the topic's name", OptionKind.Text));

    public Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var search = request.Arguments.GetValueOrDefault(SearchOption, "");
        Topic[] found = [.. Found(search).Distinct()];
        return Task.FromResult(found.Length == 0 ? None(search) : new CommandReply(Card(search, found)));
    }

    private IEnumerable<Topic> Found(string search) =>
        search.Length > 0 && topics.Find(search) is { } exact
            ? topics.Suggest(search, MaxShown, isOrder: false).Prepend(exact)
            : topics.Suggest(search, MaxShown, isOrder: false);

    private Card Card(string search, Topic[] found) => new()
    {
        Headline = search.Length == 0 ? "Topics" : Texts.Say($"Topics for {Wording.Quote(search)}"),
        Lines =
        [
            .. search.Length == 0
                ? new[] { Texts.Say($"In all {Wording.Count(catalogue.All.Count, "topic", "topics")}: subjects, places, organisations and people. “topics” and a word searches them.") }
                : [],
        ],
        Items = [.. found.Take(MaxShown).Select(t => new CardItem(null, Wording.Name(t), Detail: Texts.Here(t.Kind.ToString().ToLowerInvariant())))],
        Actions = [.. found.Take(5).Select(t => Wording.Button(Texts.Say($"Subscribe {Wording.Name(t)}"), "subscribe", ("topic", t.Code)))],
    };

    private CommandReply None(string search) => topics.Nearest(search) is { } near
        ? Wording.Answer(
            Texts.Say($"No topic matches {Wording.Quote(search)}"),
            Texts.Say($"Did you mean {Wording.Name(near)}?"),
            Wording.Button(Texts.Say($"Subscribe {Wording.Name(near)}"), "subscribe", ("topic", near.Code)),
            Wording.Button(Texts.Say($"Latest on {Wording.Name(near)}"), "latest", ("topic", near.Code)))
        : Wording.Answer(
            Texts.Say($"No topic matches {Wording.Quote(search)}"), "Try a country, an organisation, a person or a subject such as sport.", Wording.Button("All topics", "topics"));
}
