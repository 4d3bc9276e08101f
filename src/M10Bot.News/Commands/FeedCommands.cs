using M10Bot.News.Feeds;
using System.Globalization;
using M10Bot.News.Chat;

namespace M10Bot.News.Commands;

/// <summary>What the commands about feeds share.</summary>
internal static class FeedCommands
{
    public const string Number = "feed";
    public const string Trust = "trust";

    public static CommandOption Option { get; } = new(Number, "Its number, as “feeds” shows it", OptionKind.Number, IsRequired: true) { Range = (1, int.MaxValue) };

    public static (string Option, string Value) Of(Feed feed) => (Number, feed.Id.ToString(CultureInfo.InvariantCulture));

    public static async Task<Lookup<Feed>> FindAsync(FeedStore store, CommandRequest request, CancellationToken ct) =>
        await store.FindAsync(long.Parse(request.Arguments[Number], CultureInfo.InvariantCulture), ct) is { } feed
            ? feed
            : Wording.Answer(Texts.Say($"There is no feed {Wording.Quote(request.Arguments[Number])}"), "“feeds” lists them with their numbers.", Wording.Button("Feeds", "feeds"));
}

internal sealed class FeedStartCommand(FeedStore store, FeedAlarm alarm) : ICommand
{
    public CommandSpec Spec { get; } = new(
        "feed start",
        "Poll a feed, or try one again at once; its troubles are told in this channel",
        Role.Admin,
        FeedCommands.Option,
        new CommandOption(FeedCommands.Trust, "Whether its BREAKING is believed; no if left out", OptionKind.Choice, Choices: ["yes", "no"]));

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await FeedCommands.FindAsync(store, request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var feed = lookup.Value;
        var isTrusted = request.Arguments.TryGetValue(FeedCommands.Trust, out var trust) ? trust is "yes" : feed.IsTrusted;
        var home = new FeedHome(request.Platform.ToString().ToLowerInvariant(), request.Workspace, request.IsDirect ? null : request.Channel);
        await store.StartAsync(feed.Id, isTrusted, home, ct);
        alarm.Ring();
        return Wording.Answer(
            Texts.Say($"{feed.Source} is polled from now on"),
            Texts.Here(isTrusted ? "What is new in it runs as news, and as breaking where it says so." : "What is new in it runs as news.") + " "
            + Texts.Here(request.IsDirect ? "“feeds” shows its troubles." : "If it cannot be read for long, this channel is told."),
            Wording.Button("Feeds", "feeds"),
            Wording.Button("Stop it", "feed stop", FeedCommands.Of(feed)));
    }
}

internal sealed class FeedStopCommand(FeedStore store) : ICommand
{
    public CommandSpec Spec { get; } = new("feed stop", "Poll a feed no more; what it brought stays", Role.Admin, FeedCommands.Option);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var lookup = await FeedCommands.FindAsync(store, request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        return await store.StopAsync(lookup.Value.Id, ct)
            ? Wording.Answer(Texts.Say($"{lookup.Value.Source} is polled no more"), "What it brought stays as it is.", Wording.Button("Undo", "feed start", FeedCommands.Of(lookup.Value)), Wording.Button("Feeds", "feeds"))
            : Wording.Answer(Texts.Say($"{lookup.Value.Source} is not polled"), "", Wording.Button("Poll it", "feed start", FeedCommands.Of(lookup.Value)), Wording.Button("Feeds", "feeds"));
    }
}

internal sealed class FeedsCommand(FeedStore store, TimeProvider time) : ICommand
{
    private const int Shown = 15;

    public CommandSpec Spec { get; } = new("feeds", "Show the feeds: when each was read, and what is wrong with it", Role.Admin);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var feeds = await store.ListAsync(Shown, ct);
        var (polled, troubled) = await store.CountAsync(ct);
        if (feeds.Count == 0)
        {
            return Wording.Answer("No feed is polled", "“feed add” and the address of a site or its feed looks at one and shows what stands in it.");
        }

        return new CommandReply(new Card
        {
            Headline = troubled == 0 ? Wording.Count(polled, "feed is polled", "feeds are polled") : Texts.Say($"{Wording.Count(troubled, "feed", "feeds")} of {polled} in trouble"),
            Lines = polled > Shown ? [Texts.Say($"The first {Shown} are listed, those in trouble first.")] : [],
            Items = [.. feeds.Select(f => new CardItem(null, $"{f.Id} · {f.Source}", f.Url, Detail(f), f.Checked))],
            Actions = [.. feeds.Where(f => f.Level > 0 || f.Standing == "off").Take(4).Select(f => Wording.Button(f.Standing == "off" ? Texts.Say($"Start {f.Id}") : Texts.Say($"Try {f.Id} again"), "feed start", FeedCommands.Of(f)))],
        });
    }

    private string Detail(Feed feed)
    {
        var now = time.GetUtcNow();
        var next = feed.Next > now ? Texts.Say($"next look in {Wording.Span(feed.Next - now)}") : Texts.Here("looked at now");
        return feed switch
        {
            { Standing: "off" } => Texts.Say($"stopped: {Texts.Told(feed.Reason ?? "")}. {Texts.Told(feed.Remedy ?? "")}").TrimEnd(),
            { Level: > 0 } => $"{Texts.Told(feed.Reason ?? "")}. {Texts.Told(feed.Remedy ?? "")} {Wording.Sentence(next)}",
            { Read: null } => "not read yet",
            _ => string.Join(" · ", Healthy(feed, now).Append(next)),
        };
    }

    private static IEnumerable<string> Healthy(Feed feed, DateTimeOffset now)
    {
        if (feed.IsTrusted)
        {
            yield return Texts.Here("trusted");
        }

        if (feed.PushedUntil > now)
        {
            yield return Texts.Here("pushed by its hub");
        }

        yield return feed.Changed is { } changed ? Texts.Say($"last change {Wording.Span(now - changed)} ago") : Texts.Here("no change yet");
    }
}
