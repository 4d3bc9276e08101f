using System.Runtime.InteropServices;
using M10Bot.News.Reading;

namespace M10Bot.News.Stories;

/// <summary>What an article is compared by: its words, its headline, its names, its runs of four words. Hashes only, so it is small.</summary>
internal sealed class StoryText
{
    // A page says what a text is about; a longer one only costs more.
    private const int MostCharacters = 12_000;
    private const int MostTerms = 160;
    private const int FewestInBody = 12;
    private const int HeadlineCounts = 2;

    private StoryText()
    {
    }

    /// <summary>Content words without their endings, each once; the weight grows with the logarithm of the count.</summary>
    public required Term[] Words { get; init; }

    /// <summary>The headline's content words.</summary>
    public required Term[] Title { get; init; }

    /// <summary>The words of names, and each two of them side by side: capitals where the sentence does not ask for them.</summary>
    public required Term[] Names { get; init; }

    /// <summary>Hashes of the runs of four words, rising, each once.</summary>
    public required uint[] Shingles { get; init; }

    /// <summary>A headline and nothing more.</summary>
    public required bool IsSnap { get; init; }

    public static StoryText Of(string headline, string body)
    {
        var seen = new Dictionary<uint, Seen>();
        var words = new List<uint>();
        var isNamed = !IsTitleCase(headline);
        Read(headline, seen, words, isTitle: true);
        var title = words.Count;
        foreach (var line in body.AsSpan(0, Math.Min(body.Length, MostCharacters)).EnumerateLines())
        {
            Read(line.ToString(), seen, words, isTitle: false);
        }

        return new StoryText
        {
            Words = Terms(seen, s => s.Count),
            Title = Terms(seen, s => s.IsTitle ? 1 : 0),
            Names = Terms(seen, s => isNamed || s.Names > s.NamesInTitle ? s.Names : 0),
            Shingles = Runs(words),
            IsSnap = words.Count - title < FewestInBody,
        };
    }

    private static void Read(string line, Dictionary<uint, Seen> all, List<uint> words, bool isTitle)
    {
        var (name, end) = (0u, 0);
        Tokens.Read(line, (token, folded) =>
        {
            words.Add(WordHash.Of(folded));
            if (folded.Length < 2 || StopWords.Contains(folded))
            {
                name = 0;
                return;
            }

            var hash = WordHash.Of(StopWords.Stem(folded));
            var isName = token.IsCapital && char.IsLetter(line[token.Start]);
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(all, hash, out _);
            seen.Count += isTitle ? HeadlineCounts : 1;
            seen.IsTitle |= isTitle;
            if (isName && !token.IsFirst)
            {
                seen.Names++;
                seen.NamesInTitle += isTitle ? 1 : 0;
            }

            if (isName && name != 0 && token.Start - end <= 2)
            {
                ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(all, (name * 31) + hash, out _);
                pair.Names++;
                pair.NamesInTitle += isTitle ? 1 : 0;
            }

            (name, end) = (isName ? hash : 0, token.End);
        });
    }

    // Where nearly every word has a capital, capitals name nothing.
    private static bool IsTitleCase(string headline)
    {
        var (capitals, all) = (0, 0);
        Tokens.Read(headline, (token, _) =>
        {
            all += token.End - token.Start >= 4 ? 1 : 0;
            capitals += token.End - token.Start >= 4 && token.IsCapital ? 1 : 0;
        });
        return all > 2 && capitals * 10 >= all * 7;
    }

    private static Term[] Terms(Dictionary<uint, Seen> seen, Func<Seen, int> count)
    {
        var terms = new List<Term>(seen.Count);
        foreach (var (hash, word) in seen)
        {
            if (count(word) is > 0 and var times)
            {
                terms.Add(new Term(hash, 1 + MathF.Log(times)));
            }
        }

        return terms.Count <= MostTerms ? [.. terms] : [.. terms.OrderByDescending(t => t.Weight).Take(MostTerms)];
    }

    private static uint[] Runs(List<uint> words)
    {
        var runs = new uint[Math.Max(0, words.Count - 3)];
        for (var i = 0; i < runs.Length; i++)
        {
            var hash = 14695981039346656037UL;
            for (var j = i; j < i + 4; j++)
            {
                hash = (hash ^ words[j]) * 1099511628211UL;
            }

            runs[i] = (uint)(hash ^ (hash >> 32));
        }

        Array.Sort(runs);
        var count = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            if (count == 0 || runs[i] != runs[count - 1])
            {
                runs[count++] = runs[i];
            }
        }

        return runs[..count];
    }


    [StructLayout(LayoutKind.Auto)]
    private struct Seen
    {
        public int Count;
        public int Names;
        public int NamesInTitle;
        public bool IsTitle;
    }
}

/// <param name="Hash">Of the word.</param>
/// <param name="Weight">By its count.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Term(uint Hash, float Weight);
