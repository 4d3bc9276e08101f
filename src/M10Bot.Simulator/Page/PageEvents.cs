using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Simulator.Page;

/// <summary>The live feed of an open page, as server-sent events.</summary>
internal static class PageEvents
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <remarks>Ends with the program too: an open page must not hold up its stop.</remarks>
    public static async Task ServeAsync(HttpContext http, PageFeed feed)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        http.Response.ContentType = "text/event-stream; charset=utf-8";

        await using var events = feed.ListenAsync(end.Token).GetAsyncEnumerator(end.Token);
        var next = events.MoveNextAsync().AsTask(); // listens from here on, so that nothing falls between this and the page's first look
        try
        {
            await WriteAsync(http.Response, "retry: 1000\n\n", end.Token);
            using var pulse = new PeriodicTimer(KeepAlive, TimeProvider.System); // browsers' time, whatever the simulated time is
            var tick = pulse.WaitForNextTickAsync(end.Token).AsTask();
            while (true)
            {
                if (await Task.WhenAny(next, tick) == tick)
                {
                    await tick;
                    await WriteAsync(http.Response, ": still here\n\n", end.Token);
                    tick = pulse.WaitForNextTickAsync(end.Token).AsTask();
                }
                else if (await next)
                {
                    await WriteAsync(http.Response, $"data: {events.Current.ReplaceLineEndings("\ndata: ")}\n\n", end.Token);
                    next = events.MoveNextAsync().AsTask();
                }
                else
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the page was closed, or the program stops
        }
        finally
        {
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken ct)
    {
        await response.WriteAsync(text, ct);
        await response.Body.FlushAsync(ct);
    }
}
