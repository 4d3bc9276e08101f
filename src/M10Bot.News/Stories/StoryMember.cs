using System.Runtime.InteropServices;

namespace M10Bot.News.Stories;

/// <summary>An article as the index holds it.</summary>
internal sealed class StoryMember(long article, int slot, DateTimeOffset at, bool isFixed, double rarity)
{
    private const int MostNear = 64;

    public long Article { get; } = article;

    public int Slot { get; } = slot;

    public DateTimeOffset At { get; } = at;

    /// <summary>Of a snap's words, all together; 0 for a full text.</summary>
    public double Rarity { get; } = rarity;

    public bool IsFixed { get; set; } = isFixed;

    public StoryPart Part { get; set; }

    /// <summary>Those most like it; the others are let go.</summary>
    public List<Neighbour> Near { get; } = [];

    public void Meet(ReadOnlySpan<Neighbour> others)
    {
        foreach (var other in others)
        {
            Near.Add(other);
            if (Near.Count > 2 * MostNear)
            {
                Near.Sort((a, b) => b.Likeness.CompareTo(a.Likeness));
                Near.RemoveRange(MostNear, Near.Count - MostNear);
            }
        }
    }

    public void Forget(HashSet<int> slots) => Near.RemoveAll(n => slots.Contains(n.Slot));
}

/// <summary>An article that is like another.</summary>
/// <remarks>By its slot: a reference in every such list would have the collector look through all of them.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Neighbour(int Slot, float Likeness);
