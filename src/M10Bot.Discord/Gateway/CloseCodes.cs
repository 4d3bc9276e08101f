namespace M10Bot.Discord.Gateway;

/// <summary>How a gateway connection goes on after its end.</summary>
internal enum Next
{
    Resume,
    Identify,

    /// <summary>Trying again can't help; a person must set something right.</summary>
    Stop,
}

/// <param name="Why">In words an admin understands.</param>
internal sealed record GatewayEnd(Next Next, string Why)
{
    /// <summary>The code Discord closed with; null where it gave none.</summary>
    public int? Code { get; init; }

    /// <summary>Waited before the next connection, on top of the back-off.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>True where this program broke a rule of the gateway.</summary>
    public bool IsFault { get; init; }
}

/// <summary>What each close code of Discord's gateway means.</summary>
internal static class CloseCodes
{
    public static GatewayEnd For(int? code) => Meaning(code) with { Code = code };

    private static GatewayEnd Meaning(int? code) => code switch
    {
        4001 => new(Next.Resume, "the gateway did not know an opcode") { IsFault = true },
        4002 => new(Next.Resume, "the gateway could not read a message") { IsFault = true },
        4003 => new(Next.Identify, "the session was no longer valid"),
        4004 => new(Next.Stop, "Discord refuses the bot's token: set a valid Discord:Token and start the bot again"),
        4005 => new(Next.Resume, "the gateway saw a second sign-in") { IsFault = true },
        4007 => new(Next.Identify, "the gateway did not accept where the session stood"),
        4008 => new(Next.Resume, "the gateway received too many messages") { IsFault = true, Pause = TimeSpan.FromSeconds(30) },
        4009 => new(Next.Identify, "the session timed out"),
        4010 => new(Next.Stop, "Discord does not accept Discord:FirstShard, Discord:LastShard or Discord:ShardCount: set them right and start the bot again"),
        4011 => new(Next.Stop, "the bot is in too many servers for one connection: raise Discord:ShardCount, or set it to 0 so that Discord says how many it takes, and start the bot again"),
        4012 => new(Next.Stop, "Discord no longer speaks version 10 of its gateway: update M10Bot"),
        4013 => new(Next.Stop, "Discord does not know the intents that the bot asked for: update M10Bot"),
        4014 => new(Next.Stop, "Discord does not allow the bot the intents that it asked for: look into the bot's page in the developer portal"),
        null => new(Next.Resume, "the connection broke"),
        _ => new(Next.Resume, "the gateway closed the connection"),
    };
}
