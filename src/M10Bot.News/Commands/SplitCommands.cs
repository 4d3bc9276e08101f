using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Desk;

namespace M10Bot.News.Commands;

/// <summary>Lists a story's articles to pick from, shows what a split would do; a button does it.</summary>
internal sealed class SplitCommand(StoryFinder finder, SplitDesk desk) : ICommand
{
    public const string Articles = "articles";
    public const string How = "how";
    public const string Quietly = "quietly";
    public const string AsNews = "news";

    private const int MostShown = 20;

    public static readonly CommandOption HowOption = new(
        How, "How the new story goes out: quietly (without pings), or as news", OptionKind.Choice, Choices: [Quietly, AsNews]);

    public CommandSpec Spec { get; } = new(
        "split",
        "Take articles out of a story, as a story of their own; shown first, then done",
        Role.Editor,
        StoryFinder.Required,
        new CommandOption(Articles, "Numbers in the story's list, or publishers, with commas between; the list if left out", OptionKind.Text),
        HowOption);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await finder.FindAsync(request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var view = await desk.ViewAsync(lookup.Value.Id, ct);
        if (SplitDesk.Obstacle(view, new HashSet<int>()) is { } no)
        {
            return DeskCards.NotPossible(no, "This story can't be split");
        }

        if (!request.Arguments.TryGetValue(Articles, out var typed) || request.Step is FormStep.Filling)
        {
            return List(view, request, error: null);
        }

        var (picked, unknown) = Picked(view, typed);
        return unknown is not null
            ? List(view, request, Texts.Say($"{Wording.Quote(unknown)} is neither a number in this list nor a publisher in it."))
            : Preview(view, picked, request.Arguments.GetValueOrDefault(How) is AsNews, lead: null);
    }

    /// <param name="lead">Said before all else.</param>
    public static CommandReply Preview(SplitView view, IReadOnlySet<int> picked, bool isNews, string? lead)
    {
        if (SplitDesk.Obstacle(view, picked) is { } no)
        {
            return DeskCards.NotPossible(no, "This story can't be split so");
        }

        var going = view.Items.Where(i => picked.Contains(i.Position)).ToList();
        var story = view.Story!;
        (string, string) number = DeskCards.Number(story.Id);
        string[] effects = view.Bulletin is null || !going.Exists(i => i.HasRun)
            ? ["Nothing of them has run: they are a held story of their own then, and no reader sees anything."]
            :
            [
                Texts.Say($"The message of no. {story.Id} is edited wherever it stands, and tells what is left."),
                isNews
                    ? "The new story goes out as news does: posted to all whose subscriptions it meets, with their pings."
                    : "The new story goes out quietly: posted to all whose subscriptions it meets, without pings and after quiet hours.",
            ];
        var merged = going.Select(i => i.CameWith).Distinct().ToList() is [{ } one] ? one : (long?)null;
        return new CommandReply(new Card
        {
            Headline = Texts.Say($"Take {Wording.Count(going.Count, "article", "articles")} out of no. {story.Id}?"),
            Lines =
            [
                .. lead is null ? [] : new[] { lead },
                Texts.Say($"{DeskCards.Headline(story.Headline)} keeps {view.Items.Count - going.Count}."),
                .. effects,
                .. merged is { } from ? new[] { Texts.Say($"They came with no. {from}: taking that merge back gives them their own messages again, and posts nothing.") } : [],
            ],
            Items = [.. going.Take(MostShown).Select(Item)],
            Actions =
            [
                Wording.Button("Split them off", "split now", [number, (SplitNowCommand.Which, SplitNowCommand.Mask(picked)), (How, isNews ? AsNews : Quietly), (MergeNowCommand.Seen, view.Seen)]),
                .. merged is { } whole ? new[] { Wording.Button("Take the merge back", "unmerge", DeskCards.Number(whole)) } : [],
                Wording.Button("Pick others", "split", number),
                Wording.Button("Queue", "queue"),
            ],
        });
    }

    private static CommandReply List(SplitView view, CommandRequest request, string? error)
    {
        var reply = Wording.Answer(
            Texts.Say($"Which articles leave no. {view.Story!.Id}?"),
            error ?? Texts.Say($"Pick them, or type their numbers: {Wording.Quote($"split {view.Story.Id} 2,3")}. An article goes with all its versions."),
            Wording.Button("Queue", "queue"));
        var offers = view.Items.Where(i => i.Position <= SplitNowCommand.MostPosition).TakeLast(25).ToList();
        return reply with
        {
            Card = reply.Card with { Items = [.. view.Items.TakeLast(MostShown).Select(Item)] },
            Form = new Form
            {
                Command = "split",
                Title = "Split a story",
                Send = "Show what happens",
                Fields =
                [
                    new FormField(Articles, "Articles that leave", FormFieldKind.Choice)
                    {
                        Hint = "Not all of them",
                        Options = [.. offers.Select(i => new FormOption(Wording.Cut($"{i.Position}. {i.Newest.Source}: {i.Newest.Headline}", 75), Text(i.Position)))],
                        Most = Math.Max(1, offers.Count - 1),
                        IsRequired = true,
                        Values = request.Arguments.GetValueOrDefault(Articles)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
                        Error = request.Step is FormStep.Sent ? error ?? Texts.Here("Pick at least one.") : null,
                    },
                    new FormField(How, "How it goes out", FormFieldKind.Choice)
                    {
                        Hint = "Quietly if none is picked",
                        Options = [new FormOption("Quietly, without pings", Quietly), new FormOption("As news, with pings", AsNews)],
                        Values = request.Arguments.TryGetValue(How, out var how) ? [how] : [],
                    },
                ],
            },
        };
    }

    private static (HashSet<int> Picked, string? Unknown) Picked(SplitView view, string typed)
    {
        var picked = new HashSet<int>();
        foreach (var word in typed.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(w => w.All(c => char.IsAsciiDigit(c) || c == ' ') ? w.Split(' ') : [w]))
        {
            var found = view.Items.Where(i => i.Position <= SplitNowCommand.MostPosition)
                .Where(i => string.Equals(Text(i.Position), word.TrimStart('#'), StringComparison.Ordinal) || i.Newest.Source.Equals(word, StringComparison.OrdinalIgnoreCase)).ToList();
            if (found.Count == 0)
            {
                return (picked, word);
            }

            picked.UnionWith(found.Select(i => i.Position));
        }

        return picked.Count == 0 ? (picked, typed) : (picked, null);
    }

    private static CardItem Item(SplitItem item) => new(
        null,
        $"{item.Position}. {Wording.Cut(item.Newest.Headline, 100)}",
        Detail: string.Join(" · ", new[] { item.Newest.Source, item.Versions.Count > 1 ? Wording.Count(item.Versions.Count, "version", "versions") : null, item.HasRun ? null : Texts.Here("has not run") }.OfType<string>()),
        Time: DateTimeOffset.FromUnixTimeMilliseconds(item.Versions[0].ReceivedMs));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The button that splits what was shown.</summary>
internal sealed class SplitNowCommand(SplitDesk desk) : ICommand
{
    public const string Which = "which";

    /// <summary>A button has little room: what leaves stands in it as bits.</summary>
    public const int MostPosition = 64;

    public CommandSpec Spec { get; } = new(
        "split now",
        "Take articles out of a story, as shown",
        Role.Editor,
        new CommandOption(StoryFinder.Option, "The story's number", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) },
        new CommandOption(Which, "Which articles", OptionKind.Text, IsRequired: true),
        new CommandOption(MergeNowCommand.Seen, "What was shown", OptionKind.Text, IsRequired: true),
        SplitCommand.HowOption)
    {
        IsButtonOnly = true,
    };

    public static string Mask(IEnumerable<int> positions) =>
        positions.Aggregate(0UL, (mask, position) => mask | (1UL << (position - 1))).ToString("x", CultureInfo.InvariantCulture);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var story = long.Parse(request.Arguments[StoryFinder.Option], CultureInfo.InvariantCulture);
        var isNews = request.Arguments.GetValueOrDefault(SplitCommand.How) is SplitCommand.AsNews;
        var mask = ulong.TryParse(request.Arguments[Which], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? bits : 0;
        var picked = Enumerable.Range(1, MostPosition).Where(p => (mask & (1UL << (p - 1))) != 0).ToHashSet();
        return await desk.SplitAsync(story, picked, isNews, new DeskEntry(DeskCards.By(request), ""), request.Arguments[MergeNowCommand.Seen], ct) switch
        {
            DeskOutcome.NotPossible no => DeskCards.NotPossible(no, "This story can't be split"),
            DeskOutcome.Split split => Wording.Answer(
                Texts.Say($"No. {split.Story} is a story of its own now"),
                split.Bulletin is null ? "Nothing of it has run; it is held until it is released." : isNews ? "It goes out as news." : "It goes out quietly.",
                Wording.Button("Receipts", "receipts", DeskCards.Number(split.Story)),
                Wording.Button("Put it back", "merge", DeskCards.Number(split.Story), (MergeCommand.Into, story.ToString(CultureInfo.InvariantCulture))),
                Wording.Button("Queue", "queue")),
            _ => SplitCommand.Preview(await desk.ViewAsync(story, ct), picked, isNews, "The story has changed meanwhile; nothing is done yet. This is how it stands now."),
        };
    }
}
