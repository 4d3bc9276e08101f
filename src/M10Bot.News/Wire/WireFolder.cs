using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Wire;

/// <summary>Keeps looking at the wire folder: at every change, when a file has had time to settle, and now and then.</summary>
internal sealed partial class WireFolder(WireScan scan, IOptions<WireOptions> options, TimeProvider time, ILogger<WireFolder> logger) : BackgroundService
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var watcher = Watch();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = options.Value.ScanEvery;
            try
            {
                wait = await scan.LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFolderTrouble(logger, e, scan.Folder, wait);
            }

            timer.Change(wait, Timeout.InfiniteTimeSpan);
            await _wake.Reader.ReadAsync(stoppingToken);
        }
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    // Without a watcher (no folder yet, or the system's limit of watches is reached) the slow look still finds everything.
    private FileSystemWatcher? Watch()
    {
        try
        {
            scan.MakeFolders();
            var watcher = new FileSystemWatcher(scan.Folder);
            watcher.Created += (_, _) => Wake();
            watcher.Changed += (_, _) => Wake();
            watcher.Renamed += (_, _) => Wake();
            watcher.Error += (_, _) => Wake();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            LogUnwatched(logger, e, scan.Folder);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Wire: {Folder} could not be looked at; next try in {Wait}")]
    private static partial void LogFolderTrouble(ILogger logger, Exception exception, string folder, TimeSpan wait);

    [LoggerMessage(LogLevel.Warning, "Wire: {Folder} cannot be watched; it is looked at now and then only")]
    private static partial void LogUnwatched(ILogger logger, Exception exception, string folder);
}
