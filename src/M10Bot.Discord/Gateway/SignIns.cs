namespace M10Bot.Discord.Gateway;

/// <summary>Spaces the sign-ins of this process's shards: Discord takes so many in five seconds, told apart by the shard's number.</summary>
internal sealed class SignIns(ShardPlan plan, TimeProvider time)
{
    // Discord's five seconds, and what two connections may differ in setting up.
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5.5);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, TimeSpan> _free = [];

    /// <summary>Waits for the shard's turn.</summary>
    public Task EnterAsync(Shard shard, CancellationToken ct)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetElapsedTime(0);
            var key = shard.Index % plan.SignInsAtOnce;
            var start = _free.GetValueOrDefault(key) is var free && free > now ? free : now;
            _free[key] = start + Spacing;
            wait = start - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, ct) : Task.CompletedTask;
    }
}
