using M10Bot.News.Reading;

namespace M10Bot.News.Commands;

/// <summary>The word that a mistyped one was meant to be.</summary>
internal static class NearestWord
{
    /// <summary>The candidate within a third of the word's length; the nearest one, the first of equals; null where none is near.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length is < 2 or > 60)
        {
            return null;
        }

        var near = candidates
            .Select(c => (Word: c, Distance: Spelling.Distance(word, c)))
            .Where(c => c.Distance <= Math.Max(1, (word.Length + 1) / 3))
            .ToArray();
        return near.Length == 0 ? null : near.MinBy(c => c.Distance).Word;
    }
}
