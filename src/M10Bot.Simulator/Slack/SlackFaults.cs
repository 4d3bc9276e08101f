namespace M10Bot.Simulator.Slack;

/// <summary>What can go wrong on purpose.</summary>
public enum SlackFault
{
    /// <summary>Carried out, then the connection is cut before a byte of the answer.</summary>
    ReplyLost,

    /// <summary>Carried out, then <c>internal_error</c>.</summary>
    InternalErrorAfter,

    /// <summary>HTTP 503 with nothing done.</summary>
    UnavailableBefore,

    /// <summary>Carried out, then HTTP 503.</summary>
    UnavailableAfter,

    /// <summary>Answered after the given time.</summary>
    Slow,

    /// <summary>HTTP 429 with the given time as Retry-After.</summary>
    RateLimited,

    /// <summary>The connection is cut with nothing done.</summary>
    Cut,

    /// <summary>Carried out, then half an answer.</summary>
    Truncated,

    /// <summary>The handshake of Socket Mode answers 409. Ask for it with the method <c>socket</c>.</summary>
    Conflict,

    /// <summary>The next socket hears <c>too_many_websockets</c> instead of hello, as when dead ones still count. Ask for it with the method <c>socket</c>.</summary>
    TooMany,

    /// <summary>What was to go to the app never leaves. The methods of this and what follows: <c>events_api</c>, <c>slash_commands</c>, <c>interactive</c>.</summary>
    Lost,

    /// <summary>The app gets it twice: the same envelope on the same or another socket, or the same POST.</summary>
    Repeated,

    /// <summary>Held back until the next one has gone.</summary>
    OutOfOrder,

    /// <summary>In many small frames.</summary>
    Fragmented,

    /// <summary>Behind a text frame that is no JSON and a binary one.</summary>
    AfterGarbage,

    /// <summary>Signed with another secret.</summary>
    WrongSignature,

    /// <summary>Signed for a time 301 seconds ago.</summary>
    OldTimestamp,

    /// <summary>Signed for a time 301 seconds ahead.</summary>
    FutureTimestamp,

    /// <summary>The hexadecimal digits in capitals.</summary>
    UpperCaseSignature,

    /// <summary>Without X-Slack-Signature.</summary>
    MissingSignature,

    /// <summary>Eight mebibytes.</summary>
    OversizedBody,
}

/// <summary>Faults to come, in order; each strikes the first matching calls and is then spent.</summary>
public sealed class SlackFaults
{
    private readonly Lock _lock = new();
    private readonly List<Planned> _planned = [];

    /// <param name="fault">What happens.</param>
    /// <param name="method">Which Web API methods it strikes.</param>
    /// <param name="count">How many calls.</param>
    /// <param name="wait">For slow answers and Retry-After; one second if left out.</param>
    public void Plan(SlackFault fault, Func<string, bool> method, int count = 1, TimeSpan? wait = null)
    {
        lock (_lock)
        {
            _planned.Add(new Planned(fault, method, count, wait ?? TimeSpan.FromSeconds(1)));
        }
    }

    /// <inheritdoc cref="Plan(SlackFault, Func{string, bool}, int, TimeSpan?)"/>
    public void Plan(SlackFault fault, string method, int count = 1, TimeSpan? wait = null) =>
        Plan(fault, m => string.Equals(m, method, StringComparison.Ordinal), count, wait);

    /// <summary>How many calls are still to be struck.</summary>
    public long Pending
    {
        get
        {
            lock (_lock)
            {
                return _planned.Sum(p => (long)p.Left);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _planned.Clear();
        }
    }

    internal (SlackFault Fault, TimeSpan Wait)? Next(string method)
    {
        lock (_lock)
        {
            var place = _planned.FindIndex(p => p.Method(method));
            if (place < 0)
            {
                return null;
            }

            var planned = _planned[place];
            if (--planned.Left <= 0)
            {
                _planned.RemoveAt(place);
            }

            return (planned.Fault, planned.Wait);
        }
    }

    private sealed class Planned(SlackFault fault, Func<string, bool> method, int count, TimeSpan wait)
    {
        public SlackFault Fault { get; } = fault;

        public Func<string, bool> Method { get; } = method;

        public TimeSpan Wait { get; } = wait;

        public int Left { get; set; } = count;
    }
}
