namespace M10Bot.Simulator;

/// <summary>Every request that reached the simulator, with its verdict; the newest <see cref="Capacity"/> are kept.</summary>
public sealed class Journal(TimeProvider time)
{
    public const int Capacity = 50_000;
    private readonly Lock _lock = new();
    private readonly Queue<JournalEntry> _entries = new();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <param name="platform"><c>discord</c> or <c>slack</c>.</param>
    /// <param name="call">Method and route, or the Web API method's name.</param>
    /// <param name="verdict">HTTP status or Slack's <c>ok</c>/error code.</param>
    /// <param name="detail">What a test or a person wants to see of it; never a token.</param>
    public void Write(string platform, string call, string verdict, string detail = "")
    {
        var entry = new JournalEntry(time.GetUtcNow(), platform, call, verdict, detail);
        lock (_lock)
        {
            _entries.Enqueue(entry);
            if (_entries.Count > Capacity)
            {
                _entries.Dequeue();
            }
        }
    }
}

public sealed record JournalEntry(DateTimeOffset At, string Platform, string Call, string Verdict, string Detail);
