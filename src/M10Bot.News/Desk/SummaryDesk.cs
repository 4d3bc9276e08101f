using System.Data.Common;
using M10Bot.News.Bulletins;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Reading;
using M10Bot.News.Reading.Checks;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Desk;

/// <summary>Has the model write the summaries of stories that have run, and lets them stand where the check lets them.</summary>
/// <remarks>
/// Nothing waits for it: a story goes out at once with the article's own sentences, and an edit brings the machine's. An article is
/// asked about once, whatever comes of it, so a crash costs a summary and never a second bill.
/// </remarks>
internal sealed partial class SummaryDesk(
    Database database, SummaryMachine machine, DeliveryStore deliveries, DeliverySignal signal, TimeProvider time, ILogger<SummaryDesk> logger)
{
    private const int AtOnce = 4;
    private const int FailuresUntilRest = 3;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private int _failures;
    private DateTimeOffset _restsUntil = DateTimeOffset.MinValue;

    public bool IsOn => machine.IsOn;

    /// <summary>Asks about the stories that wait, a few at once.</summary>
    /// <returns>How many it has asked about.</returns>
    public async Task<int> RoundAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (RestsUntil() > now)
        {
            return 0;
        }

        var waiting = await database.ReadAsync(connection => SummaryCallStore.WaitingAsync(connection, now - Fresh, AtOnce), ct);
        var asked = await Task.WhenAll(waiting.Select(w => AskAsync(w.Article, w.Story, now, ct)));
        return asked.Count(isAsked => isAsked);
    }

    /// <summary>How it stands, for admins; null where no model is configured.</summary>
    public async Task<SummaryStanding?> StandingAsync(CancellationToken ct)
    {
        if (!machine.IsOn)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (tally, spent) = await database.ReadAsync(
            async connection => (await SummaryCallStore.TallyAsync(connection, now), await SummaryCallStore.SpentAsync(connection, null, now)), ct);
        return new SummaryStanding(
            machine.Name,
            [.. tally.Select(t => new SummaryTally(t.Outcome, t.Reason, t.Count))],
            !spent.Allows(machine.Budget, SummaryMachine.MostAnswered),
            RestsUntil() is var until && until > now ? until : null);
    }

    private async Task<bool> AskAsync(long articleId, long story, DateTimeOffset now, CancellationToken ct)
    {
        var article = await database.WriteAsync(
            async tx =>
            {
                var found = await StoryStore.ArticleAsync(tx, articleId);
                return await SummaryCallStore.ClaimAsync(tx, articleId, story, SummaryMachine.Cost(found), machine.Budget, now) ? found : null;
            },
            ct);
        if (article is null)
        {
            return false;
        }

        switch (await machine.Ask(article, ct))
        {
            case MachineAnswer.Said said when SummaryCheck.Judge(article, said.Text) is var verdict:
                Succeeded();
                await EndAsync(articleId, story, verdict, said.Tokens > 0 ? said.Tokens : null, ct);
                break;
            case MachineAnswer.Failed failed:
                Failed();
                LogFailed(logger, story, failed.Reason);
                await database.WriteAsync(tx => SummaryCallStore.EndAsync(tx, articleId, "failed", failed.Reason, null), ct);
                break;
        }

        return true;
    }

    private async Task EndAsync(long article, long story, SummaryVerdict verdict, int? tokens, CancellationToken ct)
    {
        if (verdict is SummaryVerdict.Rejected rejected)
        {
            LogRejected(logger, story, rejected.Reason);
            await database.WriteAsync(tx => SummaryCallStore.EndAsync(tx, article, "rejected", rejected.Reason, tokens), ct);
            return;
        }

        var sentences = ((SummaryVerdict.Accepted)verdict).Sentences;
        var isOwed = await database.WriteAsync(async tx => await UseAsync(tx, article, story, sentences, tokens, ct), ct);
        if (isOwed)
        {
            signal.Wake();
        }
    }

    /// <returns>Whether cards change by it: a flash shows its headline alone, and what an editor holds or has moved on stays as it is.</returns>
    private async Task<bool> UseAsync(DbTransaction tx, long article, long story, IReadOnlyList<string> sentences, int? tokens, CancellationToken ct)
    {
        await StoryIndexStore.LockAsync(tx, database.Dialect.ForUpdate);
        if (!await SummaryCallStore.SpeaksAsync(tx, article, story) || await BulletinStore.OfStoryAsync(tx, story) is not { } bulletin)
        {
            await SummaryCallStore.EndAsync(tx, article, "late", "the story had moved on", tokens);
            return false;
        }

        await SummaryCallStore.EndAsync(tx, article, "used", null, tokens);
        await SummaryCallStore.UseAsync(tx, article, sentences);
        var before = (await BulletinStore.CardAsync(tx, bulletin))!;
        if (before.Points.Count == 0 || before.Kicker!.State is CardState.Flash or CardState.Withdrawn)
        {
            return false;
        }

        var next = await BulletinStore.AddVersionAsync(tx, bulletin, story, CardBuilder.ByMachine(before, sentences), time.GetUtcNow());
        await deliveries.OweAsync(tx, next.Id, next.Version, DeliveryRank.Routine, ct);
        return true;
    }

    private DateTimeOffset RestsUntil()
    {
        lock (_lock)
        {
            return _restsUntil;
        }
    }

    private void Succeeded()
    {
        lock (_lock)
        {
            (_failures, _restsUntil) = (0, DateTimeOffset.MinValue);
        }
    }

    private void Failed()
    {
        lock (_lock)
        {
            _failures++;
            if (_failures >= FailuresUntilRest)
            {
                var rest = ShortestRest * Math.Pow(2, Math.Min(_failures - FailuresUntilRest, 10));
                _restsUntil = time.GetUtcNow() + (rest < LongestRest ? rest : LongestRest);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "The model's summary of story {Story} is not used: {Reason}. The article's own sentences stand")]
    private static partial void LogRejected(ILogger logger, long story, string reason);

    [LoggerMessage(LogLevel.Warning, "The model gave no summary of story {Story}: {Reason}. The article's own sentences stand")]
    private static partial void LogFailed(ILogger logger, long story, string reason);
}

/// <summary>How the model that writes summaries stands.</summary>
/// <param name="Name">Model and host.</param>
/// <param name="Tally">Of the last 24 hours.</param>
/// <param name="IsSpent">The budget allows no more for now.</param>
/// <param name="RestsUntil">After failures in a row it is left alone for a while; null where it is not.</param>
internal sealed record SummaryStanding(string Name, IReadOnlyList<SummaryTally> Tally, bool IsSpent, DateTimeOffset? RestsUntil);

/// <param name="Outcome"><c>asked</c> (under way), <c>used</c>, <c>rejected</c>, <c>failed</c> or <c>late</c>.</param>
/// <param name="Reason">Null where it was used.</param>
internal sealed record SummaryTally(string Outcome, string? Reason, long Count);
