namespace M10Bot.News.Deliveries;

/// <summary>What a lane holds in memory: which delivery goes next. One per destination at a time; not safe for concurrent use.</summary>
/// <remarks>
/// A row claimed again while its older claim still waits here stands in it twice; the older one's attempt finds its claim lost
/// and ends, so nothing needs to be looked for.
/// </remarks>
internal sealed class LaneQueue
{
    // One request in so many goes to the least important that waits: floods of important news hold routine up, not back.
    private const int TurnOfTheLeast = 8;

    private readonly SortedSet<DueDelivery> _waiting = new(Comparer<DueDelivery>.Create(Compare));
    private readonly HashSet<long> _running = [];
    private readonly Dictionary<long, int> _held = [];
    private int _turn;

    public int Waiting => _waiting.Count;

    public int Running => _running.Count;

    /// <summary>How many of these wait.</summary>
    public int WaitingOf(LaneAct act) => act == LaneAct.Any ? _waiting.Count : _waiting.Count(d => Is(d, act));

    /// <summary>The rank of the least important of these that waits; -1 where none does.</summary>
    public int LeastRankOf(LaneAct act) => _waiting.Reverse().FirstOrDefault(d => Is(d, act))?.Rank ?? -1;

    public void Add(DueDelivery delivery)
    {
        if (_waiting.Add(delivery))
        {
            _held[delivery.DestinationId] = _held.GetValueOrDefault(delivery.DestinationId) + 1;
        }
    }

    /// <summary>Takes the next that may go and whose destination is free; null where there is none.</summary>
    public DueDelivery? Take(Func<DueDelivery, bool> mayGo)
    {
        var least = LeastRankOf(LaneAct.Any);
        var isTheirTurn = (_turn + 1) % TurnOfTheLeast == 0 && _waiting.Min?.Rank != least;
        var next = (isTheirTurn ? _waiting.FirstOrDefault(d => d.Rank == least && IsFree(d) && mayGo(d)) : null)
            ?? _waiting.FirstOrDefault(d => IsFree(d) && mayGo(d));
        if (next is not null)
        {
            _turn++;
            _waiting.Remove(next);
            _running.Add(next.DestinationId);
        }

        return next;
    }

    /// <summary>Its destination is free again.</summary>
    public void Finish(DueDelivery delivery)
    {
        _running.Remove(delivery.DestinationId);
        if (--_held[delivery.DestinationId] == 0)
        {
            _held.Remove(delivery.DestinationId);
        }
    }

    /// <summary>Destinations that hold at least so many.</summary>
    public IEnumerable<long> Holding(int atLeast) => _held.Where(h => h.Value >= atLeast).Select(h => h.Key);

    public static bool Is(DueDelivery delivery, LaneAct act) => act switch
    {
        LaneAct.Post => !delivery.IsEdit,
        LaneAct.Edit => delivery.IsEdit,
        _ => true,
    };

    private bool IsFree(DueDelivery delivery) => !_running.Contains(delivery.DestinationId);

    private static int Compare(DueDelivery? x, DueDelivery? y) =>
        (x!.Rank, x.Id, x.ClaimNo).CompareTo((y!.Rank, y.Id, y.ClaimNo));
}
