using System.Text.Json;

namespace M10Bot.Discord.Gateway;

internal static class Op
{
    public const int Dispatch = 0;
    public const int Heartbeat = 1;
    public const int Identify = 2;
    public const int Resume = 6;
    public const int Reconnect = 7;
    public const int InvalidSession = 9;
    public const int Hello = 10;
    public const int HeartbeatAck = 11;
}

internal sealed record GatewayMessage(int Op, JsonElement D, long? S, string? T);

internal sealed record GatewayBot(string? Url, int Shards, SessionStartLimit? SessionStartLimit);

/// <param name="ResetAfter">Milliseconds.</param>
internal sealed record SessionStartLimit(int Total, int Remaining, double ResetAfter);

internal sealed record Hello(int HeartbeatInterval);

/// <param name="Token">The raw token, without <c>Bot </c>.</param>
internal sealed record Identify(string Token, int Intents, IdentifyProperties Properties, IReadOnlyList<int> Shard)
{
    public const int Guilds = 1;
}

internal sealed record IdentifyProperties(string Os, string Browser, string Device);

internal sealed record Resume(string Token, string SessionId, long Seq);

internal sealed record Ready(string? SessionId, string? ResumeGatewayUrl, IReadOnlyList<GuildWire>? Guilds, ReadyApplication? Application);

internal sealed record ReadyApplication(string? Id);

/// <param name="Unavailable">On a GUILD_DELETE: true for an outage; else the bot was removed.</param>
/// <param name="Channels">On a GUILD_CREATE: all that the bot sees.</param>
internal sealed record GuildWire(string? Id, bool? Unavailable, IReadOnlyList<GuildChannelWire?>? Channels = null);

internal sealed record GuildChannelWire(string? Id, int Type);
