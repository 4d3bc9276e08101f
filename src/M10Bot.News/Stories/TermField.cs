using System.Runtime.InteropServices;

namespace M10Bot.News.Stories;

/// <summary>One field of many articles, the other way round: from a word to the articles that have it.</summary>
internal sealed class TermField
{
    private readonly Dictionary<uint, List<Posting>> _postings = [];

    /// <param name="scale">What makes the terms a vector of length one.</param>
    public void Add(int slot, Term[] terms, double scale)
    {
        foreach (var term in terms)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, term.Hash, out _);
            (list ??= new List<Posting>(1)).Add(new Posting(slot, (float)(term.Weight * scale)));
        }
    }

    public void Remove(HashSet<int> slots)
    {
        foreach (var (hash, list) in _postings)
        {
            if (list.RemoveAll(posting => slots.Contains(posting.Slot)) > 0 && list.Count == 0)
            {
                _postings.Remove(hash);
            }
        }
    }

    public ReadOnlySpan<Posting> Find(uint hash) => _postings.TryGetValue(hash, out var list) ? CollectionsMarshal.AsSpan(list) : [];
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Posting(int Slot, float Weight);
