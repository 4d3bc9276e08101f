using System.Runtime.InteropServices;

namespace M10Bot.News.Stories;

/// <summary>Finds texts that were made from one another, by the runs of four words they share.</summary>
/// <remarks>
/// Of a long text every second, fourth or eighth run stands in the index, chosen by its hash, so that the same runs are chosen in
/// every text; all runs of the text that is looked for are asked. What is found is then compared in full.
/// </remarks>
internal sealed class CopyIndex
{
    private const int Few = 64;
    private const int MostAlike = 200; // a run that more texts share is a form of words
    private readonly PostingLists<int> _runs = new();
    private readonly Dictionary<int, uint[]> _texts = [];

    public void Add(int slot, uint[] runs)
    {
        _texts.Add(slot, runs);
        foreach (var run in runs)
        {
            if (IsKept(run, runs.Length))
            {
                _runs.Add(run, slot);
            }
        }
    }

    public void Remove(HashSet<int> slots)
    {
        foreach (var slot in slots)
        {
            if (!_texts.Remove(slot, out var runs))
            {
                continue;
            }

            foreach (var run in runs.Where(run => IsKept(run, runs.Length)))
            {
                _runs.Remove(run, other => other == slot);
            }
        }
    }

    /// <summary>Every text that shares enough with this one to be worth a look, with how much of the smaller stands in the other.</summary>
    public IEnumerable<(int Slot, double Containment)> Find(uint[] runs)
    {
        var shared = new Dictionary<int, int>();
        foreach (var run in runs)
        {
            var slots = _runs.Find(run);
            foreach (var slot in slots.Length <= MostAlike ? slots : [])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(shared, slot, out _)++;
            }
        }

        // A tenth of what would be enough: the sample may be unlucky.
        return shared
            .Where(s => s.Value * Rate(_texts[s.Key].Length) * 10 >= Math.Min(runs.Length, _texts[s.Key].Length))
            .Select(s => (s.Key, Containment(runs, _texts[s.Key])));
    }

    /// <summary>How many runs a text has.</summary>
    public int Length(int slot) => _texts[slot].Length;

    /// <summary>How much of the smaller text stands in the other: 0 to 1.</summary>
    public static double Containment(uint[] a, uint[] b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return 0;
        }

        var (common, i, j) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            var order = a[i].CompareTo(b[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return (double)common / Math.Min(a.Length, b.Length);
    }

    private static bool IsKept(uint run, int length) => run % (uint)Rate(length) == 0;

    private static int Rate(int length) => length switch { <= Few => 1, <= 2 * Few => 2, <= 4 * Few => 4, _ => 8 };
}
