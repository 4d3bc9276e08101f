namespace M10Bot.Simulator.Discord;

/// <summary>The simulated rate limits, and how well the bot kept them.</summary>
public sealed class DiscordLimits
{
    private int _violations;
    private int _refused;
    private int _invalid;

    /// <summary>No limit holds; for load tests.</summary>
    public bool Lifted { get; set; }

    /// <summary>Requests per second over all routes but those of interactions.</summary>
    public int GlobalPerSecond { get; set; } = 50;

    /// <summary>Answers of 401, 403 and 429 in ten minutes before the address is shut out.</summary>
    public int InvalidPerTenMinutes { get; set; } = 10_000;

    /// <summary>Headers promise fifty thousand requests until the true limit strikes (discord-api-docs#5646).</summary>
    public bool Misleading { get; set; }

    /// <summary>New sessions in 24 hours; beyond, the token is reset and every session ends.</summary>
    public int IdentifiesPerDay { get; set; } = 1_000;

    /// <summary>Shards that may identify in the same five seconds.</summary>
    public int IdentifyConcurrency { get; set; } = 1;

    /// <summary>Guilds that one shard bears; 4011 beyond.</summary>
    public int GuildsPerShard { get; set; } = 2_500;

    /// <summary>Direct messages opened in a minute; 40003 beyond.</summary>
    public int DirectOpensPerMinute { get; set; } = 30;

    /// <summary>
    /// Lets pass what Discord lets pass against its documentation: user agents of any form (40333 else), and <c>Bot </c> before
    /// the token at the gateway (4004 else).
    /// </summary>
    public bool IsLenient { get; set; }

    /// <summary>Threads of a guild that are open at once; 160006 beyond.</summary>
    public int ActiveThreadsPerGuild { get; set; } = 1_000;

    /// <summary>Requests that came before the time which a 429 had named. A good client has none.</summary>
    public int Violations => _violations;

    /// <summary>Answers of 429 for a limit that was overrun.</summary>
    public int Refused => _refused;

    /// <summary>Answers of 401, 403 and 429 (not shared) since the start.</summary>
    public int InvalidRequests => _invalid;

    internal void CountViolation() => Interlocked.Increment(ref _violations);

    internal void CountRefused() => Interlocked.Increment(ref _refused);

    internal void CountInvalid() => Interlocked.Increment(ref _invalid);
}
