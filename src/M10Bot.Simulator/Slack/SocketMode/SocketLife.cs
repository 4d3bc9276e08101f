namespace M10Bot.Simulator.Slack.SocketMode;

/// <summary>A link does not last: a warning, ten seconds later the request to come back, then the end.</summary>
internal static class SocketLife
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(18_060);

    /// <summary>With <c>debug_reconnects=true</c>.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(360);

    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(SlackSocket link, TimeSpan life, SlackCore core)
    {
        if (!await WaitAsync(link, life - Notice, core))
        {
            return;
        }

        link.Send(SocketWords.Disconnect("warning"));
        if (await WaitAsync(link, Notice, core))
        {
            await RefreshAsync(link, core);
        }
    }

    public static async Task RefreshAsync(SlackSocket link, SlackCore core)
    {
        link.Send(SocketWords.Disconnect("refresh_requested"));
        link.Drain();
        if (await WaitAsync(link, Notice, core))
        {
            link.Finish();
        }
    }

    /// <returns>False where the link ended first.</returns>
    private static async Task<bool> WaitAsync(SlackSocket link, TimeSpan time, SlackCore core)
    {
        try
        {
            await Task.Delay(time, core.Time, link.Ended);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
