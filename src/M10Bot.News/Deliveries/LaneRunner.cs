using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Deliveries;

/// <summary>Runs one lane for as long as it has work: claims, sends a few at a time, and records how each ended.</summary>
/// <remarks>All state is touched by the loop of <see cref="RunAsync"/> alone; requests report to it through the inbox.</remarks>
internal sealed partial class LaneRunner(
    string lane, LaneStore store, DeliveryJournal journal, DeliveryAct act, LanePacer pacer, TimeProvider time, DeliveryOptions options, ILogger logger)
{
    // One claim in so many also looks for what is least important, so that floods of the rest cannot starve it.
    private const int TurnOfTheLeast = 8;
    private const int LeastFrom = (int)DeliveryRank.Routine;

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly Channel<Report> _inbox = Channel.CreateUnbounded<Report>(new UnboundedChannelOptions { SingleReader = true });
    private readonly LaneQueue _queue = new();
    private readonly SortedSet<DateTimeOffset> _later = [];
    private readonly Dictionary<long, DateTimeOffset> _inherited = [];
    private readonly List<long> _unanswered = []; // claims whose answer was lost: the tables may say that we hold what we do not
    private long _epoch;
    private long _claims;
    private DateTimeOffset _lastWork;
    private DateTimeOffset? _nextStart;
    private bool _isSuperseded;

    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>There may be something due. From any thread.</summary>
    public void Wake() => _inbox.Writer.TryWrite(default);

    /// <summary>Returns when the lane has been idle, when a newer owner took it, or at stop, with every claim given back.</summary>
    /// <returns>False where a newer owner took it.</returns>
    public async Task<bool> RunAsync(string owner, CancellationToken stopping)
    {
        (_epoch, var inherited) = await store.TakeOverAsync(lane, owner, stopping);
        Inherit(inherited);
        _lastWork = time.GetUtcNow();
        using var requests = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stop = stopping.Register(() => requests.CancelAfter(options.StopWithin));
        await using var timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!stopping.IsCancellationRequested && !_isSuperseded)
        {
            await FillAsync(stopping);
            Dispatch(requests.Token);
            var now = time.GetUtcNow();
            if (IsIdle(now))
            {
                break;
            }

            var next = _later.Count > 0 ? _later.Min : _lastWork + options.Idle;
            next = _nextStart < next ? _nextStart.Value : next;
            timer.Change(next > now ? next - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            if (next <= time.GetUtcNow())
            {
                Tick(); // its time came between the look at the clock and the setting of the timer
            }

            Task report = _inbox.Reader.WaitToReadAsync(stopping).AsTask();
            await report.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Read();
        }

        await FinishAsync();
        return !_isSuperseded;
    }

    private void Tick() => _inbox.Writer.TryWrite(new Report(null, null, IsTick: true));

    private bool IsIdle(DateTimeOffset now) =>
        _queue.Running == 0 && _queue.Waiting == 0 && _later.Count == 0 && now >= _lastWork + options.Idle;

    private void Read()
    {
        while (_inbox.Reader.TryRead(out var report))
        {
            if (report.Delivery is not { } delivery)
            {
                if (!report.IsTick)
                {
                    WakeShares();
                }

                continue;
            }

            _queue.Finish(delivery);
            _lastWork = time.GetUtcNow();
            foreach (var share in pacer.Shares)
            {
                share.MayBeMore = true; // a newer version may be wanted by now, or its destination have more
            }

            if (report.End is { NotBefore: { } until } end)
            {
                _later.Add(until);
                Hold(end, until);
            }
        }
    }

    private void Hold(DeliveryEnd end, DateTimeOffset until)
    {
        foreach (var share in pacer.Shares)
        {
            if (end.HoldsLane && until > share.HeldUntil && (!end.HoldsOnlyItsKind || share.Has(end.Delivery)))
            {
                share.HeldUntil = until;
                LogHeld(logger, lane, until, end.Note);
            }
        }
    }

    private async Task FillAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        while (_later.Count > 0 && _later.Min <= now)
        {
            _later.Remove(_later.Min);
            WakeShares();
        }

        if (pacer.Shares.All(share => now < share.HeldUntil))
        {
            return;
        }

        try
        {
            if (_inherited.Values.Any(until => until <= now))
            {
                Inherit(await store.RecoverAsync(lane, _epoch, ct));
                WakeShares();
            }

            if (_unanswered.Count > 0)
            {
                await store.ForgetAsync(lane, _epoch, _unanswered, ct);
                _unanswered.Clear();
            }

            foreach (var share in pacer.Shares.Where(share => now >= share.HeldUntil))
            {
                await ClaimAsync(share, ct);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogClaimFailed(logger, e, lane, AfterFault);
            _later.Add(now + AfterFault);
        }
        catch (OperationCanceledException)
        {
            // The loop sees the stop.
        }
    }

    private async Task ClaimAsync(LaneShare share, CancellationToken ct)
    {
        var waiting = _queue.WaitingOf(share.Act);
        if (waiting <= options.Window / 2 && (share.IsWoken || share.MayBeMore))
        {
            var isTheirTurn = ++share.Turn % TurnOfTheLeast == 0;
            share.IsWoken = false;
            var (taken, busy) = await ClaimAsync(share.Act, options.Window - waiting, 0, int.MaxValue, ct);
            share.MayBeMore = taken > 0 || busy > 0;
            if (isTheirTurn && taken > 0 && _queue.LeastRankOf(share.Act) < LeastFrom)
            {
                await ClaimAsync(share.Act, 1, LeastFrom, int.MaxValue, ct);
            }
        }
        else if (share.IsWoken && _queue.LeastRankOf(share.Act) is > 0 and var least && waiting < options.Window * 2)
        {
            // No room, but what is more important than the least that waits is let in all the same.
            share.IsWoken = false;
            share.MayBeMore = true;
            await ClaimAsync(share.Act, options.Window, 0, least - 1, ct);
        }
    }

    private async Task<(int Taken, int Busy)> ClaimAsync(LaneAct which, int limit, int floor, int ceiling, CancellationToken ct)
    {
        HashSet<long> busy = [.. _queue.Holding(options.PerDestination), .. _inherited.Keys];
        var claim = new LaneClaim(lane, _epoch, ++_claims, limit, options.PerDestination, busy, act.ClaimLasts) { Floor = floor, Ceiling = ceiling, Act = which };
        _unanswered.Add(claim.ClaimNo);
        var taken = await store.ClaimAsync(claim, ct);
        _unanswered.Remove(claim.ClaimNo);
        if (taken is null)
        {
            _isSuperseded = true;
            LogSuperseded(logger, lane, _epoch);
            return (0, 0);
        }

        foreach (var delivery in taken)
        {
            _queue.Add(delivery);
        }

        return (taken.Count, busy.Count);
    }

    // The choice is made here, when the request can leave: what comes a moment later and is more important goes next.
    private void Dispatch(CancellationToken requests)
    {
        _nextStart = null;
        while (!_isSuperseded && _queue.Running < options.InFlight && Next() is { } delivery)
        {
            pacer.Take(delivery.IsEdit, Now);
            _nextStart = null;
            _ = ShowAsync(delivery, requests);
        }
    }

    // One look at the clock for all that wait: else the time could come between a flash and the routine behind it.
    private DueDelivery? Next()
    {
        var (now, clock) = (Now, time.GetUtcNow());
        return _queue.Take(delivery => IsItsTime(delivery, now, clock));
    }

    private bool IsItsTime(DueDelivery delivery, TimeSpan now, DateTimeOffset clock)
    {
        var start = clock + pacer.WaitFor(delivery.IsEdit, now);
        foreach (var share in pacer.Shares)
        {
            start = share.Has(delivery) && share.HeldUntil > start ? share.HeldUntil : start;
        }

        if (start <= clock)
        {
            return true;
        }

        _nextStart = _nextStart < start ? _nextStart : start;
        return false;
    }

    // Whatever happens, the inbox hears of the end; only a journal that is closing leaves a row to the next owner.
    private async Task ShowAsync(DueDelivery delivery, CancellationToken requests)
    {
        DeliveryEnd? end = null;
        try
        {
            end = await TryAsync(delivery, requests);
            if (end is not null)
            {
                await journal.EndAsync(end);
            }
        }
        catch (OperationCanceledException)
        {
            end = null;
        }
        finally
        {
            _inbox.Writer.TryWrite(new Report(delivery, end));
        }
    }

    private async Task<DeliveryEnd?> TryAsync(DueDelivery delivery, CancellationToken requests)
    {
        try
        {
            return await act.RunAsync(delivery, requests);
        }
        catch (OperationCanceledException) when (requests.IsCancellationRequested)
        {
            return new DeliveryEnd(delivery, EndKind.Doubtful) { Note = "stopped before its end was seen" };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogThrew(logger, e, delivery.Id, delivery.Destination);
            return act.Faulted(delivery);
        }
    }

    private async Task FinishAsync()
    {
        while (_queue.Running > 0)
        {
            await _inbox.Reader.WaitToReadAsync(CancellationToken.None);
            Read();
        }

        try
        {
            await store.GiveBackAsync(lane, _epoch, CancellationToken.None);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotGivenBack(logger, e, lane);
        }
    }

    private void WakeShares()
    {
        foreach (var share in pacer.Shares)
        {
            share.IsWoken = true;
        }
    }

    private void Inherit(IReadOnlyList<Inherited> inherited)
    {
        _inherited.Clear();
        foreach (var (destination, until) in inherited)
        {
            _inherited[destination] = until;
            _later.Add(until);
        }
    }

    private readonly record struct Report(DueDelivery? Delivery, DeliveryEnd? End, bool IsTick = false);

    [LoggerMessage(LogLevel.Information, "Lane {Lane} waits until {Until}: {Why}")]
    private static partial void LogHeld(ILogger logger, string lane, DateTimeOffset until, string? why);

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} has a newer owner than epoch {Epoch}; this one lets go")]
    private static partial void LogSuperseded(ILogger logger, string lane, long epoch);

    [LoggerMessage(LogLevel.Error, "Lane {Lane} could not ask what is due; next try in {Pause}")]
    private static partial void LogClaimFailed(ILogger logger, Exception e, string lane, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "Delivery {Id} to {Destination} ended in a fault of the program; it is settled before anything is sent again")]
    private static partial void LogThrew(ILogger logger, Exception e, long id, Chat.Destination destination);

    [LoggerMessage(LogLevel.Error, "Lane {Lane} could not give its claims back; the next owner waits for their deadlines")]
    private static partial void LogNotGivenBack(ILogger logger, Exception e, string lane);
}
