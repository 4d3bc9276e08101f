using M10Bot.News.Reading;

namespace M10Bot.News.Stories;

/// <summary>How far typed words name stories, by whole words of the headlines.</summary>
/// <remarks>Nothing here guesses: half a word, or the best of several stories, names none.</remarks>
internal static class HeadlineWords
{
    private const int Telling = 2;

    /// <param name="typed">As typed, one by one.</param>
    /// <param name="isAll">True where all of the words mean the story; false where others may follow it.</param>
    /// <param name="headlines">Newest first.</param>
    /// <returns>The stories that hold the most of the first words; how many words that is; whether they are more than one that says something.</returns>
    public static (IReadOnlyList<long> Stories, int Words, bool IsTelling) Find(
        IReadOnlyList<string> typed, bool isAll, IReadOnlyList<(long Id, string Headline)> headlines)
    {
        string[][] wanted = [.. typed.Select(StoryQueries.Words)];
        var held = headlines.Select(h => (h.Id, Count: Leading(wanted, isAll, StoryQueries.AllWords(h.Headline)))).ToList();
        var most = held.Count == 0 ? 0 : held.Max(h => h.Count);
        while (!isAll && most > 0 && most < wanted.Length && IsSmall(wanted[most - 1]))
        {
            most--;
        }

        var saying = wanted.Take(most).SelectMany(w => w).Where(w => !StopWords.Contains(w)).Distinct(StringComparer.Ordinal).Count();
        return saying == 0 ? ([], 0, false) : ([.. held.Where(h => h.Count >= most).Select(h => h.Id)], most, saying >= Telling);
    }

    /// <summary>Words of the old headline that the new one left out and that say something.</summary>
    public static IReadOnlyList<string> Left(string before, string after) =>
        [.. StoryQueries.Words(before).Except(StoryQueries.Words(after), StringComparer.Ordinal).Where(w => !StopWords.Contains(w))];

    public static bool HoldsAny(string text, IReadOnlyList<string> words) => words.Count > 0 && StoryQueries.Words(text).Intersect(words, StringComparer.Ordinal).Any();

    // "kenya tea the harvest …": the headline may hold a "the" and a "harvest" too, but not after "tea"; there begins what is said of the story.
    private static int Leading(string[][] wanted, bool isAll, string[] headline) =>
        wanted.TakeWhile((word, i) => word.All(w => headline.Contains(w, StringComparer.Ordinal)) && (isAll || i == 0 || !IsSmall(word) || Follows(wanted[i - 1], word, headline))).Count();

    private static bool Follows(string[] first, string[] second, string[] headline) =>
        first.Length == 0 || second.Length == 0 || headline.Zip(headline.Skip(1)).Any(pair => (pair.First, pair.Second) == (first[^1], second[0]));

    private static bool IsSmall(string[] word) => word.All(w => StopWords.Contains(w));
}

/// <summary>What typed words name.</summary>
/// <param name="Stories">Newest first; none where the first word is in no headline.</param>
/// <param name="Words">How many of the first words all of them hold.</param>
/// <param name="IsTelling">More than one of the words says something.</param>
internal sealed record NamedStories(IReadOnlyList<StoryLine> Stories, int Words, bool IsTelling);

/// <summary>Among which stories words are looked for.</summary>
public enum StoryScope
{
    /// <summary>What readers may see.</summary>
    Readers,

    /// <summary>What an editor can still decide upon: what is held, too.</summary>
    Desk,

    /// <summary>What is held.</summary>
    Held,
}
