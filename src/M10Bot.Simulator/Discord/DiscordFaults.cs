namespace M10Bot.Simulator.Discord;

/// <param name="Method">GET, POST, PATCH, PUT or DELETE.</param>
/// <param name="Route">The template, e.g. <c>channels/{channel}/messages</c>.</param>
/// <param name="Path">The path as it was called, without <c>/api/v10/</c>.</param>
public sealed record DiscordCall(string Method, string Route, string Path)
{
    /// <summary>A message is created in a channel.</summary>
    public bool IsCreate => Method is "POST" && Route is "channels/{channel}/messages";

    /// <summary>A channel's message is edited.</summary>
    public bool IsEdit => Method is "PATCH" && Route is "channels/{channel}/messages/{message}";

    /// <summary>A channel's message is deleted.</summary>
    public bool IsDelete => Method is "DELETE" && Route is "channels/{channel}/messages/{message}";
}

/// <summary>Troubles a test orders; each strikes the next calls it fits, as often as it was ordered.</summary>
public sealed class DiscordFaults
{
    private const int Swapped = -1;
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];
    private readonly List<DispatchFault> _dispatches = [];

    /// <summary>How many faults have struck.</summary>
    public int Struck { get; private set; }

    /// <summary>Strokes that were ordered and have not fallen yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _faults.Sum(f => f.Times) + _dispatches.Sum(d => d.Times);
            }
        }
    }

    /// <summary>The call is carried out, and the connection is cut before the answer.</summary>
    public void LoseReply(Func<DiscordCall, bool> where, int times = 1) => Add(new Fault(where, times, After: true, Cut: true));

    /// <summary>The connection is cut and nothing is carried out.</summary>
    public void CutConnection(Func<DiscordCall, bool> where, int times = 1) => Add(new Fault(where, times, After: false, Cut: true));

    /// <summary>The answer is this status (5xx) and nothing is carried out.</summary>
    public void FailBefore(int status, Func<DiscordCall, bool> where, int times = 1) => Add(new Fault(where, times, After: false, Status: status));

    /// <summary>The call is carried out, and the answer is this status (5xx) all the same.</summary>
    public void FailAfter(int status, Func<DiscordCall, bool> where, int times = 1) => Add(new Fault(where, times, After: true, Status: status));

    /// <summary>The call is carried out at once; its answer comes this much later.</summary>
    public void SlowReply(TimeSpan delay, Func<DiscordCall, bool> where, int times = 1) => Add(new Fault(where, times, After: true, Delay: delay));

    /// <summary>A 429 that no counter foretold.</summary>
    /// <param name="scope"><c>user</c>, <c>global</c> or <c>shared</c>.</param>
    public void RateLimit(TimeSpan retryAfter, Func<DiscordCall, bool> where, int times = 1, string scope = "user") =>
        Add(new Fault(where, times, After: false, Status: 429, Delay: retryAfter, Scope: scope));

    /// <summary>The answer is a page of HTML with this status, as proxies send it; nothing is carried out.</summary>
    public void AnswerHtml(int status, Func<DiscordCall, bool> where, int times = 1) => Add(new Fault(where, times, After: false, Status: status, Html: true));

    /// <summary>The call is carried out; half of its answer comes at once, the rest this much later.</summary>
    public void SlowBody(TimeSpan delay, Func<DiscordCall, bool> where, int times = 1) => Add(new Fault(where, times, After: true, Delay: delay, Halved: true));

    /// <summary>How long after a deferral over HTTP its edits still find no webhook (10015; discord-api-docs#7220).</summary>
    public TimeSpan DeferRace { get; set; }

    /// <summary>The next gateway events of this name come after the event that follows them.</summary>
    public void SwapDispatch(string eventName, int times = 1) => AddDispatch(new DispatchFault(eventName, Swapped, times));

    /// <summary>The next gateway events of this name reach nobody.</summary>
    public void LoseDispatch(string eventName, int times = 1) => AddDispatch(new DispatchFault(eventName, 0, times));

    /// <summary>The next gateway events of this name come twice.</summary>
    public void DuplicateDispatch(string eventName, int times = 1) => AddDispatch(new DispatchFault(eventName, 2, times));

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
            _dispatches.Clear();
        }
    }

    internal Fault? Take(DiscordCall call, bool after)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(f => f.After == after && f.Where(call));
            if (index < 0)
            {
                return null;
            }

            var fault = _faults[index];
            Struck++;
            if (fault.Times == 1)
            {
                _faults.RemoveAt(index);
            }
            else
            {
                _faults[index] = fault with { Times = fault.Times - 1 };
            }

            return fault;
        }
    }

    /// <summary>True where the event is to wait for the one after it.</summary>
    internal bool TakesPlaceOfNext(string eventName)
    {
        lock (_lock)
        {
            return _dispatches.Exists(d => d.Copies == Swapped && string.Equals(d.Event, eventName, StringComparison.Ordinal)) && Take(eventName, d => d.Copies == Swapped) == Swapped;
        }
    }

    /// <returns>How often the event is to be sent.</returns>
    internal int CopiesOf(string eventName) => Take(eventName, d => d.Copies != Swapped);

    private int Take(string eventName, Predicate<DispatchFault> which)
    {
        lock (_lock)
        {
            var index = _dispatches.FindIndex(d => which(d) && string.Equals(d.Event, eventName, StringComparison.Ordinal));
            if (index < 0)
            {
                return 1;
            }

            var fault = _dispatches[index];
            Struck++;
            if (fault.Times == 1)
            {
                _dispatches.RemoveAt(index);
            }
            else
            {
                _dispatches[index] = fault with { Times = fault.Times - 1 };
            }

            return fault.Copies;
        }
    }

    private void Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    private void AddDispatch(DispatchFault fault)
    {
        lock (_lock)
        {
            _dispatches.Add(fault);
        }
    }

    internal sealed record Fault(
        Func<DiscordCall, bool> Where, int Times, bool After, bool Cut = false, int Status = 0, TimeSpan Delay = default, string Scope = "user",
        bool Html = false, bool Halved = false);

    private sealed record DispatchFault(string Event, int Copies, int Times);
}
