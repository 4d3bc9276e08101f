using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord;

/// <summary>Finds out which permission the bot lacks in a channel. Asked for where Discord has refused something, or tells that the channel changed.</summary>
internal sealed class MissingPermissions(DiscordRest rest)
{
    private const int MissingAccess = 50001;
    private string? _self;

    /// <summary>What is missing; none where it can't be told, or where nothing is.</summary>
    public async Task<Permission> InAsync(string guild, string channel, CancellationToken ct)
    {
        if (!Snowflake.IsValid(guild))
        {
            return Permission.None;
        }

        var reply = await rest.SendAsync(RestCall.GetChannel(channel), ct);
        if (reply is RestReply.Failed { Error.Code: MissingAccess })
        {
            return Permission.ViewChannel;
        }

        if (Read(reply, DiscordJson.Wire.ChannelWire) is not { } place
            || await OfParentAsync(place, ct) is not { } overwrites
            || await SelfAsync(ct) is not { } self
            || Read(await rest.SendAsync(RestCall.GetMember(guild, self), ct), DiscordJson.Wire.GuildMemberWire) is not { } member
            || Read(await rest.SendAsync(RestCall.GetRoles(guild), ct), DiscordJson.Wire.RoleWireArray) is not { } roles)
        {
            return Permission.None;
        }

        return Permissions.Lacking(Permissions.Effective(guild, self, [.. member.Roles ?? []], roles.Where(r => r is not null), overwrites), place.Type);
    }

    /// <summary>What an admin is told of it.</summary>
    public static PostOutcome.Refused Refusal(Permission missing)
    {
        var names = Permissions.NamesOf(missing);
        return new PostOutcome.Refused($"The bot lacks the permission {names} in the channel.", $"Give it to the bot there: Edit Channel, Permissions, M10Bot, {names}.");
    }

    // A thread has no exceptions of its own; its parent's count.
    private async Task<IReadOnlyCollection<OverwriteWire>?> OfParentAsync(ChannelWire place, CancellationToken ct)
    {
        if (!place.IsThread)
        {
            return place.PermissionOverwrites ?? [];
        }

        return Snowflake.IsValid(place.ParentId) && Read(await rest.SendAsync(RestCall.GetChannel(place.ParentId!), ct), DiscordJson.Wire.ChannelWire) is { } parent
            ? parent.PermissionOverwrites ?? []
            : null;
    }

    private async Task<string?> SelfAsync(CancellationToken ct)
    {
        _self ??= Read(await rest.SendAsync(RestCall.GetSelf(), ct), DiscordJson.Wire.SelfWire) is { Id: { } id } && Snowflake.IsValid(id) ? id : null;
        return _self;
    }

    private static T? Read<T>(RestReply reply, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class => reply is RestReply.Done done ? DiscordJson.Read(done.Body, type) : null;
}
