using System.Data.Common;
using M10Bot.News.Articles;
using M10Bot.News.Bulletins;
using M10Bot.News.Deliveries;
using M10Bot.News.Storage;
using M10Bot.News.Stories;

namespace M10Bot.News.Desk;

/// <summary>What a story is about, by an editor's word. One transaction: the topics, the card, who is owed it, what is to be learnt, who did it.</summary>
internal sealed class TopicDesk(Database database, DeliveryStore deliveries, DeliverySignal signal, TimeProvider time)
{
    /// <summary>What the story is about now, strongest first.</summary>
    public Task<IReadOnlyList<Topic>> TopicsAsync(long story, CancellationToken ct) =>
        database.WriteAsync(tx => TopicRulingStore.TopicsAsync(tx, story), ct);

    public async Task<TopicOutcome> RuleAsync(long story, IReadOnlyList<Topic> add, IReadOnlyList<Topic> remove, DeskEntry by, CancellationToken ct)
    {
        var outcome = await database.WriteAsync(
            async tx =>
            {
                await StoryIndexStore.LockAsync(tx, database.Dialect.ForUpdate);
                return await StoryStore.FindAsync(tx, story) switch
                {
                    null => new TopicOutcome([], 0, false, "there is no such story"),
                    { State: StoryState.Killed } => new TopicOutcome([], 0, false, "it is withdrawn, and stays so"),
                    { State: StoryState.Merged } => new TopicOutcome([], 0, false, "it is part of another story by now; give the number of that one"),
                    var known => await RuleAsync(tx, known, add, remove, by, time.GetUtcNow(), ct),
                };
            },
            ct);
        signal.Wake();
        return outcome;
    }

    private async Task<TopicOutcome> RuleAsync(
        DbTransaction tx, Story story, IReadOnlyList<Topic> add, IReadOnlyList<Topic> remove, DeskEntry by, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (topic, isOn) in remove.Select(t => (t, false)).Concat(add.Select(t => (t, true))))
        {
            await TopicRulingStore.SetAsync(tx, story.Id, topic, isOn, by.By, now);
        }

        var topics = await TopicRulingStore.TopicsAsync(tx, story.Id);
        var article = await StoryStore.LeadAsync(tx, story.Id) ?? await StoryStore.NewestAsync(tx, story.Id);
        await TopicRulingStore.KeepLessonAsync(tx, story.Id, article, topics, by.By, now);

        var bulletin = await BulletinStore.OfStoryAsync(tx, story.Id);
        var (next, dropped) = bulletin is null ? (null, 0) : await TellAsync(tx, story, bulletin, topics, now, ct);
        await DeskStore.AddAsync(tx, story.Id, "retopic", by, next?.Version, now);
        return new TopicOutcome(topics, dropped, next is not null, null);
    }

    // Whom it no longer concerns and who has not seen it is spared it; whom it concerns now gets it with the corrected card.
    private async Task<(Bulletin? Next, int Dropped)> TellAsync(
        DbTransaction tx, Story story, Bulletin bulletin, IReadOnlyList<Topic> topics, DateTimeOffset now, CancellationToken ct)
    {
        var dropped = await deliveries.DropUnmatchedAsync(tx, bulletin.Id, ct);
        if (story.State is not StoryState.Open || await BulletinStore.CardAsync(tx, bulletin) is not { } before)
        {
            return (null, dropped);
        }

        var next = await BulletinStore.AddVersionAsync(tx, bulletin, story.Id, CardBuilder.About(before, topics), now);
        await deliveries.OweAsync(tx, next.Id, next.Version, NewsDesk.Rank(Change.Update, story.Urgency), ct);
        return (next, dropped);
    }
}

/// <param name="Topics">What the story is about now.</param>
/// <param name="Dropped">Deliveries that had not set out and no order asks for any more.</param>
/// <param name="IsTold">A next version of the card is on its way.</param>
/// <param name="Obstacle">Why nothing was done; null where it was.</param>
internal sealed record TopicOutcome(IReadOnlyList<Topic> Topics, int Dropped, bool IsTold, string? Obstacle);
