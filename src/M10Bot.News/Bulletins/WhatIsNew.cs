using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Bulletins;

/// <summary>Tells in one line what a version adds to the one before.</summary>
internal static class WhatIsNew
{
    private const int Limit = 160;

    /// <summary>A number that changed, who has spoken, or the first sentence that says something new; null where the card's points and headline say it all.</summary>
    /// <param name="points">The card's.</param>
    public static string? Between(Article? previous, Article article, ArticleReading reading, IReadOnlyList<string> points)
    {
        if (previous is not null && previous.Body.Length < article.Body.Length / 4)
        {
            return "first full report";
        }

        var old = previous is null ? "" : $"{previous.Headline}\n{previous.Body}";
        string[] shown = [article.Headline, .. points];
        if (previous is not null && VersionChange.Tell(old, $"{article.Headline}\n{article.Body}", reading.Language, s => shown.Contains(s, StringComparer.Ordinal)) is { } told)
        {
            return CardBuilder.Cut(told, Limit);
        }

        var sentences = reading.Summary.Paragraph.Concat(ArticleText.Standing(article, reading.Language));
        if (VersionChange.Added(old, sentences, shown) is { } added)
        {
            return CardBuilder.Cut(added, Limit);
        }

        return previous is not null && !string.Equals(previous.Headline, article.Headline, StringComparison.Ordinal) ? "new headline" : null;
    }
}
