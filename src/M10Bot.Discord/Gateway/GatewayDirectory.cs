using M10Bot.Discord.Rest;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Gateway;

/// <summary>Asks Discord where its gateway is, how many connections it advises, and how many sign-ins are left for today.</summary>
internal sealed partial class GatewayDirectory(DiscordRest rest, ShardPlan plan, DiscordOptions options, ILogger<GatewayDirectory> logger)
{
    private int _warnedOf;

    /// <summary>Null where Discord can't be asked now.</summary>
    public async Task<GatewayBot?> AskAsync(CancellationToken ct)
    {
        var reply = await rest.SendAsync(RestCall.GetGateway(), ct);
        if (reply is not RestReply.Done done
            || DiscordJson.Read(done.Body, DiscordJson.Wire.GatewayBot) is not { } gateway
            || !Uri.TryCreate(gateway.Url, UriKind.Absolute, out var address)
            || !SafeAddress.MayCarryToken(address))
        {
            LogNoAddress(logger, reply is RestReply.NotNow notNow ? notNow.Why : "no usable answer");
            return null;
        }

        plan.Hear(gateway);
        if (!plan.IsAdvised && gateway.Shards > options.ShardCount && Interlocked.Exchange(ref _warnedOf, gateway.Shards) != gateway.Shards)
        {
            LogShards(logger, gateway.Shards, options.ShardCount);
        }

        return gateway;
    }

    [LoggerMessage(LogLevel.Warning, "Discord's gateway could not be asked for: {Why}")]
    private static partial void LogNoAddress(ILogger logger, string why);

    [LoggerMessage(LogLevel.Warning, "Discord advises {Advised} connections; Discord:ShardCount is {Count}")]
    private static partial void LogShards(ILogger logger, int advised, int count);
}
