using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Bulletins;

/// <summary>Tells in one line what a version adds to the one before.</summary>
internal static class WhatIsNew
{
    private const int Limit = 160;

    /// <summary>A number that changed, who has spoken, or the first summary sentence that is new; null where nothing worth a line changed.</summary>
    public static string? Between(Article? previous, Article article, ArticleReading reading)
    {
        if (previous is not null && previous.Body.Length < article.Body.Length / 4)
        {
            return "first full report";
        }

        var old = previous is null ? "" : $"{previous.Headline}\n{previous.Body}";
        if (previous is not null && VersionChange.Tell(old, $"{article.Headline}\n{article.Body}") is { } told)
        {
            return CardBuilder.Cut(told, Limit);
        }

        var added = reading.Summary.Points.Concat(reading.Summary.Paragraph)
            .FirstOrDefault(sentence => !old.Contains(sentence, StringComparison.Ordinal));
        if (added is not null)
        {
            return CardBuilder.Cut(added, Limit);
        }

        return previous is not null && !string.Equals(previous.Headline, article.Headline, StringComparison.Ordinal) ? "new headline" : null;
    }
}
