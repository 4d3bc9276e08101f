using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>The words of an article as the trained topics see them: each, and each two side by side.</summary>
internal static class TopicWordCounts
{
    private const int MostCharacters = 12_000;

    public static Dictionary<uint, int> Of(string headline, string body)
    {
        var counts = new Dictionary<uint, int>();
        Read(headline, counts);
        foreach (var line in body.AsSpan(0, Math.Min(body.Length, MostCharacters)).EnumerateLines())
        {
            Read(line.ToString(), counts);
        }

        return counts;
    }

    private static void Read(string line, Dictionary<uint, int> counts)
    {
        var before = 0u;
        Tokens.Read(line, (token, folded) =>
        {
            if (folded.Length < 2 || StopWords.Contains(folded) || char.IsAsciiDigit(line[token.Start]))
            {
                before = 0;
                return;
            }

            var word = WordHash.Of(StopWords.Stem(folded));
            CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
            if (before != 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (before * 31) + word, out _)++;
            }

            before = word;
        });
    }
}
