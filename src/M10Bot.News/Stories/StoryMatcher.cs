using System.Collections.Concurrent;
using System.Data.Common;
using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Stories;

/// <summary>Finds the story an article belongs to: same uri, same slug, same link, or nearly the same text.</summary>
/// <remarks>
/// Nearly the same: half of the shorter text's 4-word shingles stand in the other. The texts compared are those of the last
/// <see cref="Window"/>; their shingles are kept in memory by article id, so replicas that share a database agree.
/// </remarks>
public sealed class StoryMatcher
{
    /// <summary>A slug or a text this old starts a new story.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(3);

    private const int MostCompared = 500;
    private const double NearlyTheSame = 0.5;
    private const int FewestShingles = 8; // a line or two may stand in many stories
    private readonly ConcurrentDictionary<long, Shingles> _texts = new();

    public async Task<Match> MatchAsync(DbTransaction tx, Article article, DateTimeOffset now)
    {
        var last = await StoryStore.LastVersionAsync(tx, article.Source, article.Uri);
        var version = article.Version > 0 ? article.Version : last + 1;
        var (story, because) = await FindAsync(tx, article, now);
        if (story is null)
        {
            var change = article.Status == ArticleStatus.Kill ? Change.Kill : Change.New;
            return new Match(null, change, version, because);
        }

        if (version <= last)
        {
            return new Match(story, Change.Repeat, last + 1, $"version {version} of this item is already here");
        }

        return article.Status switch
        {
            ArticleStatus.Kill => new Match(story, Change.Kill, version, because),
            ArticleStatus.Correction => new Match(story, Change.Correction, version, because),
            _ when await StoryStore.HasSameTextAsync(tx, story.Id, article) && story.State == StoryState.Open =>
                new Match(story, Change.Repeat, version, "says nothing that was not here already"),
            _ => new Match(story, Change.Update, version, because),
        };
    }

    private async Task<(Story? Story, string Because)> FindAsync(DbTransaction tx, Article article, DateTimeOffset now)
    {
        if (await StoryStore.ByUriAsync(tx, article.Source, article.Uri) is { } sameUri)
        {
            return (sameUri, "a new version of an item that is here");
        }

        if (article.Slug is { } slug && await StoryStore.BySlugAsync(tx, slug, now - Window) is { } sameSlug)
        {
            return (sameSlug, $"same slug \"{slug}\"");
        }

        if (article.Link is { } link && await StoryStore.ByLinkAsync(tx, link) is { } sameLink)
        {
            return (sameLink, "same link");
        }

        return await NearestTextAsync(tx, article, now) is { } near
            ? (near, "nearly the same text as an article of this story")
            : (null, "no story like it");
    }

    private async Task<Story?> NearestTextAsync(DbTransaction tx, Article article, DateTimeOffset now)
    {
        var text = new Shingles($"{article.Headline}\n{article.Body}");
        if (text.Count < FewestShingles)
        {
            return null;
        }

        var (best, score) = (0L, 0.0);
        var recent = await StoryStore.RecentAsync(tx, now - Window, MostCompared);
        var unread = recent.Where(r => !_texts.ContainsKey(r.Article)).Select(r => r.Article).DefaultIfEmpty(long.MaxValue).Min();
        if (unread < long.MaxValue)
        {
            foreach (var (id, words) in await StoryStore.TextsAsync(tx, unread))
            {
                _texts[id] = new Shingles(words);
            }
        }

        foreach (var (id, story) in recent)
        {
            var other = _texts[id];
            var containment = other.Count < FewestShingles ? 0 : Shingles.Containment(text, other);
            if (containment > score)
            {
                (best, score) = (story, containment);
            }
        }

        Forget(recent);
        return score >= NearlyTheSame ? await StoryStore.FindAsync(tx, best) : null;
    }

    private void Forget(IReadOnlyList<(long Article, long Story)> recent)
    {
        if (_texts.Count <= 2 * MostCompared)
        {
            return;
        }

        var kept = recent.Select(r => r.Article).ToHashSet();
        foreach (var id in _texts.Keys.Where(id => !kept.Contains(id)))
        {
            _texts.TryRemove(id, out _);
        }
    }
}
