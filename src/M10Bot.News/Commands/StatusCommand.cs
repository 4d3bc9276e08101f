using System.Reflection;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class StatusCommand(WorkspaceStore store, SummaryDesk summaries, TimeProvider time) : ICommand
{
    private const int MaxChannels = 15;

    private readonly DateTimeOffset _started = time.GetUtcNow();

    public CommandSpec Spec { get; } = new("status", "Show how the channels are served and what waits", Role.Admin);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var status = await store.ReadAsync(request.Platform.ToString().ToLowerInvariant(), request.Workspace, MaxChannels, ct);
        var totals = status.Totals;
        var machine = await summaries.StandingAsync(ct);
        var troubled = status.Channels.Where(c => c.Standing is not "good").ToArray();
        return new CommandReply(new Card
        {
            Lines = totals.Doubt > 0 && !request.Caller.IsEditor ? [Settlers(request)] : [],
            Headline = troubled.Length == 0 ? "All channels are served" : Wording.Count(troubled.Length, "channel needs attention", "channels need attention"),
            Facts =
            [
                new CardFact("Channels", Shown(totals.Channels)),
                new CardFact("People", totals.Unreached == 0 ? $"{totals.Persons}" : Texts.Say($"{totals.Persons}; {totals.Unreached} can't be reached")),
                new CardFact("Waiting", Waiting(totals)),
                new CardFact("In doubt", totals.Doubt == 0 ? "nothing" : $"{Wording.Count(totals.Doubt, "delivery", "deliveries")}: {Texts.Told(totals.DoubtNote ?? "the end of the last attempt is not known")}"),
                new CardFact("Last articles", Articles(status.Articles)),
                .. machine is null ? Array.Empty<CardFact>() : [new CardFact("Summaries by machine", SummaryWords.Of(machine, time.GetUtcNow()))],
                new CardFact("Version", $"{typeof(StatusCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}"),
                new CardFact("Running for", Wording.Span(time.GetUtcNow() - _started)),
            ],
            Items = [.. status.Channels.Select(c => Item(c, request))],
            Actions =
            [
                .. totals.Channels == 0 ? new[] { Wording.Button("Add this channel", "channel add") } : [],
                .. totals.Doubt > 0 && request.Caller.IsEditor ? new[] { Wording.Button("Settle them", "queue") } : [],
                .. troubled.Take(totals.Doubt > 0 && request.Caller.IsEditor ? 3 : 4).Select(c => Mend(PlaceOf(c, request), troubled.Length == 1)),
            ],
        });
    }

    // No admin's role stands in for an editor's; a button would only refuse.
    private static string Settlers(CommandRequest request)
    {
        var who = Texts.Here("What is in doubt an editor settles, with “queue”; the person who runs the bot keeps the list of them.");
        return request.Editors is { Length: > 0 } named ? $"{who} {Texts.Say($"{named} can.")}" : who;
    }

    // A thread that cannot be served has mostly lost its first message, and no test brings that back.
    private static CardAction Mend(Destination place, bool isOnly) => place.Thread is null
        ? Wording.Button(isOnly ? "Test it" : Texts.Say($"Test {place.Address}"), "channel test", (Places.Channel, place.Address))
        : Wording.Button("Remove the thread", "channel remove", (Places.Channel, place.Address));

    private static Destination PlaceOf(ChannelRow channel, CommandRequest request) =>
        new(request.Platform, request.Workspace, DestinationKind.Channel, channel.Address);

    private static string Waiting(TotalRow totals)
    {
        var waiting = totals.Waiting == 0 ? Texts.Here("nothing") : Wording.Count(totals.Waiting, "delivery", "deliveries");
        return totals.Refused == 0 ? waiting : Texts.Say($"{waiting}; {totals.Refused} until their places can be served again");
    }

    private static string Shown(long channels) => channels switch
    {
        0 => "none added; “channel add” adds one",
        > MaxChannels => Texts.Say($"{channels}; the first {MaxChannels} are listed"),
        _ => $"{channels}",
    };

    private string Articles(IReadOnlyList<ArticleStatusRow> articles) => articles.Count == 0
        ? "none received yet"
        : string.Join("; ", articles.Select(a => $"{a.Source} {Ago(a.ReceivedMs)}"));

    private string Ago(long ms) => Texts.Say($"{Wording.Span(time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(ms))} ago");

    private CardItem Item(ChannelRow channel, CommandRequest request)
    {
        var place = PlaceOf(channel, request);
        string[] details =
        [
            Standing(channel),
            .. channel.Webhooks > 0 ? new[] { Texts.Here("by webhook") } : [],
            $"{Wording.Count(channel.Orders, "subscription", "subscriptions")}{Limits(channel)}",
            .. channel.Waiting > 0 ? new[] { Texts.Say($"{channel.Waiting} waiting") } : [],
            channel.ShownMs is null ? Texts.Here("nothing shown yet") : Texts.Say($"last shown after {Wording.Span(TimeSpan.FromMilliseconds(channel.TookMs ?? 0))}"),
        ];
        return new CardItem(
            null,
            place == request.Here ? Wording.Sentence(Wording.Place(place, request)) : DeskCards.ThreadOf(place),
            Detail: string.Join(" · ", details),
            Time: channel.ShownMs is { } shown ? DateTimeOffset.FromUnixTimeMilliseconds(shown) : null)
        {
            Channel = place == request.Here ? null : DeskCards.ChannelOf(place),
        };
    }

    private static string Limits(ChannelRow channel) => channel switch
    {
        { Limited: 0 } => "",
        { Languages: { } languages } when channel.Limited == channel.Orders => $", {LanguageWords.Note(LanguageRule.Read(languages))}",
        _ => ", " + Texts.Say($"{channel.Limited} of them in chosen languages only"),
    };

    private string Standing(ChannelRow channel) => channel.Standing switch
    {
        "good" => string.IsNullOrEmpty(channel.Reason) ? Texts.Here("served") : Texts.Say($"served, but: {Texts.Told(channel.Reason)}"),
        "suspended" => Texts.Say($"suspended: {Wording.Trouble(channel.Reason, channel.Remedy)}")
            + (channel.UntilMs is { } next && DateTimeOffset.FromUnixTimeMilliseconds(next) is var then && then > time.GetUtcNow()
                ? " " + Texts.Say($"Tried again in {Wording.Span(then - time.GetUtcNow())}.")
                : ""),
        _ => channel.UntilMs is { } until && DateTimeOffset.FromUnixTimeMilliseconds(until) is var end && end > time.GetUtcNow()
            ? Texts.Say($"rests for {Wording.Span(end - time.GetUtcNow())}: {Texts.Told(channel.Reason ?? "")}").TrimEnd(' ', ':')
            : Texts.Here("tried again now"),
    };
}
