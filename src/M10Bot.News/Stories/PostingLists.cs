using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace M10Bot.News.Stories;

/// <summary>Very many short lists, each under a number: from a word to the articles that have it.</summary>
/// <remarks>
/// The lists stand in a few large arrays without a reference in them. As objects of their own they would be the most of the heap, and
/// every collection of young garbage would look through all those that had just been added to: 15 ms at 5,000 open stories.
/// </remarks>
internal sealed class PostingLists<T>
    where T : struct
{
    private const int PageLength = 4096;
    private readonly Dictionary<uint, Place> _lists = [];
    private readonly Room[] _rooms = [.. Enumerable.Range(0, 31).Select(power => new Room(1 << power))];

    public void Add(uint key, T posting)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_lists, key, out var isThere);
        if (!isThere)
        {
            list.Block = _rooms[0].Take();
        }
        else if (BitOperations.IsPow2(list.Count))
        {
            Resize(ref list, list.Power + 1);
        }

        _rooms[list.Power].Block(list.Block)[list.Count++] = posting;
    }

    /// <summary>In the order they came; good until the next change.</summary>
    public ReadOnlySpan<T> Find(uint key) =>
        _lists.TryGetValue(key, out var list) ? _rooms[list.Power].Block(list.Block)[..list.Count] : [];

    /// <summary>Takes out of one list what fits.</summary>
    public void Remove(uint key, Predicate<T> fits)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrNullRef(_lists, key);
        if (!Unsafe.IsNullRef(ref list) && Drop(ref list, fits))
        {
            _lists.Remove(key);
        }
    }

    /// <summary>Takes out of all lists what fits.</summary>
    public void Remove(Predicate<T> fits)
    {
        foreach (var key in _lists.Keys)
        {
            Remove(key, fits);
        }
    }

    /// <returns>True where nothing is left.</returns>
    private bool Drop(ref Place list, Predicate<T> fits)
    {
        var block = _rooms[list.Power].Block(list.Block);
        var kept = 0;
        for (var i = 0; i < list.Count; i++)
        {
            if (!fits(block[i]))
            {
                block[kept++] = block[i];
            }
        }

        list.Count = kept;
        if (kept == 0)
        {
            _rooms[list.Power].Give(list.Block);
        }
        else if (PowerOf(kept) is var power && power < list.Power)
        {
            Resize(ref list, power);
        }

        return kept == 0;
    }

    private void Resize(ref Place list, int power)
    {
        var to = _rooms[power].Take();
        _rooms[list.Power].Block(list.Block)[..list.Count].CopyTo(_rooms[power].Block(to));
        _rooms[list.Power].Give(list.Block);
        (list.Block, list.Power) = (to, power);
    }

    private static int PowerOf(int count) => BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)count));

    [StructLayout(LayoutKind.Auto)]
    private struct Place
    {
        public int Block;
        public int Count;
        public int Power; // the block has room for two to this power, the least that holds them all
    }

    /// <summary>Blocks of one length, many on a page.</summary>
    private sealed class Room(int length)
    {
        private readonly int _perPage = Math.Max(1, PageLength / length);
        private readonly List<T[]> _pages = [];
        private readonly Stack<int> _free = [];
        private int _next;

        public int Take()
        {
            if (_free.TryPop(out var block))
            {
                return block;
            }

            if (_next == _pages.Count * _perPage)
            {
                _pages.Add(new T[_perPage * length]);
            }

            return _next++;
        }

        public void Give(int block) => _free.Push(block);

        public Span<T> Block(int block) => _pages[block / _perPage].AsSpan(block % _perPage * length, length);
    }
}
