namespace M10Bot.News.Reading;

/// <summary>The runs of four words of a text, to tell whether one text was made from another.</summary>
/// <remarks>Containment from 0.3 on means a copy, edited or shortened; the plain share of common runs would miss the shortened ones.</remarks>
public sealed class Shingles
{
    private const int Run = 4;
    private readonly HashSet<ulong> _hashes = [];

    public Shingles(string text)
    {
        Span<ulong> last = stackalloc ulong[Run];
        var words = new List<ulong>(text.Length / 6);
        foreach (var line in text.Split('\n'))
        {
            Tokens.Read(line, (_, folded) => words.Add(Hash(folded)));
        }

        for (var i = 0; i < words.Count - Run + 1; i++)
        {
            words[i..(i + Run)].CopyTo(last);
            _hashes.Add(Combine(last));
        }
    }

    public int Count => _hashes.Count;

    /// <summary>How much of the smaller text stands in the other: 0 to 1. Order does not matter.</summary>
    public static double Containment(Shingles a, Shingles b)
    {
        var (small, large) = a.Count <= b.Count ? (a, b) : (b, a);
        return small.Count == 0 ? 0 : small._hashes.Count(large._hashes.Contains) / (double)small.Count;
    }

    // FNV-1a: the same in every process, so the hashes may be stored.
    private static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }

    private static ulong Combine(ReadOnlySpan<ulong> words)
    {
        var hash = 14695981039346656037UL;
        foreach (var word in words)
        {
            hash = (hash ^ word ^ (word >> 29)) * 1099511628211UL;
        }

        return hash;
    }
}
