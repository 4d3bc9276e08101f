using M10Bot.News.Chat;
using M10Bot.News.Feeds;

namespace M10Bot.News.Commands;

internal sealed class FeedImportCommand(FeedClient client, FeedImport import) : ICommand
{
    private const string AddressOption = "address";
    private const int Shown = 5;

    public CommandSpec Spec { get; } = new(
        "feed import",
        "Take a list of feeds (OPML) from an address, and poll those that are new",
        Role.Admin,
        new CommandOption(AddressOption, "Of the list, where it can be fetched without signing in", OptionKind.Text, IsRequired: true));

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var typed = request.Arguments[AddressOption];
        var meant = TypedAddress.Read(typed);
        if (meant.Address is not { } address)
        {
            return Wording.Answer(Texts.Say($"No list at {Wording.Quote(typed)}"), "It is no address. Type it as it stands in a browser.");
        }

        return await client.GetAsync(address, null, null, ct) switch
        {
            FetchResult.Fetched fetched => Told(await import.RunAsync(fetched.Body, request.Caller.Id, ct)),
            FetchResult.Failed failed => Wording.Answer(Texts.Say($"No list at {Wording.Quote(typed)}"), $"{Wording.Sentence(Texts.Told(failed.Reason))}. {Texts.Told(meant.Remedy(failed))}"),
            _ => Wording.Answer(Texts.Say($"No list at {Wording.Quote(typed)}"), "It answers nothing. Check the address."),
        };
    }

    private static CommandReply Told(FeedImported told)
    {
        if (!told.IsList)
        {
            return Wording.Answer("No feed stands there", "It must be OPML, the list that feed readers export, with outlines that have an xmlUrl.");
        }

        List<string> lines = [];
        if (told.Added > 0)
        {
            lines.Add("What stands there now is not sent, what comes from now on is. “feeds” shows those that cannot be read.");
        }

        if (told.Known > 0)
        {
            lines.Add(Wording.Count(told.Known, "was here before and stays as it is.", "were here before and stay as they are."));
        }

        if (told.IsCut)
        {
            lines.Add(Texts.Say($"The list is longer than {Opml.Most} feeds; the rest was left. Split it, and take the other part too."));
        }

        return new CommandReply(new Card
        {
            Headline = told.Added == 0 ? "No feed of the list is new" : Wording.Count(told.Added, "new feed is polled", "new feeds are polled"),
            Lines = [.. lines, .. told.Refused.Count > 0 ? [Wording.Count(told.Refused.Count, "address is not one that the bot fetches:", "addresses are not ones that the bot fetches:")] : Array.Empty<string>()],
            Items = [.. told.Refused.Take(Shown).Select(r => new CardItem(null, Wording.Quote(r)))],
            Actions = [Wording.Button("Feeds", "feeds")],
        });
    }
}

internal sealed class FeedExportCommand(FeedStore store, FeedListDoor door) : ICommand
{
    private const int Shown = 20;

    public CommandSpec Spec { get; } = new("feed export", "Give the list of feeds, for another feed reader", Role.Admin);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var feeds = await store.ExportAsync(ct);
        if (feeds.Count == 0)
        {
            return Wording.Answer("No feed is polled", "“feed add” and the address of a site or its feed looks at one and shows what stands in it.");
        }

        var count = Wording.Count(feeds.Count, "feed is polled", "feeds are polled");
        if (await door.LinkAsync(ct) is { } link)
        {
            return Wording.Answer(
                count,
                Texts.Say($"The link leads to an OPML file for {Wording.Span(FeedListDoor.Open)}; whoever has it can fetch the list."),
                CardAction.ToLink("Fetch the list", link));
        }

        return new CommandReply(new Card
        {
            Headline = count,
            Lines =
            [
                feeds.Count > Shown ? Texts.Say($"The first {Shown} are listed.") : "All are listed.",
                "As a file: the person who runs the bot types “m10bot feeds export list.opml”. With Web:PublicAddress set, a link to the file stands here.",
            ],
            Items = [.. feeds.Take(Shown).Select(f => new CardItem(null, f.Source, f.Url, f.Url))],
        });
    }
}
