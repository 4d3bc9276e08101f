using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

/// <summary>What the desk's replies share.</summary>
internal static class DeskCards
{
    private const int MaxHeadline = 100;
    private const int MostPlaces = 8;

    /// <summary>Who acts, as the audit keeps it.</summary>
    public static string By(CommandRequest request) =>
        $"{request.Platform.ToString().ToLowerInvariant()}/{request.Workspace}/{request.Caller.Id}";

    public static (string Option, string Value) Number(long story) => (StoryFinder.Option, story.ToString(CultureInfo.InvariantCulture));

    public static string Headline(string words) => Wording.Quote(Wording.Cut(words, MaxHeadline));

    /// <summary>The story by headline and number.</summary>
    public static string Named(StoryLine story) => Texts.Say($"{Headline(story.Headline)} (no. {story.Id})");

    /// <summary>An editor's own words, as they go out.</summary>
    public static string Whole(string words) => $"“{Wording.Cut(words.ReplaceLineEndings(" "), 400)}”";

    public static string Place(string platform, string workspace, string kind, string address, CommandRequest request) =>
        kind is not "person" ? $"{Wording.Sentence(platform)} {workspace} · {address}"
        : address == request.Caller.Id && IsOn(platform, request) && (workspace.Length == 0 || request.Workspace.Length == 0 || workspace == request.Workspace) ? Texts.Here("your direct messages")
        : Texts.Say($"a person on {Wording.Sentence(platform)}");

    /// <summary>The channel, where the caller's own workspace has it and so the platform knows its name for them; null anywhere else.</summary>
    public static CardChannel? ChannelOf(string platform, string workspace, string kind, string address, CommandRequest request) =>
        kind is "channel" && workspace == request.Workspace && IsOn(platform, request)
            ? ChannelOf(new Destination(request.Platform, workspace, DestinationKind.Channel, address))
            : null;

    public static CardChannel ChannelOf(Destination place) => new(place.Room, Wording.Sentence(Texts.Say($"channel {place.Room}")));

    /// <summary>What is to be said of a thread beside its channel; empty where it is the channel itself.</summary>
    public static string ThreadOf(Destination place) => place.Thread is { } thread ? Wording.Sentence(Texts.Say($"thread {thread}")) : "";

    /// <summary>A delivery in doubt, said in a card of its own: its story, its place, and what else there is to say.</summary>
    public static CommandReply Of(DoubtRow doubt, CommandRequest request, string headline, params IEnumerable<string> lines)
    {
        var channel = ChannelOf(doubt.Platform, doubt.Workspace, doubt.Kind, doubt.Address, request);
        var place = channel is null ? Place(doubt.Platform, doubt.Workspace, doubt.Kind, doubt.Address, request)
            : Wording.Place(new Destination(request.Platform, doubt.Workspace, DestinationKind.Channel, doubt.Address), request);
        return new CommandReply(new Card { Headline = headline, Lines = [Wording.Sentence(Texts.Say($"no. {doubt.Story} · {place}")), .. lines] })
            .Naming(channel is null ? [] : [channel.Id]);
    }

    /// <summary>How far the newest version is, in one line and a time: <c>corrected in 198 of 200 channels, 2 in doubt, the rest by …</c>.</summary>
    public static Card Of(Proof proof, string headline, CommandRequest request)
    {
        var verb = proof.State switch
        {
            "withdrawn" => "Withdrawn",
            "corrected" => "Corrected",
            _ => "Shown",
        };
        string[] open =
        [
            .. proof.InDoubt > 0 ? new[] { Texts.Say($"{proof.InDoubt} in doubt") } : [],
            .. proof.Refused > 0 ? new[] { Texts.Say($"{proof.Refused} can't be served until that is mended") } : [],
            .. proof.Stale > 0 ? new[] { Texts.Say($"{proof.Stale} where an earlier headline may still be read") } : [],
            .. proof.Waiting > 0 ? new[] { Texts.Say($"{proof.Waiting} on their way") } : [],
        ];
        return new Card
        {
            Headline = proof.Owed == 0
                ? "Nothing of it stands anywhere"
                : proof.Done == proof.Owed ? Texts.Say($"{Texts.Here(verb)} in all {Wording.Count(proof.Owed, "place", "places")}")
                : Texts.Say($"{Texts.Here(verb)} in {proof.Done} of {Wording.Count(proof.Owed, "place", "places")}"),
            Notice = proof.Expected is { } by ? new Notice("The rest by", by, ".") : null,
            Lines = [Headline(headline), .. open.Length > 0 ? new[] { $"{Wording.Sentence(Wording.List(open))}." } : []],
            Items = [.. proof.Rows.Select(r => Item(r, proof, request))],
        };
    }

    /// <summary>The answer to an act of the desk.</summary>
    public static CommandReply Answer(string headline, long story, string line) =>
        Wording.Answer(headline, line, Wording.Button("Receipts", "receipts", Number(story)), Wording.Button("Queue", "queue"));

    public static CommandReply NotPossible(DeskOutcome.NotPossible no, string headline) =>
        Wording.Answer(headline, $"{Wording.Sentence(Texts.Told(no.Why))}.", Wording.Button("Queue", "queue"));

    /// <summary>Where a story stands or is on its way to; people are not told apart.</summary>
    public static IEnumerable<CardItem> Places(Proof? proof, CommandRequest request) =>
        (proof?.Rows ?? []).Select(r => Item(r, proof!, request) with { Detail = null, Time = null }).Distinct().Take(MostPlaces);

    private static bool IsOn(string platform, CommandRequest request) => platform.Equals(request.Platform.ToString(), StringComparison.OrdinalIgnoreCase);

    private static string Note(ProofRow row) => Texts.Told(row.Note ?? "");

    private static CardItem Item(ProofRow row, Proof proof, CommandRequest request)
    {
        var detail = row.State switch
        {
            "done" or "due" or "claimed" when row.IsStale == 1 && row.Version == proof.Version && row.Note is { Length: > 0 } => Texts.Say($"the message is right, but: {Note(row)}"),
            "done" => row.Version == proof.Version ? Texts.Say($"done, receipt {row.Receipt}") : Texts.Say($"shows version {row.Version}: {Note(row)}"),
            "gone" => "removed there by hand",
            "doubt" => Texts.Say($"in doubt: {Note(row)}"),
            "refused" => Texts.Say($"not served: {Note(row)}"),
            _ => row.Note is { Length: > 0 } ? Texts.Say($"on its way: {Note(row)}") : "on its way",
        };
        var channel = ChannelOf(row.Platform, row.Workspace, row.Kind, row.Address, request);
        return new CardItem(
            null,
            channel is null ? Place(row.Platform, row.Workspace, row.Kind, row.Address, request) : ThreadOf(new Destination(request.Platform, row.Workspace, DestinationKind.Channel, row.Address)),
            Detail: detail,
            Time: row is { State: "done" or "gone", IsStale: 0 } && row.SettledMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null)
        {
            Channel = channel,
        };
    }
}
