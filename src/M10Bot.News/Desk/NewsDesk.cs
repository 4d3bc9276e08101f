using System.Data.Common;
using M10Bot.News.Articles;
using M10Bot.News.Bulletins;
using M10Bot.News.Deliveries;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Desk;

/// <summary>Article in, deliveries out: the whole flow.</summary>
/// <remarks>
/// Everything an article causes — story, ruling, bulletin version, deliveries owed — is committed in one transaction, so a
/// crash leaves all of it or none. What was committed is sent by the lanes, whenever the process lives.
/// </remarks>
internal sealed partial class NewsDesk(
    Database database,
    ArticleReader reader,
    StoryMatcher matcher,
    StoryTopics topics,
    DeliveryStore deliveries,
    DeliverySignal signal,
    EmbargoAlarm alarm,
    TimeProvider time,
    ILogger<NewsDesk> logger)
{
    /// <param name="article">Its version may be 0: then it is the next one of its uri.</param>
    /// <param name="isNew">Asked first, in the same transaction: e.g. writes down that a file has been read; false files nothing.</param>
    /// <returns>Null where <paramref name="isNew"/> said no.</returns>
    public async Task<Filed?> FileAsync(Article article, Func<DbTransaction, Task<bool>> isNew, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var reading = reader.Read(article);
        article = article with { Language = reading.Language };
        var filed = await database.WriteAsync(
            async tx => await isNew(tx) ? await FileAsync(tx, article, reading, now, ct) : null,
            ct);
        if (filed is null)
        {
            return null;
        }

        Announce(filed);
        if (filed.Ruling.Verdict == Verdict.Hold && article.Embargo is { } embargo)
        {
            alarm.NotLaterThan(embargo);
        }

        await SettleAsync(filed, now, ct);
        return filed;
    }

    // What was filed stands, whatever becomes of this.
    private async Task SettleAsync(Filed filed, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            if (filed.Article is { } article)
            {
                await matcher.SettleAsync(article, now, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnsettled(logger, e, filed.Story);
        }
    }

    /// <summary>Runs what was under embargo and no longer is.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var released = await database.WriteAsync(
            async tx =>
            {
                await StoryIndexStore.LockAsync(tx, database.Dialect.ForUpdate);
                var all = new List<Filed>();
                foreach (var (article, story) in await RulingStore.ReleasedAsync(tx, now))
                {
                    all.Add(await ReleaseAsync(tx, article, story, now, ct));
                }

                return all;
            },
            ct);
        released.ForEach(Announce);
    }

    private async Task<Filed> FileAsync(DbTransaction tx, Article article, ArticleReading reading, DateTimeOffset now, CancellationToken ct)
    {
        var match = await matcher.MatchAsync(tx, article, now);
        var hold = match.Story is { } of ? await DeskStore.HoldAsync(tx, of.Id) : null;
        var suspicion = await FeedWatch.SuspicionAsync(tx, article, now);
        var ruling = Ruling.Of(article, reading.Topics, match, now, hold, suspicion);
        if (match is { Change: Change.Repeat, Story: { } known })
        {
            await RulingStore.AddAsync(tx, known.Id, null, match.Change, ruling, now);
            return new Filed(known.Id, match.Change, ruling, null);
        }

        var newState = match.Change == Change.Kill ? StoryState.Killed : StoryState.Held;
        var story = match.Story?.Id ?? await StoryStore.AddStoryAsync(tx, article, newState, ruling.Urgency, match.LooksLike, now);
        article = article with { Version = match.Version };
        var id = await StoryStore.AddArticleAsync(tx, story, article, reading.Summary, ruling.Urgency, match.IsCopy, match.Part, now);
        await RulingStore.AddAsync(tx, story, id, match.Change, ruling, now);
        if (ruling.Verdict == Verdict.Hold && article.Status == ArticleStatus.Hold)
        {
            await StoryStore.SetStateAsync(tx, story, StoryState.Held, now);
        }

        if (suspicion is not null)
        {
            LogSuspicion(logger, story, suspicion);
        }

        return ruling.Verdict switch
        {
            Verdict.Run when match is { Change: Change.Account, Story: { State: StoryState.Open } open } =>
                await CountAsync(tx, open, id, article, ruling, now, ct),
            Verdict.Run => await RunAsync(tx, story, id, article, reading, match.Change, ruling, now, ct),
            _ => new Filed(story, match.Change, ruling, null, id) { Suspicion = suspicion },
        };
    }

    /// <summary>Another publisher's account: the card shows one source more where that says something new, or that the story is breaking now.</summary>
    private async Task<Filed> CountAsync(DbTransaction tx, Story story, long articleId, Article article, Ruling ruling, DateTimeOffset now, CancellationToken ct)
    {
        var sources = await StoryStore.CountSourcesAsync(tx, story.Id, ruling.Urgency, now);
        var bulletin = await BulletinStore.OfStoryAsync(tx, story.Id);
        var isRaised = ruling.Urgency < story.Urgency;
        if (bulletin is null || (!isRaised && (sources == story.Sources || !CardBuilder.IsToldAt(sources))))
        {
            return new Filed(story.Id, Change.Account, ruling, null, articleId);
        }

        var before = (await BulletinStore.CardAsync(tx, bulletin))!;
        var card = CardBuilder.Counted(before, story with { Sources = sources, Urgency = ruling.Urgency }, article.Source, now);
        var next = await BulletinStore.AddVersionAsync(tx, bulletin, story.Id, card, now);
        await deliveries.OweAsync(tx, next.Id, next.Version, isRaised ? Rank(Change.Account, ruling.Urgency) : DeliveryRank.Routine, ct);
        return new Filed(story.Id, Change.Account, ruling, next, articleId);
    }

    /// <summary>Files what an editor wrote, as the next version of the article it stands on, and runs it.</summary>
    public async Task<Filed> FileByHandAsync(DbTransaction tx, long story, Article article, Change change, string reason, DateTimeOffset now, CancellationToken ct)
    {
        var reading = reader.Read(article);
        var ruling = new Ruling(Verdict.Run, article.Urgency ?? Urgency.Urgent, [reason]);
        article = article with { Version = await StoryStore.LastVersionAsync(tx, article.Source, article.Uri) + 1 };
        var id = await StoryStore.AddArticleAsync(tx, story, article, reading.Summary, ruling.Urgency, isCopy: false, part: null, now);
        await RulingStore.AddAsync(tx, story, id, change, ruling, now);
        var filed = await RunAsync(tx, story, id, article, reading, change, ruling, now, ct);
        LogFiled(logger, story, change, ruling.Verdict, reason);
        return filed;
    }

    /// <summary>Runs an article that was held, whatever held it.</summary>
    public async Task<Filed> RunHeldAsync(DbTransaction tx, long articleId, long storyId, DateTimeOffset now, CancellationToken ct)
    {
        var article = await StoryStore.ArticleAsync(tx, articleId);
        article = article.Status == ArticleStatus.Hold ? article with { Status = ArticleStatus.Usable } : article;
        return await RunNowAsync(tx, articleId, article, storyId, "an editor releases it", now, ct);
    }

    private async Task<Filed> ReleaseAsync(DbTransaction tx, long articleId, long storyId, DateTimeOffset now, CancellationToken ct)
    {
        var article = await StoryStore.ArticleAsync(tx, articleId);
        return await RunNowAsync(tx, articleId, article, storyId, "its embargo is over", now, ct);
    }

    private async Task<Filed> RunNowAsync(
        DbTransaction tx, long articleId, Article article, long storyId, string because, DateTimeOffset now, CancellationToken ct)
    {
        var story = (await StoryStore.FindAsync(tx, storyId))!;
        var change = await StoryStore.LeadAsync(tx, storyId) is null ? Change.New : article.Status == ArticleStatus.Correction ? Change.Correction : Change.Update;
        var reading = reader.Read(article);
        var ruling = Ruling.Of(article, reading.Topics, new Match(story, change, article.Version, because), now);
        await RulingStore.AddAsync(tx, storyId, articleId, change, ruling, now);
        return ruling.Verdict == Verdict.Run
            ? await RunAsync(tx, storyId, articleId, article, reading, change, ruling, now, ct)
            : new Filed(storyId, change, ruling, null, articleId);
    }

    private async Task<Filed> RunAsync(
        DbTransaction tx, long storyId, long articleId, Article article, ArticleReading reading, Change change, Ruling ruling, DateTimeOffset now, CancellationToken ct)
    {
        var previous = await StoryStore.LeadAsync(tx, storyId);
        if (change == Change.Kill)
        {
            await StoryStore.SetStateAsync(tx, storyId, StoryState.Killed, now);
        }
        else
        {
            reading = await topics.AddAsync(tx, storyId, article, reading);
            await StoryStore.LeadAsync(tx, storyId, articleId, article, StoryState.Open, ruling.Urgency, now);
        }

        var bulletin = await BulletinStore.OfStoryAsync(tx, storyId);
        if (bulletin is null && change == Change.Kill)
        {
            return new Filed(storyId, change, ruling, null, articleId); // killed while it was held: nobody ever saw it
        }

        var story = (await StoryStore.FindAsync(tx, storyId))!;
        var before = bulletin is null ? null : await BulletinStore.CardAsync(tx, bulletin);
        var card = CardBuilder.Build(story, article, reading, change, before, previous, now);
        var next = await BulletinStore.AddVersionAsync(tx, bulletin, storyId, card, now);
        await deliveries.OweAsync(tx, next.Id, next.Version, Rank(change, ruling.Urgency), ct);
        return new Filed(storyId, change, ruling, next, articleId);
    }

    public static DeliveryRank Rank(Change change, Urgency urgency) => change switch
    {
        Change.Kill => DeliveryRank.Kill,
        Change.Correction => DeliveryRank.Correction,
        _ => urgency.Step switch
        {
            UrgencyStep.Flash => DeliveryRank.Flash,
            UrgencyStep.Urgent => DeliveryRank.Urgent,
            _ => DeliveryRank.Routine,
        },
    };

    private void Announce(Filed filed)
    {
        if (filed.Bulletin is not null)
        {
            signal.Wake();
        }

        LogFiled(logger, filed.Story, filed.Change, filed.Ruling.Verdict, filed.Ruling.Reasons[0]);
    }

    [LoggerMessage(LogLevel.Information, "Story {Story}: {Change}, {Verdict} ({Reason})")]
    private static partial void LogFiled(ILogger logger, long story, Change change, Verdict verdict, string reason);

    [LoggerMessage(LogLevel.Warning, "Story {Story} is held: {Suspicion}. Look at it, then run it or leave it (story run)")]
    private static partial void LogSuspicion(ILogger logger, long story, string suspicion);

    [LoggerMessage(LogLevel.Warning, "Story {Story} was filed, but what is near it could not be looked at again")]
    private static partial void LogUnsettled(ILogger logger, Exception exception, long story);
}

/// <summary>What became of an article.</summary>
/// <param name="Bulletin">The version it made; null where nothing is owed to anybody.</param>
/// <param name="Article">Its number; null for a repeat, which is not kept.</param>
public sealed record Filed(long Story, Change Change, Ruling Ruling, Bulletin? Bulletin, long? Article = null)
{
    /// <summary>How its feed is unlike itself, where it was held for that.</summary>
    public string? Suspicion { get; init; }
}
