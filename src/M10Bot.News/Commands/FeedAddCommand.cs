using M10Bot.News.Chat;
using M10Bot.News.Feeds;
using M10Bot.News.Markup;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Commands;

internal sealed class FeedAddCommand(FeedDiscovery discovery, FeedStore store, IOptions<FeedOptions> options) : ICommand
{
    private const string AddressOption = "address";
    private const int Shown = 3;

    public CommandSpec Spec { get; } = new(
        "feed add",
        "Look at a site's feed, and have it polled if it is the right one",
        Role.Admin,
        new CommandOption(AddressOption, "Of the feed or of the site", OptionKind.Text, IsRequired: true));

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var typed = request.Arguments[AddressOption];
        var discovered = await discovery.FindAsync(typed, ct);
        if (discovered is Discovered.Nothing nothing)
        {
            return Wording.Answer(
                Texts.Say($"No feed at {Wording.Quote(typed)}"), $"{Wording.Sentence(Texts.Told(nothing.Reason))}. {Texts.Told(nothing.Remedy)}", Wording.Button("Feeds", "feeds"));
        }

        var found = (Discovered.Found)discovered;
        var feed = await store.OfferAsync(found.Url, Source(found), found.Document.Link, request.Caller.Id, options.Value.Fastest * 10, ct);
        return new CommandReply(new Card
        {
            Headline = feed.Standing == "polled" ? Texts.Say($"{feed.Source} is polled already") : Texts.Say($"Is this the feed of {feed.Source}?"),
            Link = found.Url,
            Lines =
            [
                feed.Standing == "polled" ? "Its newest entries:" : "Its newest entries; what stands in it now is not sent, what comes from now on is:",
                .. found.Others.Select(other => Texts.Say($"The page names another: {Wording.Cut(other, 150)}")),
            ],
            Items =
            [
                .. found.Document.Entries.Take(Shown).Select(e => new CardItem(
                    null, Wording.Cut(MarkupText.ToPlain(e.Title ?? e.Summary ?? Texts.Here("without a title")), 140), FeedLinks.IsWeb(e.Link ?? "") ? e.Link : null, Time: e.Published)),
            ],
            Actions = feed.Standing == "polled" ? [Wording.Button("Stop it", "feed stop", FeedCommands.Of(feed)), Wording.Button("Feeds", "feeds")] :
            [
                Wording.Button("Poll it", "feed start", FeedCommands.Of(feed)),
                Wording.Button("Poll and trust it", "feed start", FeedCommands.Of(feed), (FeedCommands.Trust, "yes")),
                Wording.Button("Feeds", "feeds"),
            ],
        });
    }

    private static string Source(Discovered.Found found) =>
        MarkupText.ToPlain(found.Document.Title ?? "") is { Length: > 0 } title ? Wording.Cut(title, 60) : new Uri(found.Url).Host;
}
