namespace M10Bot.Discord.Gateway;

/// <summary>How many connections share the servers, and which of them this process sees to.</summary>
internal sealed class ShardPlan(DiscordOptions options)
{
    private TaskCompletionSource _changed = New();
    private int _count = options.ShardCount;
    private int _signInsAtOnce = 1;

    /// <summary>True where Discord decides how many.</summary>
    public bool IsAdvised => options.ShardCount == 0;

    /// <summary>How many sign-ins Discord takes in five seconds.</summary>
    public int SignInsAtOnce => Volatile.Read(ref _signInsAtOnce);

    /// <summary>Empty until their number is known.</summary>
    public IReadOnlyList<Shard> Mine
    {
        get
        {
            var count = Volatile.Read(ref _count);
            var last = Math.Min(options.LastShard ?? count - 1, count - 1);
            return [.. Enumerable.Range(options.FirstShard, Math.Max(0, last - options.FirstShard + 1)).Select(i => new Shard(i, count))];
        }
    }

    /// <summary>Takes what <c>/gateway/bot</c> says. Once decided, the number stays: a connection can't change its share.</summary>
    public void Hear(GatewayBot gateway)
    {
        Volatile.Write(ref _signInsAtOnce, Math.Clamp(gateway.SessionStartLimit?.MaxConcurrency ?? 1, 1, 1_000));
        Interlocked.CompareExchange(ref _count, Math.Clamp(gateway.Shards, 1, 10_000), 0);
    }

    /// <summary>Done when the shards of now are no longer those of the plan.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Discord says that so many connections are too few: where it advises, it is asked anew.</summary>
    /// <returns>False where an admin has set their number.</returns>
    public bool TryOutgrow(int count)
    {
        if (!IsAdvised)
        {
            return false;
        }

        if (Interlocked.CompareExchange(ref _count, 0, count) == count)
        {
            Interlocked.Exchange(ref _changed, New()).SetResult();
        }

        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
