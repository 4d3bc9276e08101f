using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>Polls what is due, so many at a time and so many to one host.</summary>
internal sealed partial class FeedPoller(
    FeedStore store, FeedHostStore hosts, FeedPoll poll, FeedAlarm alarm, FeedLateness lateness, IOptions<FeedOptions> options, TimeProvider time, ILogger<FeedPoller> logger) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30); // other replicas may add feeds
    private static readonly TimeSpan Memory = TimeSpan.FromDays(90);

    // Feeds that come due one by one are claimed together.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly FeedOptions _options = options.Value;
    private readonly HostPace _pace = new(options.Value, time);
    private readonly ConcurrentDictionary<long, Task> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.IsPolling)
        {
            return;
        }

        try
        {
            await PollAsync(stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task PollAsync(CancellationToken ct)
    {
        var forgetAt = time.GetUtcNow();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (time.GetUtcNow() >= forgetAt)
                {
                    forgetAt = time.GetUtcNow().AddDays(1);
                    await store.ForgetAsync(time.GetUtcNow() - Memory, ct);
                    await hosts.ForgetAsync(time.GetUtcNow().AddDays(-1), ct);
                }

                await LookAsync(ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogLookFailed(logger, e);
                await alarm.WaitAsync(TimeSpan.FromSeconds(5), time, ct);
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var free = _options.Concurrency - _running.Count;
        if (free <= 0)
        {
            await alarm.WaitAsync(LongestSleep, time, ct);
            return;
        }

        var due = await store.ClaimAsync(free, _options.Timeout * 3, ct);
        var later = new List<(long Feed, TimeSpan Wait)>();
        foreach (var (feed, host) in await TurnsAsync(due, later, ct))
        {
            lateness.Began(time.GetUtcNow() - feed.Next);
            var run = new Task<Task>(() => RunAsync(feed, host, ct)); // noted before it begins, for it may end at once
            _running[feed.Id] = run.Unwrap();
            run.Start(TaskScheduler.Default);
        }

        if (later.Count > 0)
        {
            await store.PutOffAsync(later, ct);
        }

        if (due.Count < free)
        {
            var next = await store.NextDueAsync(ct) - time.GetUtcNow();
            await alarm.WaitAsync(next is null || next > LongestSleep ? LongestSleep : next.Value, time, ct);
            await Task.Delay(Beat, time, ct);
        }
    }

    /// <summary>Those whose host may be asked now.</summary>
    /// <param name="later">Takes the others.</param>
    private async Task<List<(Feed Feed, string Host)>> TurnsAsync(IReadOnlyList<Feed> due, List<(long Feed, TimeSpan Wait)> later, CancellationToken ct)
    {
        var turns = new List<(Feed Feed, string Host)>();
        foreach (var feed in due)
        {
            var host = HostOf(feed);
            if (_pace.Enter(host) is { } wait)
            {
                later.Add((feed.Id, wait));
            }
            else
            {
                turns.Add((feed, host));
            }
        }

        try
        {
            var others = await hosts.TakeAsync([.. turns.Select(t => t.Host).Distinct(StringComparer.Ordinal)], _options.HostSpacing, ct);
            later.AddRange(turns.Where(t => others.ContainsKey(t.Host)).Select(t => (t.Feed.Id, _pace.TurnAway(t.Host, others[t.Host]))));
            turns.RemoveAll(t => others.ContainsKey(t.Host));
            return turns;
        }
        catch
        {
            turns.ForEach(t => _pace.Leave(t.Host)); // their claims run out
            throw;
        }
    }

    private async Task RunAsync(Feed feed, string host, CancellationToken ct)
    {
        try
        {
            await poll.RunAsync(feed, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogPollFailed(logger, e, feed.Id);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the claim runs out, and another takes it.
        }
        finally
        {
            _pace.Leave(host);
            _running.TryRemove(feed.Id, out _);
            alarm.Ring(); // there is a free place, and this feed may be due again before all others
        }
    }

    private static string HostOf(Feed feed) => Uri.TryCreate(feed.Url, UriKind.Absolute, out var address) ? address.Host : "";

    [LoggerMessage(LogLevel.Error, "Feeds: what is due could not be asked; next try in a moment")]
    private static partial void LogLookFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "Feed {Feed} could not be polled; it is taken up again when its claim has run out")]
    private static partial void LogPollFailed(ILogger logger, Exception exception, long feed);
}
