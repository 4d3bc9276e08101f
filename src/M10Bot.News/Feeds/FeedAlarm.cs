namespace M10Bot.News.Feeds;

/// <summary>Wakes the poller: a feed was added, or a poll has ended.</summary>
public sealed class FeedAlarm : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    /// <summary>Returns when it rings, at the latest after this time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return;
        }

        using var over = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, over.Token);
        try
        {
            await _bell.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Its time has come.
        }
    }

    public void Dispose() => _bell.Dispose();
}
