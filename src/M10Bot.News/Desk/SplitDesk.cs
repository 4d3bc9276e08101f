using System.Data.Common;
using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Bulletins;
using M10Bot.News.Deliveries;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Desk;

/// <summary>Takes articles out of a story, by an editor's word: they are a story of their own from then on. One transaction.</summary>
internal sealed class SplitDesk(Database database, StoryRetelling telling, DeliveryStore deliveries, DeliverySignal signal, TimeProvider time)
{
    private const string PartLeft = "a part of it is a story of its own now";

    /// <summary>A story's items, in the order in which they came: an item goes with all its versions. Empty where there is no such story.</summary>
    public Task<SplitView> ViewAsync(long story, CancellationToken ct) => database.WriteAsync(tx => ViewAsync(tx, story), ct);

    /// <param name="leaving">Positions in <see cref="SplitView.Items"/>, from 1 on.</param>
    public static DeskOutcome.NotPossible? Obstacle(SplitView view, IReadOnlySet<int> leaving) => view switch
    {
        { Story: null } => new("there is no such story"),
        { Story.State: StoryState.Killed } => new("it is withdrawn, and stays so"),
        { Story.State: StoryState.Merged } => new("it is part of another story by now; give the number of that one"),
        { Story.State: StoryState.Held, Bulletin: not null } => new("it is held; release it first"),
        _ when view.Items.Count > 1 && leaving.Any(p => p > view.Items.Count) => new("its list is not that long"),
        { Items.Count: < 2 } => new("it has one article only"),
        _ when leaving.Count >= view.Items.Count => new("nothing would be left of it"),
        { Bulletin: not null } when !view.Staying(leaving).Any(i => i.HasRun) => new("what would be left of it has not run; take out the others instead"),
        _ => null,
    };

    /// <param name="leaving">Positions in <see cref="SplitView.Items"/>, from 1 on.</param>
    /// <param name="isNews">The new story goes out as news does, with pings; else quietly.</param>
    /// <param name="seen"><see cref="SplitView.Seen"/> of what the editor agreed to.</param>
    public async Task<DeskOutcome> SplitAsync(long story, IReadOnlySet<int> leaving, bool isNews, DeskEntry by, string seen, CancellationToken ct)
    {
        var outcome = await database.WriteAsync(
            async tx =>
            {
                await StoryIndexStore.LockAsync(tx, database.Dialect.ForUpdate);
                var view = await ViewAsync(tx, story);
                return !string.Equals(view.Seen, seen, StringComparison.Ordinal) ? new DeskOutcome.Stale()
                    : (leaving.Count == 0 ? new DeskOutcome.NotPossible("nothing was picked") : Obstacle(view, leaving)) ?? await SplitAsync(tx, view, leaving, isNews, by, time.GetUtcNow(), ct);
            },
            ct);
        signal.Wake();
        return outcome;
    }

    private static async Task<SplitView> ViewAsync(DbTransaction tx, long id)
    {
        var story = await StoryStore.FindAsync(tx, id);
        var bulletin = await BulletinStore.OfStoryAsync(tx, id);
        var articles = await StoryMergeStore.ArticlesAsync(tx, id);
        var items = articles.GroupBy(a => a.Item).Select((versions, at) => new SplitItem(at + 1, [.. versions])).ToList();
        var seen = string.Create(CultureInfo.InvariantCulture, $"{articles.Select(a => a.Id).DefaultIfEmpty().Max()}.{articles.Count}.{bulletin?.Version ?? 0}");
        return new SplitView(story, bulletin, items, seen);
    }

    private async Task<DeskOutcome> SplitAsync(
        DbTransaction tx, SplitView view, IReadOnlySet<int> leaving, bool isNews, DeskEntry by, DateTimeOffset now, CancellationToken ct)
    {
        var old = view.Story!;
        List<PlacedArticle> going = [.. view.Items.Where(i => leaving.Contains(i.Position)).SelectMany(i => i.Versions).OrderBy(a => a.Id)];
        List<PlacedArticle> rest = [.. view.Staying(leaving).SelectMany(i => i.Versions).OrderBy(a => a.Id)];
        var lead = view.Bulletin is null ? null : StoryRetelling.LeadOf(going, before: null);
        var urgency = new Urgency(Math.Clamp(going.Min(a => a.Urgency), 1, 9));
        var made = await StoryStore.AddStoryAsync(tx, await StoryStore.ArticleAsync(tx, going[^1].Id), StoryState.Held, urgency, looksLike: null, now);
        await StoryMergeStore.PlaceAsync(tx, [.. going.Select(a => (a.Id, (long?)null))], made, now);
        await StoryMergeStore.PlaceAsync(tx, [.. rest.Select(a => (a.Id, a.Part))], old.Id, now);
        await RulingStore.MoveAsync(tx, going.Select(a => a.Id), made);
        await RulingStore.AddAsync(
            tx, made, lead?.Id, Change.New, new Ruling(lead is null ? Verdict.Hold : Verdict.Run, urgency, [$"an editor took it out of story {old.Id}"]), now);
        await SubscriptionStore.CopyChoicesAsync(tx, old.Id, made);

        var before = await StoryStore.LeadIdAsync(tx, old.Id);
        var stays = view.Bulletin is null ? null : StoryRetelling.LeadOf(rest, before);
        await StoryMergeStore.RetellAsync(tx, made, lead is null ? StoryState.Held : StoryState.Open, lead, going, urgency.Value, now);
        await StoryMergeStore.RetellAsync(tx, old.Id, old.State, stays, rest, old.Urgency.Value, now);
        await telling.ReadAgainAsync(tx, made, going);
        await telling.ReadAgainAsync(tx, old.Id, rest);

        var (next, first) = await TellAsync(tx, view.Bulletin, old.Id, made, stays?.Id == before ? null : stays, lead, isNews, now, ct);
        await DeskStore.AddAsync(tx, old.Id, "split", by with { Words = $"story {made} was taken out of it" }, next?.Version, now);
        await DeskStore.AddAsync(tx, made, "split", by with { Words = $"out of story {old.Id}{(isNews ? ", as news" : "")}" }, first?.Version, now);
        return new DeskOutcome.Split(made, first);
    }

    private async Task<(Bulletin? Next, Bulletin? First)> TellAsync(
        DbTransaction tx, Bulletin? bulletin, long old, long made, PlacedArticle? newLead, PlacedArticle? lead, bool isNews, DateTimeOffset now, CancellationToken ct)
    {
        if (bulletin is null)
        {
            return (null, null);
        }

        var routine = NewsDesk.Rank(Change.Update, Urgency.Routine);
        var next = await telling.NextAsync(tx, (await StoryStore.FindAsync(tx, old))!, bulletin, newLead, PartLeft, null, bulletin.Version + 1, now);
        await deliveries.OweAsync(tx, next.Id, next.Version, routine, Reach.WhereItStands, ct);
        if (lead is null)
        {
            return (next, null);
        }

        // Readers had its articles under another headline: quietly, it is news of the plain kind.
        var story = (await StoryStore.FindAsync(tx, made))!;
        var first = await telling.NextAsync(tx, isNews ? story : story with { Urgency = Urgency.Routine }, null, lead, null, null, 1, now);
        await deliveries.OweAsync(tx, first.Id, 1, isNews ? NewsDesk.Rank(Change.New, story.Urgency) : routine, isNews ? Reach.All : Reach.Quietly, ct);
        return (next, first);
    }
}

/// <summary>A story as an editor takes it apart.</summary>
/// <param name="Bulletin">Null where nothing of it has run.</param>
/// <param name="Seen">Changes with the story; what is agreed to must still be so.</param>
internal sealed record SplitView(Story? Story, Bulletin? Bulletin, IReadOnlyList<SplitItem> Items, string Seen)
{
    public IEnumerable<SplitItem> Staying(IReadOnlySet<int> leaving) => Items.Where(i => !leaving.Contains(i.Position));
}

/// <summary>One item with all its versions, oldest first.</summary>
/// <param name="Position">From 1 on, in the order in which they came.</param>
internal sealed record SplitItem(int Position, IReadOnlyList<PlacedArticle> Versions)
{
    public PlacedArticle Newest => Versions[^1];

    /// <summary>The story that it came from by a merge; null where it was always in this one.</summary>
    public long? CameWith => Newest.Part;

    public bool HasRun => Versions.Any(v => v.MayLead);
}
