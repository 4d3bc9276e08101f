using M10Bot.News.Chat;

namespace M10Bot.News.Deliveries;

/// <summary>Says when a lane may send its next post or edit, so that the choice of what goes next is made at the last moment.</summary>
/// <remarks>The generic cell rate algorithm: a bucket is one point in time, on the monotonic clock. Not safe for concurrent use.</remarks>
internal sealed class LanePacer
{
    private readonly Bucket _posts;
    private readonly Bucket _edits;

    public LanePacer(LanePace pace)
    {
        _posts = new Bucket(pace.Posts);
        _edits = pace.Edits is { } edits ? new Bucket(edits) : _posts;
        Shares = pace.Edits is null ? [new LaneShare(LaneAct.Any)] : [new LaneShare(LaneAct.Post), new LaneShare(LaneAct.Edit)];
    }

    /// <summary>What is claimed apart, so that a queue of edits does not keep posts waiting that have a limit of their own.</summary>
    public IReadOnlyList<LaneShare> Shares { get; }

    public TimeSpan WaitFor(bool isEdit, TimeSpan now) => (isEdit ? _edits : _posts).Wait(now);

    public void Take(bool isEdit, TimeSpan now) => (isEdit ? _edits : _posts).Take(now);

    private sealed class Bucket(Rate rate)
    {
        private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / rate.PerSecond);
        private TimeSpan _fullAt;

        public TimeSpan Wait(TimeSpan now) =>
            _fullAt - (_interval * (rate.Burst - 1)) is var start && start > now ? start - now : TimeSpan.Zero;

        public void Take(TimeSpan now) => _fullAt = (_fullAt > now ? _fullAt : now) + _interval;
    }
}

/// <summary>A part of a lane's deliveries that has a limit of its own, and what its owner knows of it.</summary>
internal sealed class LaneShare(LaneAct act)
{
    public LaneAct Act => act;

    /// <summary>Somebody said that there is something due.</summary>
    public bool IsWoken { get; set; } = true;

    /// <summary>The last claim found something, or a request has ended since.</summary>
    public bool MayBeMore { get; set; } = true;

    /// <summary>The platform said not before.</summary>
    public DateTimeOffset HeldUntil { get; set; }

    public bool Has(DueDelivery delivery) => LaneQueue.Is(delivery, act);

    /// <summary>Counts the claims.</summary>
    public int Turn { get; set; }
}

/// <summary>Which deliveries: those that need a new message, those that change one, or both.</summary>
internal enum LaneAct
{
    Any,
    Post,
    Edit,
}
