using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Feeds;

namespace M10Bot.News.Commands;

internal sealed class FeedMapCommand(FeedStore store, FeedCategoryStore categories, FeedTopics byName, TopicWords topics) : ICommand
{
    private const string CategoryOption = "category";
    private const string TopicOption = "topic";
    private const string Nothing = "nothing";
    private const string ByName = "name";
    private const int Shown = 15;
    private const int Longest = 100;

    public CommandSpec Spec { get; } = new(
        "feed map",
        "Say which topic a feed's own category means; without one, show its categories",
        Role.Admin,
        FeedCommands.Option,
        new CommandOption(CategoryOption, "As it stands in the feed; the list if left out", OptionKind.Text),
        new CommandOption(TopicOption, "The topic it means; “nothing” to leave it out, “name” to go by its name again", OptionKind.Text) { IsOnlyNamed = true });

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await FeedCommands.FindAsync(store, request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var feed = lookup.Value;
        if (!request.Arguments.TryGetValue(CategoryOption, out var category))
        {
            return await ListAsync(feed, ct);
        }

        category = category.Trim();
        if (category.Length is 0 or > Longest)
        {
            return Wording.Answer(Texts.Say($"A category has 1 to {Longest} characters"), "Write it as “feed map” shows it.", List(feed));
        }

        if (!request.Arguments.TryGetValue(TopicOption, out var words))
        {
            return Wording.Answer(
                Texts.Say($"{Wording.Quote(category)} of {feed.Source}: {Meaning((await categories.OfAsync(feed.Id, ct)).FirstOrDefault(c => c.Folded == FeedCategoryStore.Fold(category)), category)}"),
                Texts.Say($"“feed map {feed.Id} {Wording.Cut(category, 40)} topic: …” changes it."),
                List(feed));
        }

        return await MapAsync(feed, category, words.Trim(), request, ct);
    }

    private async Task<CommandReply> MapAsync(Feed feed, string category, string words, CommandRequest request, CancellationToken ct)
    {
        var (code, means) = ((string?)"", Texts.Here("nothing; its articles are read as if it were not there"));
        if (words.Equals(ByName, StringComparison.OrdinalIgnoreCase))
        {
            code = null;
            means = byName.Find(category) is { } named ? Texts.Say($"{Wording.Name(named)}, by its name") : Texts.Here("nothing, for no topic has its name");
        }
        else if (!words.Equals(Nothing, StringComparison.OrdinalIgnoreCase))
        {
            var topic = topics.Find(request, TopicOption);
            if (!topic.IsFound)
            {
                return topic.Answer;
            }

            if (topic.Value.Kind is TopicKind.Keyword || topic.Value == Topic.Everything)
            {
                return Wording.Answer("A category means one topic", "“topics” lists them; “nothing” leaves the category out.", Wording.Button("Topics", "topics"), List(feed));
            }

            (code, means) = (topic.Value.Code, Wording.Name(topic.Value));
        }

        var seen = await categories.OfAsync(feed.Id, ct);
        var isSeen = seen.Any(c => string.Equals(c.Folded, FeedCategoryStore.Fold(category), StringComparison.Ordinal));
        if (!isSeen && NearestWord.Of(category, seen.Select(c => c.Category)) is { } nearest)
        {
            return Wording.Answer(
                Texts.Say($"{Wording.Quote(category)} is not mapped"),
                Texts.Say($"Did you mean {Wording.Quote(nearest)}? {Wording.Quote(category)} was never seen in this feed."),
                List(feed));
        }

        await categories.MapAsync(feed.Id, category, code, ct);
        return Wording.Answer(Texts.Say($"{Wording.Quote(category)} of {feed.Source} means {means}"), isSeen ? "It counts for what comes from now on." : "It was never seen in this feed; it counts once it comes.", List(feed), Wording.Button("Feeds", "feeds"));
    }

    private async Task<CommandReply> ListAsync(Feed feed, CancellationToken ct)
    {
        var seen = await categories.OfAsync(feed.Id, ct);
        return seen.Count == 0
            ? Wording.Answer(Texts.Say($"No category of {feed.Source} was seen yet"), "They are noted as articles come. A category that is named as a topic means that topic.", Wording.Button("Feeds", "feeds"))
            : new CommandReply(new Card
            {
                Headline = Texts.Say($"{Wording.Count(seen.Count, "category", "categories")} of {feed.Source}"),
                Lines =
                [
                    .. seen.Count > Shown ? new[] { Texts.Say($"The first {Shown} are listed, those that were mapped first.") } : [],
                    Texts.Say($"“feed map {feed.Id} … topic: …” says what one means."),
                ],
                Items = [.. seen.Take(Shown).Select(c => new CardItem(null, Wording.Cut(c.Category, 100), Detail: Meaning(c, c.Category)))],
                Actions = [Wording.Button("Feeds", "feeds")],
            });
    }

    private string Meaning(FeedCategory? known, string category) => known?.Topic switch
    {
        null => byName.Find(category) is { } named ? Texts.Say($"{Wording.Name(named)}, by its name") : Texts.Here("no topic has its name"),
        "" => Texts.Here("left out"),
        var code => byName.Find(code) is { } topic ? Wording.Name(topic) : code,
    };

    private static CardAction List(Feed feed) => Wording.Button("Categories", "feed map", FeedCommands.Of(feed));
}
