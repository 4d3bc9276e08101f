using System.Runtime.InteropServices;

namespace M10Bot.News.Stories;

/// <summary>One field of many articles, the other way round: from a word to the articles that have it.</summary>
internal sealed class TermField
{
    private readonly PostingLists<Posting> _postings = new();

    /// <param name="scale">What makes the terms a vector of length one.</param>
    public void Add(int slot, Term[] terms, double scale)
    {
        foreach (var term in terms)
        {
            _postings.Add(term.Hash, new Posting(slot, (float)(term.Weight * scale)));
        }
    }

    public void Remove(HashSet<int> slots) => _postings.Remove(posting => slots.Contains(posting.Slot));

    public ReadOnlySpan<Posting> Find(uint hash) => _postings.Find(hash);
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Posting(int Slot, float Weight);
