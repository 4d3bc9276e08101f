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
    private const double NumberCounts = 2; // figures and dates tell an event from others of its kind
    private const double PlainCounts = 0.8; // words that are no names are told of many events
    private const double LeadWords = 150; // a report begins with its event and ends with earlier ones
    private const double LeastCount = 0.1;
    private const double CountGrowth = 3;

    private StoryText()
    {
    }

    /// <summary>Content words without their endings, each once; the weight grows with the logarithm of the count, the early ones counting for more.</summary>
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
            Words = Terms(seen, s => Grown(s.Count) * Tells(s)),
            Title = Terms(seen, s => s.IsTitle ? Tells(s) : 0),
            Names = Terms(seen, s => IsName(s) ? Grown(s.NameCount) : 0),
            Shingles = Runs(words),
            IsSnap = words.Count - title < FewestInBody,
        };

        bool IsName(Seen s) => s.Names > (isNamed ? 0 : s.NamesInTitle);

        double Tells(Seen s) => s.IsNumber ? NumberCounts : IsName(s) ? 1 : PlainCounts;
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
            var count = Math.Exp(-words.Count / LeadWords) + LeastCount;
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(all, hash, out _);
            seen.Count += count * (isTitle ? HeadlineCounts : 1);
            seen.IsTitle |= isTitle;
            seen.IsNumber = char.IsDigit(line[token.Start]);
            if (isName && !token.IsFirst)
            {
                seen.Name(count, isTitle);
            }

            if (isName && name != 0 && token.Start - end <= 2)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(all, (name * 31) + hash, out _).Name(count, isTitle);
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

    private static double Grown(double count) => Math.Log(1 + (CountGrowth * count));

    private static Term[] Terms(Dictionary<uint, Seen> seen, Func<Seen, double> weigh)
    {
        var terms = new List<Term>(seen.Count);
        foreach (var (hash, word) in seen)
        {
            if (weigh(word) is > 0 and var weight)
            {
                terms.Add(new Term(hash, (float)weight));
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
        public double Count;
        public double NameCount;
        public int Names;
        public int NamesInTitle;
        public bool IsTitle;
        public bool IsNumber;

        public void Name(double count, bool isTitle)
        {
            NameCount += count;
            Names++;
            NamesInTitle += isTitle ? 1 : 0;
        }
    }
}

/// <param name="Hash">Of the word.</param>
/// <param name="Weight">By its count, and by what such a word tells.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Term(uint Hash, float Weight);
