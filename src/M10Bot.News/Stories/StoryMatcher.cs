using System.Data.Common;
using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Reading;
using M10Bot.News.Storage;

namespace M10Bot.News.Stories;

/// <summary>Finds the story an article belongs to: same uri, same slug, same link, nearly the same text, or a like one.</summary>
/// <remarks>
/// Texts are compared in memory (<see cref="StoryIndex"/>). Filing takes a lock in the database and first brings the index up to what
/// others have committed, so replicas that share a database agree: the transaction decides.
/// </remarks>
public sealed class StoryMatcher(Database database)
{
    /// <summary>A slug or a text this old starts a new story.</summary>
    public static readonly TimeSpan Window = StoryIndex.Window;

    private const int Page = 500;
    private const int MostArticles = 12_000;
    private StoryIndex _index = new();
    private long _lastArticle;
    private long _lastMove = -1;
    private int _added;

    /// <summary>Reads what came before this process, so that the first article need not wait for it.</summary>
    public async Task WarmUpAsync(DateTimeOffset now, CancellationToken ct)
    {
        while (await database.WriteAsync(async tx => await CatchUpAsync(tx, now, pages: 1), ct))
        {
            ct.ThrowIfCancellationRequested();
        }
    }

    public async Task<Match> MatchAsync(DbTransaction tx, Article article, DateTimeOffset now)
    {
        await CatchUpAsync(tx, now, int.MaxValue);
        var last = await StoryStore.LastVersionAsync(tx, article.Source, article.Uri);
        var version = article.Version > 0 ? article.Version : last + 1;
        var (story, because, near, part) = await FindAsync(tx, article, now);
        if (story is null)
        {
            var change = article.Status == ArticleStatus.Kill ? Change.Kill : Change.New;
            return new Match(null, change, version, because) { Sources = [now], LooksLike = near };
        }

        if (version <= last)
        {
            var known = version == last ? $"version {version} of this item is already here" : $"version {last} of this item is already here, and {version} is older";
            return new Match(story, Change.Repeat, last + 1, known);
        }

        var lead = await StoryStore.LeadAsync(tx, story.Id);
        var isOwn = lead is null || article.Origin == ArticleOrigin.Wire || string.Equals(lead.Source, article.Source, StringComparison.Ordinal);
        var isCopy = !isOwn && near == story.Id;
        var sources = await StoryStore.SourcesAsync(tx, story.Id);
        var found = await ChangeAsync(tx, article, story, lead, isOwn, isCopy);
        return new Match(story, found, version, found is Change.Repeat ? "it says nothing that is not here already" : because)
        {
            IsCopy = isCopy,
            Part = part is { } p && p.Part != p.Story ? p.Part : null,
            Sources = isCopy || sources.Any(s => string.Equals(s.Source, article.Source, StringComparison.Ordinal))
                ? [.. sources.Select(s => DateTimeOffset.FromUnixTimeMilliseconds(s.Ms))]
                : [.. sources.Select(s => DateTimeOffset.FromUnixTimeMilliseconds(s.Ms)), now],
        };
    }

    /// <summary>After an article was filed: lets those near it look again at which story is theirs.</summary>
    /// <remarks>In its own transaction, and only for articles that nobody has seen where they are: nothing is sent because of it.</remarks>
    public async Task SettleAsync(long article, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await database.WriteAsync(
                async tx =>
                {
                    await CatchUpAsync(tx, now, int.MaxValue);
                    await MoveAsync(tx, _index.StoryOf(article) is null ? [] : _index.LookAgain(article), now);
                    _lastMove = await StoryIndexStore.LastMoveAsync(tx);
                },
                ct);
        }
        catch
        {
            _lastMove = -1; // what is in memory may not stand in the tables: it is made anew
            throw;
        }
    }

    private async Task MoveAsync(DbTransaction tx, IReadOnlyList<StoryMove> moves, DateTimeOffset now)
    {
        var seen = new HashSet<long>();
        foreach (var story in moves.Select(m => m.From.Story).Distinct())
        {
            seen.UnionWith(await StoryIndexStore.FixedAsync(tx, story));
        }

        var stay = moves.Where(m => seen.Contains(m.Article)).Select(m => m.From).ToHashSet(); // no story is emptied around what readers have seen
        foreach (var move in moves)
        {
            if (stay.Contains(move.From) || !await StoryIndexStore.MoveAsync(tx, move, now))
            {
                _index.Move(move.Article, move.From);
            }
            else
            {
                await CountSourcesAsync(tx, move);
            }
        }

        foreach (var article in seen)
        {
            _index.Fix(article);
        }
    }

    private static async Task CountSourcesAsync(DbTransaction tx, StoryMove move)
    {
        foreach (var id in new[] { move.From.Story, move.To.Story }.Distinct())
        {
            if (await StoryStore.FindAsync(tx, id) is { State: not StoryState.Merged } story)
            {
                await StoryStore.CountSourcesAsync(tx, id, story.Urgency, story.Changed);
            }
        }
    }

    private static async Task<Change> ChangeAsync(DbTransaction tx, Article article, Story story, Article? lead, bool isOwn, bool isCopy) => article.Status switch
    {
        ArticleStatus.Kill => Change.Kill,
        ArticleStatus.Correction when isOwn && lead is { Status: ArticleStatus.Correction } && IsSame(lead, article) => Change.Repeat,
        ArticleStatus.Correction => Change.Correction,
        _ when isOwn && story.State == StoryState.Open && await StoryStore.HasSameTextAsync(tx, story.Id, article) => Change.Repeat,
        _ when isOwn && story.State == StoryState.Open && lead is not null && IsSpellingOnly(lead, article) => Change.Repeat,
        _ when isOwn || (lead!.Body.Length == 0 && article.Body.Length > 0 && !isCopy) => Change.Update,
        _ => Change.Account,
    };

    private static bool IsSame(Article lead, Article article) =>
        string.Equals(lead.Headline, article.Headline, StringComparison.Ordinal)
        && string.Equals(lead.Body, article.Body, StringComparison.Ordinal)
        && string.Equals(lead.Note, article.Note, StringComparison.Ordinal);

    private static bool IsSpellingOnly(Article lead, Article article) =>
        VersionChange.IsSpellingOnly($"{lead.Headline}\n{lead.Body}", $"{article.Headline}\n{article.Body}");

    /// <returns>The story, how it was found, and the story that the text is a copy of or, where none was found, looks like.</returns>
    private async Task<(Story? Story, string Because, long? Near, StoryPart? Part)> FindAsync(DbTransaction tx, Article article, DateTimeOffset now)
    {
        if (await StoryStore.ByUriAsync(tx, article.Source, article.Uri) is { } sameUri)
        {
            return (sameUri, "a new version of an item that is here", null, null);
        }

        if (article.Slug is { } slug && await StoryStore.BySlugAsync(tx, article.Source, slug, now - Window) is { } sameSlug)
        {
            return (sameSlug, $"same slug \"{slug}\"", null, null);
        }

        if (article.Link is { } link && await StoryStore.ByLinkAsync(tx, link) is { } sameLink)
        {
            return (sameLink, "same link", null, null);
        }

        var likeness = _index.Find(StoryText.Of(article.Headline, article.Body), now);
        var near = likeness.Kind == LikenessKind.None ? null : await StoryStore.FindAsync(tx, likeness.Story);
        var (story, because, copied) = Judged(article, near, likeness);
        return (story, because, copied, story is null ? null : likeness.Part);
    }

    private static (Story? Story, string Because, long? Near) Judged(Article article, Story? near, Likeness likeness)
    {
        var share = string.Create(CultureInfo.InvariantCulture, $"{100 * likeness.Score:0} %");
        return (near, likeness.Kind) switch
        {
            (null, _) => (null, "no story like it", null),
            (_, not LikenessKind.Copy) when article.Status != ArticleStatus.Usable => (null, "no story has its key", null),
            (_, LikenessKind.Copy) => (near, $"nearly the same text as an article of this story ({share} of it)", near.Id),

            // The newsroom's own key keeps a story apart from all that is not its very text.
            _ when article.Slug is not null => (null, "a slug of its own", null),
            (_, LikenessKind.Revision) => (near, $"a text made from an article of this story ({share} of it)", near.Id),
            (_, LikenessKind.Same) => (near, $"words, headline and names like this story's ({share})", null),
            _ when article.Origin == ArticleOrigin.Wire => (null, "no story like it", null),
            _ => (null, $"like story {near.Id} ({share}), but not enough to be the same", near.Id),
        };
    }

    /// <returns>True while there is more to read.</returns>
    private async Task<bool> CatchUpAsync(DbTransaction tx, DateTimeOffset now, int pages)
    {
        await StoryIndexStore.LockAsync(tx, database.Dialect.ForUpdate);
        if (_lastMove < 0)
        {
            (_index, _lastArticle, _lastMove) = (new StoryIndex(), 0, await StoryIndexStore.LastMoveAsync(tx));
        }

        var isFull = true;
        for (var page = 0; isFull && page < pages; page++)
        {
            var articles = await StoryIndexStore.AfterAsync(tx, _lastArticle, now - Window, Page);
            foreach (var article in articles)
            {
                var at = DateTimeOffset.FromUnixTimeMilliseconds(article.ReceivedMs);
                _index.Add(article.Id, StoryPart.Of(article.Story, article.Part), StoryText.Of(article.Headline, article.Body), at, article.IsFixed == 1);
                _lastArticle = article.Id;
            }

            Forget(articles.Count, now);
            isFull = articles.Count == Page;
        }

        foreach (var move in await StoryIndexStore.MovesAsync(tx, _lastMove))
        {
            _index.Move(move.Article, StoryPart.Of(move.Story, move.Part));
            if (move.IsPlaced == 1)
            {
                _index.Fix(move.Article);
            }

            _lastMove = move.Id;
        }

        return isFull;
    }

    private void Forget(int added, DateTimeOffset now)
    {
        _added += added;
        if (_added >= Page)
        {
            _added = 0;
            _index.Forget(now, MostArticles);
        }
    }
}
