using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>The words of an article as the trained topics see them: each, each two side by side, and once more those of the headline and of the beginning.</summary>
internal static class TopicWordCounts
{
    private const int MostCharacters = 12_000;
    private const int LeadCharacters = 400; // a body without paragraphs is not all beginning
    private const uint InHeadline = 0x9E3779B9;
    private const uint InLead = 0x85EBCA6B;
    private const uint Prime = 16777619;

    public static Dictionary<uint, int> Of(string headline, string body)
    {
        var counts = new Dictionary<uint, int>();
        Read(headline, counts, InHeadline, headline.Length);
        var lead = LeadCharacters;
        foreach (var line in body.AsSpan(0, Math.Min(body.Length, MostCharacters)).EnumerateLines())
        {
            Read(line.ToString(), counts, InLead, lead);
            lead = line.IsWhiteSpace() ? lead : 0;
        }

        return counts;
    }

    /// <param name="place">Makes a word of its own of each that begins in the first <paramref name="characters"/>.</param>
    private static void Read(string line, Dictionary<uint, int> counts, uint place, int characters)
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
            if (token.Start < characters)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (word ^ place) * Prime, out _)++;
            }

            if (before != 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (before * 31) + word, out _)++;
            }

            before = word;
        });
    }
}
