using M10Bot.News.Chat;

namespace M10Bot.Benchmarks.Deliveries;

/// <summary>Takes every message at once, or after as long as a request takes, and remembers when each set out.</summary>
internal sealed class InstantPlatform(int enough, LanePace pace, Func<TimeSpan>? takes = null) : IChatPlatform
{
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long[] _starts = new long[enough];
    private int _count;
    private int _markedAs;

    /// <summary>Done when so many messages are out.</summary>
    public Task Enough => _enough.Task;

    /// <summary>Timestamps, in the order of the requests.</summary>
    public IReadOnlyList<long> Starts => _starts;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The headline that is looked out for.</summary>
    public string? Marked { get; init; }

    /// <summary>Which number the message of that headline had, from 1.</summary>
    public int MarkedAs => Volatile.Read(ref _markedAs);

    public Platform Platform => Platform.Discord;

    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(10);

    public LanePace Pace => pace;

    public string LaneOf(Destination destination) => "scripted";

    public async Task<PostOutcome> PostAsync(Destination to, Card card, DeliveryKey key, CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _count);
        if (number <= enough)
        {
            _starts[number - 1] = TimeProvider.System.GetTimestamp();
        }

        if (Marked is not null && string.Equals(card.Headline, Marked, StringComparison.Ordinal))
        {
            Volatile.Write(ref _markedAs, number);
        }

        if (takes is not null)
        {
            await Task.Delay(takes(), TimeProvider.System, ct);
        }

        if (number == enough)
        {
            _enough.SetResult();
        }

        return new PostOutcome.Posted(new Receipt(to.Address, $"m{number}"));
    }

    public Task<PostOutcome> EditAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        PostAsync(to, card, key, ct);

    public Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        PostAsync(to, card, key, ct);

    public Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct) =>
        Task.FromResult<SettleOutcome>(new SettleOutcome.SafeToRepeat());

    public Task<LinkOutcome> ReceiptOfAsync(Destination to, DeliveryKey key, string link, CancellationToken ct) =>
        Task.FromResult<LinkOutcome>(new LinkOutcome.No(LinkFault.NoLink));
}
