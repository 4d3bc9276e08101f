using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>Words that somebody follows though no Topic has them for a name: up to three, found in an article as they stand side by side.</summary>
/// <remarks>Letter case, accents and a possessive 's do not matter. Whose words they are is nobody else's affair: no card names them to others.</remarks>
public static class Keywords
{
    private const int MostWords = 3;
    private const int Shortest = 3;
    private const int Longest = 40;
    private const int WordsRead = 1500;

    /// <summary>What the typed words would be followed as; null where they are too long, too short, or say nothing.</summary>
    public static Topic? Of(string typed)
    {
        var text = typed.Trim();
        text = text.StartsWith(Topic.WordPrefix, StringComparison.OrdinalIgnoreCase) ? text[Topic.WordPrefix.Length..] : text;
        var words = Folded(text, MostWords + 1);
        var phrase = string.Join(' ', words);
        return words.Count is > 0 and <= MostWords && phrase.Length is >= Shortest and <= Longest
            && words.Exists(w => w.Any(char.IsLetter) && !StopWords.Contains(w))
            ? new Topic(Topic.WordPrefix + phrase, $"“{phrase}”", TopicKind.Keyword)
            : null;
    }

    /// <summary>The code of every keyword that this text could answer, with the words as they stand in it.</summary>
    public static IReadOnlyDictionary<string, string> In(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var words = new List<(Token Token, string Word)>();
        Tokens.Read(text, (token, folded) =>
        {
            if (words.Count < WordsRead)
            {
                words.Add((token, folded.ToString()));
            }
        });
        for (var i = 0; i < words.Count; i++)
        {
            var phrase = Topic.WordPrefix;
            for (var j = i; j < Math.Min(i + MostWords, words.Count); j++)
            {
                phrase = j == i ? phrase + words[j].Word : $"{phrase} {words[j].Word}";
                if (phrase.Length is >= Shortest + 5 and <= Longest + 5)
                {
                    found.TryAdd(phrase, text[words[i].Token.Start..words[j].Token.End]);
                }
            }
        }

        return found;
    }

    private static List<string> Folded(string text, int most)
    {
        var words = new List<string>();
        Tokens.Read(text.Length > 200 ? text[..200] : text, (_, folded) =>
        {
            if (words.Count < most)
            {
                words.Add(folded.ToString());
            }
        });
        return words;
    }
}
