using System.Collections.Concurrent;
using M10Bot.News.Chat;
using M10Bot.News.Ownership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Deliveries;

/// <summary>Runs the lanes that this process owns.</summary>
internal sealed partial class LaneWork(
    LaneStore store,
    LaneRunners runners,
    DeliverySignal signal,
    IEnumerable<IChatPlatform> platforms,
    TimeProvider time,
    IOptions<DeliveryOptions> options,
    ILogger<LaneWork> logger) : KeyWork
{
    // A name per start: one that is used again would let a process take another's lane for its own.
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<string, LaneRunner> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _leaveUntil = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _free = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unserved = new(StringComparer.Ordinal);
    private readonly Dictionary<Platform, IChatPlatform> _platforms = platforms.ToDictionary(p => p.Platform);

    public override string Kind => LaneKey.Kind;

    public override void Wake(string name)
    {
        if (_running.TryGetValue(name, out var runner))
        {
            runner.Wake();
        }
    }

    public override async Task RunAsync(string name, CancellationToken ct)
    {
        if (_leaveUntil.TryGetValue(name, out var until) && until > time.GetUtcNow())
        {
            return;
        }

        if (await store.PlatformOfAsync(name, ct) is not { } of || !_platforms.TryGetValue(of, out var platform))
        {
            if (_unserved.TryAdd(name, true))
            {
                LogUnserved(logger, name);
            }

            return;
        }

        var runner = runners.For(name, platform);
        _running[name] = runner;
        try
        {
            if (await runner.RunAsync(_owner, ct))
            {
                _free[name] = true;
            }
            else
            {
                _leaveUntil[name] = time.GetUtcNow() + platform.RequestTimeout + options.Value.ClaimMargin;
            }
        }
        finally
        {
            _running.TryRemove(name, out _);
        }
    }

    public override void Ended(string name)
    {
        if (_free.TryRemove(name, out _))
        {
            signal.Wake(); // work that came as it ended would otherwise wait for the tick
        }
    }

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} has deliveries, but its platform is switched off; they wait")]
    private static partial void LogUnserved(ILogger logger, string lane);
}

internal static class LaneKey
{
    public const string Kind = "lane";

    public static OwnedKey Of(string lane) => new(Kind, lane);
}
