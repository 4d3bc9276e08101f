using System.Data.Common;
using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Bulletins;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Desk;

/// <summary>Puts one story into another by an editor's word, and takes that back. Each is one transaction: articles, messages, followers, audit.</summary>
internal sealed class MergeDesk(
    Database database, StoryRetelling telling, DeliveryStore deliveries, DeliveryMergeStore messages, DeliverySignal signal, TimeProvider time)
{
    private const string PutTogether = "two stories were put together";
    private const string TakenApart = "two stories were taken apart";

    /// <summary>What a merge would do; or why there can be none.</summary>
    public Task<(MergePlan? Plan, DeskOutcome.NotPossible? No)> PlanAsync(long from, long into, CancellationToken ct) =>
        database.WriteAsync(tx => PlanAsync(tx, from, into, ct), ct);

    /// <param name="seen"><see cref="MergePlan.Seen"/> of what the editor agreed to.</param>
    public async Task<DeskOutcome> MergeAsync(long from, long into, DeskEntry by, string seen, CancellationToken ct)
    {
        var outcome = await database.WriteAsync(
            async tx =>
            {
                await StoryIndexStore.LockAsync(tx, database.Dialect.ForUpdate);
                var (plan, no) = await PlanAsync(tx, from, into, ct);
                return no is not null ? no
                    : !string.Equals(plan!.Seen, seen, StringComparison.Ordinal) ? new DeskOutcome.Stale()
                    : await MergeAsync(tx, plan, by, time.GetUtcNow(), ct);
            },
            ct);
        signal.Wake();
        return outcome;
    }

    /// <summary>Takes the story's newest merge back: its articles, and the messages as far as they were its own.</summary>
    /// <param name="story">The one that went into another, or the one that took it.</param>
    public async Task<DeskOutcome> TakeBackAsync(long story, DeskEntry by, CancellationToken ct)
    {
        var outcome = await database.WriteAsync(
            async tx =>
            {
                await StoryIndexStore.LockAsync(tx, database.Dialect.ForUpdate);
                return await StoryMergeStore.MergeAsync(tx, story) is { } merge
                    ? await TakeBackAsync(tx, merge, by, time.GetUtcNow(), ct)
                    : new DeskOutcome.NotPossible("no editor put it into another story, or another into it");
            },
            ct);
        signal.Wake();
        return outcome;
    }

    private static async Task<(MergePlan? Plan, DeskOutcome.NotPossible? No)> PlanAsync(DbTransaction tx, long from, long into, CancellationToken ct)
    {
        if (await StoryStore.FindAsync(tx, from) is not { } gone || await StoryStore.FindAsync(tx, into) is not { } stays)
        {
            return (null, new DeskOutcome.NotPossible("there is no such story"));
        }

        var (ofGone, ofStays) = (await BulletinStore.OfStoryAsync(tx, from), await BulletinStore.OfStoryAsync(tx, into));
        if (Obstacle(gone, stays, ofGone is not null, ofStays is not null) is { } why)
        {
            return (null, new DeskOutcome.NotPossible(why));
        }

        var articles = await StoryMergeStore.ArticlesAsync(tx, from);
        var others = await StoryMergeStore.ArticlesAsync(tx, into);
        var counts = ofGone is null || ofStays is null ? new MergedMessages() : await DeliveryMergeStore.CountAsync(tx, ofGone.Id, ofStays.Id, ct);
        var seen = string.Create(CultureInfo.InvariantCulture, $"{articles.Concat(others).Max(a => a.Id)}.{ofGone?.Version ?? 0}.{ofStays?.Version ?? 0}");
        return (new MergePlan(gone, stays, ofGone, ofStays, articles, others, counts, seen) { Fuller = await FullerAsync(tx, from, into, articles) }, null);
    }

    private static string? Obstacle(Story gone, Story stays, bool hasGoneRun, bool hasStaysRun) => (gone, stays) switch
    {
        _ when gone.Id == stays.Id => "it is the same story",
        ({ State: StoryState.Merged }, _) or (_, { State: StoryState.Merged }) => "one of the two is part of another story by now; give the number of that one",
        ({ State: StoryState.Killed }, _) => $"story {gone.Id} is withdrawn, and stays so",
        (_, { State: StoryState.Killed }) => $"story {stays.Id} is withdrawn, and stays so",
        _ when hasGoneRun && !hasStaysRun => $"story {stays.Id} has not run and story {gone.Id} has; merge {stays.Id} into {gone.Id}",
        ({ State: StoryState.Held }, _) when hasGoneRun => $"story {gone.Id} is held; release it first",
        (_, { State: StoryState.Held }) when hasStaysRun => $"story {stays.Id} is held; release it first",
        _ => null,
    };

    private async Task<DeskOutcome> MergeAsync(DbTransaction tx, MergePlan plan, DeskEntry by, DateTimeOffset now, CancellationToken ct)
    {
        var (from, into) = (plan.From.Id, plan.Into.Id);
        var parts = plan.Articles.Select(a => (a.Id, a.Part)).ToList();
        await StoryMergeStore.AddMergeAsync(
            tx, new StoryMerge(from, into, StoryStore.Word(plan.From.State), parts) { Led = await StoryMergeStore.LedAsync(tx, from) }, by.By, now);
        await DeskStore.EndHoldAsync(tx, from);
        await StoryMergeStore.PlaceAsync(tx, [.. parts.Select(a => (a.Id, (long?)(a.Part ?? from)))], into, now);
        await StoryMergeStore.EndAsync(tx, from, into, now);
        await SubscriptionStore.CopyChoicesAsync(tx, from, into);
        var urgency = plan.From.Urgency < plan.Into.Urgency && plan.Before is not null ? plan.From.Urgency : plan.Into.Urgency;
        await RulingStore.AddAsync(tx, into, null, Change.Account, new Ruling(Verdict.Run, urgency, [$"an editor put story {from} into this one"]), now);
        var sources = await StoryStore.CountSourcesAsync(tx, into, urgency, now);

        var bulletin = plan.Standing;
        if (bulletin is not null && (plan.Before is not null || sources != plan.Into.Sources))
        {
            bulletin = await TellAsync(tx, plan, bulletin, now, ct);
        }

        await DeskStore.AddAsync(tx, from, "merge", by with { Words = $"into story {into}" }, null, now);
        await DeskStore.AddAsync(tx, into, "merge", by with { Words = $"story {from} was put into it" }, bulletin?.Version, now);
        return bulletin is null ? new DeskOutcome.Held(0) : new DeskOutcome.Sent(bulletin);
    }

    private async Task<Bulletin> TellAsync(DbTransaction tx, MergePlan plan, Bulletin standing, DateTimeOffset now, CancellationToken ct)
    {
        var (from, into) = (plan.From.Id, plan.Into.Id);
        var version = Math.Max(plan.Before?.Version ?? 0, standing.Version) + 1;
        var lead = plan.Fuller;
        if (lead is not null)
        {
            await StoryStore.LeadAsync(tx, into, lead.Id, await StoryStore.ArticleAsync(tx, lead.Id), StoryState.Open, plan.Into.Urgency, now);
        }

        var notices = new[] { plan.Before, standing }.OfType<Bulletin>();
        Notice? notice = null;
        foreach (var one in notices)
        {
            var said = (await BulletinStore.ToldAsync(tx, one))?.Notice;
            notice = said is not null && (notice is null || said.At > notice.At) ? said : notice;
        }

        var story = (await StoryStore.FindAsync(tx, into))!;
        var next = await telling.NextAsync(tx, story, standing, lead, PutTogether, notice, version, now);
        var rank = NewsDesk.Rank(Change.Account, Urgency.Routine);
        if (plan.Before is null)
        {
            await deliveries.OweAsync(tx, next.Id, version, rank, Reach.WhereItStands, ct);
            return next;
        }

        await BulletinStore.AddVersionAsync(tx, plan.Before, from, CardBuilder.Pointing(into, version, now), now);
        await messages.MergeAsync(tx, plan.Before.Id, next.Id, version, rank, ct);
        return next;
    }

    // As filing does it: a full report speaks in the place of a headline alone. Otherwise the survivor keeps its words.
    private static async Task<PlacedArticle?> FullerAsync(DbTransaction tx, long from, long into, IReadOnlyList<PlacedArticle> articles) =>
        await StoryStore.LeadIdAsync(tx, from) is { } other && articles.FirstOrDefault(a => a.Id == other && a.MayLead) is { } candidate
        && await StoryStore.LeadAsync(tx, into) is { Body.Length: 0 } && (await StoryStore.ArticleAsync(tx, other)).Body.Length > 0
            ? candidate
            : null;

    private async Task<DeskOutcome> TakeBackAsync(DbTransaction tx, StoryMerge merge, DeskEntry by, DateTimeOffset now, CancellationToken ct)
    {
        var stays = (await StoryStore.FindAsync(tx, merge.Into))!;
        if (stays.State is StoryState.Killed)
        {
            return new DeskOutcome.NotPossible($"story {stays.Id} is withdrawn with all that is in it, and stays so");
        }

        if (stays.State is StoryState.Merged || await StoryMergeStore.MergedIntoAsync(tx, merge.Story) != merge.Into)
        {
            return new DeskOutcome.NotPossible(await LaterAsync(tx, merge));
        }

        var bulletin = await BulletinStore.OfStoryAsync(tx, merge.Into);
        if (stays.State is StoryState.Held && bulletin is not null)
        {
            return new DeskOutcome.NotPossible($"story {stays.Id} is held; release it first");
        }

        var all = await StoryMergeStore.ArticlesAsync(tx, merge.Into);
        var parts = merge.Articles.ToDictionary(a => a.Article, a => a.Part);
        var items = all.Where(a => parts.ContainsKey(a.Id) || CameSince(a, merge)).Select(a => a.Item).ToHashSet();
        var (back, rest) = (all.Where(a => items.Contains(a.Item)).ToList(), all.Where(a => !items.Contains(a.Item)).ToList());
        if (back.Count == 0 || rest.Count == 0)
        {
            return new DeskOutcome.NotPossible("nothing of it is left there, or nothing would be left; split the story instead");
        }

        await StoryMergeStore.UndoAsync(tx, merge, now);
        await StoryMergeStore.PlaceAsync(
            tx, [.. back.Select(a => (a.Id, parts.TryGetValue(a.Id, out var part) ? part : CameSince(a, merge) && a.Part != merge.Story ? a.Part : null))], merge.Story, now);
        await StoryMergeStore.PlaceAsync(tx, [.. rest.Select(a => (a.Id, a.Part))], merge.Into, now);
        await RulingStore.MoveAsync(tx, back.Select(a => a.Id), merge.Story);
        var told = await TellApartAsync(tx, merge, stays, bulletin, back, rest, now, ct);
        await DeskStore.AddAsync(tx, merge.Story, "unmerge", by with { Words = $"out of story {merge.Into}" }, told?.Version, now);
        await DeskStore.AddAsync(tx, merge.Into, "unmerge", by with { Words = $"story {merge.Story} was taken out of it" }, bulletin is null ? null : told?.Version ?? bulletin.Version + 1, now);
        return told is null ? new DeskOutcome.Held(0) : new DeskOutcome.Sent(told);
    }

    // What is like a story comes to it where that is part of another; and likewise to what had been put into it before.
    private static bool CameSince(PlacedArticle article, StoryMerge merge) =>
        article.Part is { } part && (part == merge.Story || merge.Led.Contains(part));

    // Links of a chain come off in turn, the last that was made first: only that story's messages and articles are in sight.
    private static async Task<string> LaterAsync(DbTransaction tx, StoryMerge merge) =>
        await StoryMergeStore.MergeAsync(tx, merge.Into) is { } later && later.Story == merge.Into
            ? $"story {merge.Into}, which it was put into, was put into story {later.Into} since; take that back first: unmerge {merge.Into}"
            : "it is part of yet another story by now; take that back first";

    /// <returns>The next version of the story that stands on its own again; null where nothing of it had run.</returns>
    private async Task<Bulletin?> TellApartAsync(
        DbTransaction tx, StoryMerge merge, Story stays, Bulletin? bulletin, List<PlacedArticle> back, List<PlacedArticle> rest, DateTimeOffset now, CancellationToken ct)
    {
        var own = await BulletinStore.OfStoryAsync(tx, merge.Story);
        var (ownLead, oldLead) = (await StoryStore.LeadIdAsync(tx, merge.Story), await StoryStore.LeadIdAsync(tx, merge.Into));
        var (lead, restLead) = (StoryRetelling.LeadOf(back, ownLead), StoryRetelling.LeadOf(rest, oldLead));
        var state = own is null ? StoryState.Held : StoryState.Open;
        await StoryMergeStore.RetellAsync(tx, merge.Story, state, own is null ? null : lead, back, back[^1].Urgency, now);
        await StoryMergeStore.RetellAsync(tx, merge.Into, stays.State, bulletin is null ? null : restLead, rest, stays.Urgency.Value, now);
        await telling.ReadAgainAsync(tx, merge.Story, back);
        await telling.ReadAgainAsync(tx, merge.Into, rest);
        if (bulletin is null)
        {
            return null;
        }

        var version = Math.Max(own?.Version ?? 0, bulletin.Version) + 1;
        var rank = NewsDesk.Rank(Change.Update, Urgency.Routine);
        var into = (await StoryStore.FindAsync(tx, merge.Into))!;
        var next = await telling.NextAsync(tx, into, bulletin, restLead?.Id == oldLead ? null : restLead, TakenApart, null, version, now);
        if (own is null)
        {
            await deliveries.OweAsync(tx, next.Id, version, rank, Reach.WhereItStands, ct);
            return null;
        }

        var story = (await StoryStore.FindAsync(tx, merge.Story))!;
        own = await telling.NextAsync(tx, story, own, lead, TakenApart, null, version, now);
        await messages.TakeBackAsync(tx, own.Id, next.Id, version, rank, ct);
        return own;
    }
}

/// <summary>What a merge would do.</summary>
/// <param name="From">The story that ends.</param>
/// <param name="Into">The survivor.</param>
/// <param name="Before">The bulletin of the one that ends; null where nothing of it has run.</param>
/// <param name="Standing">The survivor's.</param>
/// <param name="Articles">Of the one that ends.</param>
/// <param name="Others">Of the survivor.</param>
/// <param name="Messages">What becomes of what is out.</param>
/// <param name="Seen">Changes with either story; what is agreed to must still be so.</param>
internal sealed record MergePlan(
    Story From,
    Story Into,
    Bulletin? Before,
    Bulletin? Standing,
    IReadOnlyList<PlacedArticle> Articles,
    IReadOnlyList<PlacedArticle> Others,
    MergedMessages Messages,
    string Seen)
{
    /// <summary>The survivor is a headline alone, and this is a full report: it speaks for the story then. Else null.</summary>
    public PlacedArticle? Fuller { get; init; }
}
