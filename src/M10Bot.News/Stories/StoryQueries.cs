using System.Globalization;
using System.Text.Json;
using Dapper;
using M10Bot.News.Articles;
using M10Bot.News.Storage;

namespace M10Bot.News.Stories;

/// <summary>What readers may see of the stories. Reads only.</summary>
/// <remarks>
/// Readers see a story once it has run (it has a bulletin), is open, and its lead is under no embargo. <see cref="FindAsync(long, CancellationToken)"/>
/// shows every story and says in <see cref="StoryLine.IsReadable"/> whether readers may see it.
/// </remarks>
public sealed class StoryQueries(Database database, TimeProvider time)
{
    // Wide enough for some days of news; keeps matching by words to one indexed read.
    private const int Recent = 400;
    private const int LinkedArticles = 50_000;
    private const int ComparedArticles = 1_000;

    private const string Lines =
        """
        select s.id as Id, s.headline as Headline, s.state as State, s.urgency as Urgency, s.sources as Sources,
               s.first_ms as FirstMs, s.changed_ms as ChangedMs, b.state as Bulletin, coalesce(b.version, 0) as Version,
               a.source as Source, a.link as Link, a.credit as Credit, a.copyright as Copyright, a.embargo_ms as EmbargoMs
        from story s
        left join bulletin b on b.story_id = s.id
        left join article a on a.id = s.lead_id
        """;

    /// <summary>A story that readers may see, of story s, its bulletin b and its lead a.</summary>
    internal const string Readable =
        "s.state = 'open' and b.id is not null and (a.embargo_ms is null or a.embargo_ms <= @now)";

    /// <summary>Newest change first.</summary>
    /// <param name="topic">A topic's code, or null for all stories.</param>
    public Task<IReadOnlyList<StoryLine>> LatestAsync(string? topic, int count, CancellationToken ct) =>
        LinesAsync(
            topic is null
                ? $"{Lines} where {Readable} order by s.changed_ms desc, s.id desc limit @count"
                : $"""
                {Lines}
                where {Readable} and s.id in (select story_id from story_topic where topic = @topic)
                order by s.changed_ms desc, s.id desc limit @count
                """,
            new { topic, count, now = Now() },
            ct);

    /// <summary>Any story by its number; null where there is none. The number of a merged one leads to the story it is part of.</summary>
    public async Task<StoryLine?> FindAsync(long id, CancellationToken ct) =>
        (await LinesAsync($"{Lines} where s.id = coalesce((select merged_into from story where id = @id), @id)", new { id }, ct)).SingleOrDefault();

    /// <summary>The story that an article with this address belongs to; www, scheme, fragment, trackers and a last slash do not matter.</summary>
    public async Task<StoryLine?> FindByLinkAsync(string link, CancellationToken ct)
    {
        if (LooseLink.Of(link) is not { } wanted)
        {
            return null;
        }

        var row = await database.ReadAsync(
            async connection =>
            {
                var same = await connection.QueryAsync<LinkRow>(new CommandDefinition(
                    $"""
                    select story_id as StoryId, link as Link from article
                    where link in (select w.spelling from {database.Dialect.Rows("links", SqlColumn.Text("spelling"))} w) and id > (select coalesce(max(id), 0) from article) - @LinkedArticles order by id desc limit 1
                    """,
                    new { links = SqlRows.Of(wanted.Spellings().Select(l => new object?[] { l })), LinkedArticles },
                    cancellationToken: ct));
                if (same.FirstOrDefault() is { } exact)
                {
                    return exact;
                }

                // Other spellings, a feed's trackers among them: too dear for more than the newest articles.
                var like = await connection.QueryAsync<LinkRow>(new CommandDefinition(
                    """
                    select story_id as StoryId, link as Link from article
                    where id > (select coalesce(max(id), 0) from article) - @ComparedArticles and lower(link) like @like escape '\'
                    order by id desc limit 50
                    """,
                    new { like = $"%{Escape(wanted.Page)}%", ComparedArticles },
                    cancellationToken: ct));
                return like.FirstOrDefault(r => LooseLink.Of(r.Link) == wanted);
            },
            ct);
        return row is null ? null : await FindAsync(row.StoryId, ct);
    }

    /// <summary>Recent stories whose headlines hold the words, best first, each with the share of the words it holds.</summary>
    public async Task<IReadOnlyList<(StoryLine Story, double Share)>> MatchAsync(string words, int count, StoryScope scope, CancellationToken ct)
    {
        var wanted = Words(words);
        if (wanted.Length == 0)
        {
            return [];
        }

        var best = (await HeadlinesAsync(scope, ct))
            .Select(h => (h.Id, Share: ShareOf(wanted, h.Headline)))
            .Where(m => m.Share > 0)
            .OrderByDescending(m => m.Share)
            .Take(2 * count)
            .ToDictionary(m => m.Id, m => m.Share);
        var stories = await WithinAsync([.. best.Keys], scope, ct);
        return [.. stories.Select(s => (Story: s, Share: best[s.Id])).OrderByDescending(m => m.Share).ThenByDescending(m => m.Story.Changed).Take(count)];
    }

    /// <summary>The recent stories that the most of the first words name, newest first.</summary>
    /// <param name="words">As typed, one by one.</param>
    /// <param name="isAll">True where all of the words mean the story; false where others may follow it.</param>
    /// <param name="most">So many of them at the most.</param>
    internal async Task<NamedStories> NamedAsync(IReadOnlyList<string> words, bool isAll, int most, StoryScope scope, CancellationToken ct)
    {
        var named = HeadlineWords.Find(words, isAll, [.. (await HeadlinesAsync(scope, ct)).Select(h => (h.Id, h.Headline))]);
        return new NamedStories(await WithinAsync([.. named.Stories.Take(most)], scope, ct), named.Words, named.IsTelling);
    }

    /// <inheritdoc cref="SuggestAsync(string, int, StoryScope, CancellationToken)"/>
    public Task<IReadOnlyList<StoryLine>> SuggestAsync(string typed, int count, CancellationToken ct) => SuggestAsync(typed, count, StoryScope.Readers, ct);

    /// <summary>What to offer while a person types: recent stories that hold every word begun so far.</summary>
    public async Task<IReadOnlyList<StoryLine>> SuggestAsync(string typed, int count, StoryScope scope, CancellationToken ct)
    {
        var wanted = Words(typed);
        if (wanted.Length == 0 && scope is StoryScope.Readers)
        {
            return await LatestAsync(topic: null, count, ct);
        }

        var number = long.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var fitting = (await HeadlinesAsync(scope, ct)).Where(h => h.Id == number || wanted.Length == 0 || ShareOf(wanted, h.Headline) >= 1).Take(count);
        return await WithinAsync([.. fitting.Select(h => h.Id)], scope, ct);
    }

    /// <summary>All that a reader can ask about one story; null where there is none.</summary>
    public Task<StoryDetail?> DetailAsync(long id, CancellationToken ct) =>
        database.ReadAsync(
            async connection =>
            {
                var lead = await connection.QueryFirstOrDefaultAsync<LeadRow>(new CommandDefinition(
                    """
                    select a.summary as Summary, (select min(f.published_ms) from article f where f.story_id = s.id) as PublishedMs, a.language as Language, a.summary_by as SummaryBy, a.summary_note as SummaryNote, a.topics as Topics
                    from story s join article a on a.id = s.lead_id where s.id = @id
                    """,
                    new { id },
                    cancellationToken: ct));
                if (lead is null)
                {
                    return null;
                }

                var given = (JsonSerializer.Deserialize(lead.Topics, StoriesJson.Default.IReadOnlyListTopic) ?? []).Select(t => t.Code).ToHashSet(StringComparer.Ordinal);
                var topics = await connection.QueryAsync<TopicRow>(new CommandDefinition(
                    "select topic as Code, name as Name, words as Words from story_topic where story_id = @id and kind <> 'keyword' order by weight desc, topic",
                    new { id },
                    cancellationToken: ct));
                var rulings = await connection.QueryAsync<RulingRow>(new CommandDefinition(
                    "select change as Change, verdict as Verdict, reasons as Reasons, at_ms as AtMs from ruling where story_id = @id order by id",
                    new { id },
                    cancellationToken: ct));
                var accounts = await connection.QueryAsync<AccountRow>(new CommandDefinition(
                    """
                    select source as Source, status as Status, link as Link, note as Note, received_ms as ReceivedMs
                    from article where story_id = @id and status <> 'hold' and (embargo_ms is null or embargo_ms <= @now) order by id
                    """,
                    new { id, now = Now() },
                    cancellationToken: ct));
                return new StoryDetail(
                    Texts(lead.Summary),
                    At(lead.PublishedMs),
                    lead.Language,
                    [.. topics.Select(t => new StoryTopic(t.Code, t.Name, Texts(t.Words), given.Contains(t.Code)))],
                    [.. rulings.Select(r => new StoryRuling(r.Change, r.Verdict, Texts(r.Reasons), At(r.AtMs)))],
                    [.. accounts.Select(a => new StoryAccount(a.Source, a.Status, a.Link, a.Note, At(a.ReceivedMs)))],
                    new SummaryOrigin(lead.SummaryBy is "machine", lead.SummaryNote))
                {
                    TopicRulings = await TopicRulingStore.OfAsync(connection, id, ct),
                };
            },
            ct);

    private static double ShareOf(string[] wanted, string headline) => (double)wanted.Count(w => BeginsAWord(w, headline)) / wanted.Length;

    private static bool BeginsAWord(string word, string headline)
    {
        for (var at = headline.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = headline.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetterOrDigit(headline[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    internal static string[] Words(string text) => [.. AllWords(text).Distinct(StringComparer.Ordinal)];

    internal static string[] AllWords(string text) =>
        new string([.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Texts(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    // Headlines alone: an article's text lies between a story and its credit, and would be read with it.
    private Task<IEnumerable<HeadlineRow>> HeadlinesAsync(StoryScope scope, CancellationToken ct) =>
        database.ReadAsync(
            connection => connection.QueryAsync<HeadlineRow>(new CommandDefinition(
                $"select s.id as Id, s.headline as Headline from story s where {StatesOf(scope)} order by s.changed_ms desc, s.id desc limit @Recent",
                new { Recent },
                cancellationToken: ct)),
            ct);

    private static string StatesOf(StoryScope scope) => scope switch
    {
        StoryScope.Readers => "s.state = 'open'",
        StoryScope.Held => "s.state = 'held'",
        _ => "s.state in ('open', 'held')",
    };

    private async Task<IReadOnlyList<StoryLine>> WithinAsync(long[] ids, StoryScope scope, CancellationToken ct) =>
        ids.Length == 0
            ? []
            : await LinesAsync(
                $"{Lines} where {(scope is StoryScope.Readers ? Readable : StatesOf(scope))} and s.id in (select w.id from {database.Dialect.Rows("ids", SqlColumn.Number("id"))} w) order by s.changed_ms desc, s.id desc",
                new { ids = SqlRows.Of(ids), now = Now() },
                ct);

    private async Task<IReadOnlyList<StoryLine>> LinesAsync(string sql, object parameters, CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<LineRow>(new CommandDefinition(sql, parameters, cancellationToken: ct)), ct);
        var now = Now();
        return
        [
            .. rows.Select(r => new StoryLine
            {
                Id = r.Id,
                Headline = r.Headline,
                State = r.State,
                Urgency = r.Urgency,
                Sources = r.Sources,
                First = At(r.FirstMs),
                Changed = At(r.ChangedMs),
                Bulletin = r.Bulletin,
                Version = r.Version,
                Source = r.Source ?? "",
                Link = r.Link,
                Credit = r.Credit,
                Copyright = r.Copyright,
                IsReadable = r.State is "open" && r.Bulletin is not null && (r.EmbargoMs ?? 0) <= now,
            }),
        ];
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class LineRow
    {
        public long Id { get; init; }

        public string Headline { get; init; } = "";

        public string State { get; init; } = "";

        public int Urgency { get; init; }

        public int Sources { get; init; }

        public long FirstMs { get; init; }

        public long ChangedMs { get; init; }

        public string? Bulletin { get; init; }

        public int Version { get; init; }

        public string? Source { get; init; }

        public string? Link { get; init; }

        public string? Credit { get; init; }

        public string? Copyright { get; init; }

        public long? EmbargoMs { get; init; }
    }

    private sealed class HeadlineRow
    {
        public long Id { get; init; }

        public string Headline { get; init; } = "";
    }

    private sealed class LinkRow
    {
        public long StoryId { get; init; }

        public string Link { get; init; } = "";
    }

    private sealed class LeadRow
    {
        public string Summary { get; init; } = "";

        public long PublishedMs { get; init; }

        public string Language { get; init; } = "";

        public string? SummaryBy { get; init; }

        public string Topics { get; init; } = "[]";

        public string? SummaryNote { get; init; }
    }

    private sealed class TopicRow
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string Words { get; init; } = "";
    }

    private sealed class RulingRow
    {
        public string Change { get; init; } = "";

        public string Verdict { get; init; } = "";

        public string Reasons { get; init; } = "";

        public long AtMs { get; init; }
    }

    private sealed class AccountRow
    {
        public string Source { get; init; } = "";

        public string Status { get; init; } = "";

        public string? Link { get; init; }

        public string? Note { get; init; }

        public long ReceivedMs { get; init; }
    }
}
