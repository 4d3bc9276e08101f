using M10Bot.Discord.Interactions;
using M10Bot.Discord.Places;
using M10Bot.Discord.Rest;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Gateway;

/// <summary>Takes what the gateway tells. Never waits: the heartbeat hangs on the same reader.</summary>
internal sealed partial class GatewayEvents(GuildBook guilds, ApplicationId application, InteractionQueue interactions, RegistrationQueue registrations, ILogger<GatewayEvents> logger)
{
    public void Take(GatewayMessage message, GatewaySession session)
    {
        switch (message.T)
        {
            case "READY":
                SignedIn(message, session);
                break;
            case "RESUMED":
                session.Stands?.Invoke();
                break;
            case "GUILD_CREATE":
                if (GuildArrival.TryRead(message.D.Span, guilds, out var came, out var isAway))
                {
                    Arrived(came, isAway);
                }

                break;
            case "GUILD_DELETE":
                if (Guild(message) is { Id: { } gone } guild)
                {
                    Departed(gone, isOutage: guild.Unavailable == true);
                }

                break;
            case "CHANNEL_CREATE" or "CHANNEL_UPDATE" or "CHANNEL_DELETE" or "THREAD_DELETE":
                Changed(message);
                break;
            case "GUILD_ROLE_UPDATE" or "GUILD_ROLE_DELETE":
                if (DiscordJson.Read(message.D.Span, DiscordJson.Wire.GuildRoleWire) is { GuildId: { } ruled } && Snowflake.IsValid(ruled))
                {
                    guilds.Heard?.Invoke(new PlaceNews.RolesChanged(ruled));
                }

                break;
            case "INTERACTION_CREATE":
                if (DiscordJson.Read(message.D.Span, DiscordJson.Wire.InteractionWire) is not { } interaction || !interactions.TryAdd(interaction))
                {
                    LogInteractionLost(logger);
                }

                break;
            default:
                break;
        }

        // Only now: a resume from here on need not bring it again.
        if (message.S is { } sequence)
        {
            session.Saw(sequence);
        }
    }

    private void Changed(GatewayMessage message)
    {
        if (DiscordJson.Read(message.D.Span, DiscordJson.Wire.GuildChannelWire) is not { } channel || !Snowflake.TryParse(channel.Id, out var id))
        {
            return;
        }

        var isGone = message.T is "CHANNEL_DELETE" or "THREAD_DELETE";
        guilds.Told(id, isGone ? ChannelKind.Text : ChannelKinds.KindOf(channel.Type));
        if (message.T is not "CHANNEL_CREATE" && Snowflake.IsValid(channel.GuildId))
        {
            guilds.Heard?.Invoke(isGone ? new PlaceNews.Gone(channel.GuildId!, channel.Id!) : new PlaceNews.Changed(channel.GuildId!, channel.Id!));
        }
    }

    private static GuildWire? Guild(GatewayMessage message) =>
        DiscordJson.Read(message.D.Span, DiscordJson.Wire.GuildWire) is { } guild && Snowflake.IsValid(guild.Id) ? guild : null;

    private void SignedIn(GatewayMessage message, GatewaySession session)
    {
        if (DiscordJson.Read(message.D.Span, DiscordJson.Wire.Ready) is not { SessionId: { } id } ready)
        {
            return;
        }

        var resume = Uri.TryCreate(ready.ResumeGatewayUrl, UriKind.Absolute, out var address) && SafeAddress.MayCarryToken(address) ? address : null;
        session.Began(id, resume);
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var guild in ready.Guilds ?? [])
        {
            if (Snowflake.IsValid(guild?.Id))
            {
                guilds.Away(guild!.Id!);
                there.Add(guild.Id!);
            }
        }

        if (ready is { Guilds: not null, Shard: [var index, var count] } && index >= 0 && index < count)
        {
            guilds.Heard?.Invoke(new PlaceNews.SignedIn(new Shard(index, count), there));
        }

        if (Snowflake.IsValid(ready.Application?.Id))
        {
            application.Learn(ready.Application!.Id!);
        }

        LogSignedIn(logger, ready.Guilds?.Count ?? 0);
        session.Stands?.Invoke();
        registrations.SignedIn();
    }

    private void Arrived(string guild, bool isAway)
    {
        if (isAway)
        {
            guilds.Away(guild);
            return;
        }

        if (guilds.Came(guild))
        {
            LogInvited(logger, guild);
        }

        registrations.Arrived(guild);
    }

    private void Departed(string guild, bool isOutage)
    {
        if (isOutage)
        {
            guilds.Away(guild);
            LogOutage(logger, guild);
        }
        else
        {
            guilds.Left(guild);
            LogRemoved(logger, guild);
        }
    }

    [LoggerMessage(LogLevel.Information, "Signed in to Discord; servers: {Count}")]
    private static partial void LogSignedIn(ILogger logger, int count);

    [LoggerMessage(LogLevel.Information, "Invited to server {Guild}")]
    private static partial void LogInvited(ILogger logger, string guild);

    [LoggerMessage(LogLevel.Warning, "Server {Guild} has an outage at Discord; its subscriptions stay")]
    private static partial void LogOutage(ILogger logger, string guild);

    [LoggerMessage(LogLevel.Warning, "Removed from server {Guild}; nothing more is sent there")]
    private static partial void LogRemoved(ILogger logger, string guild);

    [LoggerMessage(LogLevel.Warning, "An interaction could not be taken: unreadable, or too many at once")]
    private static partial void LogInteractionLost(ILogger logger);
}
