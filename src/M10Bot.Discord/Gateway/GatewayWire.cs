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

/// <summary>A message from the gateway, opened no further than to its parts: a server's arrival is large, and little of it is wanted.</summary>
/// <param name="D">The JSON of its content; good until the next message is read.</param>
internal readonly record struct GatewayMessage(int Op, ReadOnlyMemory<byte> D, long? S, string? T)
{
    public static bool TryRead(ReadOnlyMemory<byte> body, out GatewayMessage message)
    {
        message = default;
        var reader = new Utf8JsonReader(body.Span);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            int? op = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("op"u8))
                {
                    op = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
                }
                else if (reader.ValueTextEquals("s"u8))
                {
                    message = message with { S = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var sequence) ? sequence : null };
                }
                else if (reader.ValueTextEquals("t"u8))
                {
                    message = message with { T = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null };
                }
                else if (reader.ValueTextEquals("d"u8))
                {
                    reader.Read();
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    message = message with { D = body[start..(int)reader.BytesConsumed] };
                    continue;
                }

                reader.Skip();
            }

            message = message with { Op = op ?? -1 };
            return op is not null && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

internal sealed record GatewayBot(string? Url, int Shards, SessionStartLimit? SessionStartLimit);

/// <param name="ResetAfter">Milliseconds.</param>
/// <param name="MaxConcurrency">Sign-ins in five seconds.</param>
internal sealed record SessionStartLimit(int Total, int Remaining, double ResetAfter, int? MaxConcurrency);

internal sealed record Hello(int HeartbeatInterval);

/// <param name="Token">The raw token, without <c>Bot </c>.</param>
internal sealed record Identify(string Token, int Intents, IdentifyProperties Properties, IReadOnlyList<int> Shard)
{
    public const int Guilds = 1;
}

internal sealed record IdentifyProperties(string Os, string Browser, string Device);

internal sealed record Resume(string Token, string SessionId, long Seq);

/// <param name="Guilds">All that this connection has a share in, whether they have an outage or not.</param>
/// <param name="Shard">Its index and their count.</param>
internal sealed record Ready(string? SessionId, string? ResumeGatewayUrl, IReadOnlyList<GuildWire?>? Guilds, ReadyApplication? Application, IReadOnlyList<int>? Shard = null);

internal sealed record ReadyApplication(string? Id);

/// <param name="Unavailable">On a GUILD_DELETE: true for an outage; else the bot was removed.</param>
internal sealed record GuildWire(string? Id, bool? Unavailable);

internal sealed record GuildChannelWire(string? Id, string? GuildId, int Type);

internal sealed record GuildRoleWire(string? GuildId);
