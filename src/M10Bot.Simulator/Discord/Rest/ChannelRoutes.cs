using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Gateway;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>A channel itself: look at it, change it, remove it, type in it.</summary>
internal sealed class ChannelRoutes(World world, GatewayHub hub, ChannelDoor door, ThreadDesk threads, ThreadRoutes tags)
{
    private const string One = "channels/{channel}";
    private static readonly Budget Reads = new("places", 50, TimeSpan.FromSeconds(1));
    private static readonly Budget Changes = new("channel-change", 10, TimeSpan.FromSeconds(15));
    private static readonly TimeSpan RenameWindow = TimeSpan.FromMinutes(10);
    private readonly Pace _renames = new(2, RenameWindow);

    public IEnumerable<Route> All =>
    [
        new("GET", One, c => door.Reach(c, out var channel) ?? Answer.Ok(Rendered.Channel(channel))) { BudgetOf = _ => Reads, Major = "channel" },
        new("PATCH", One, Change) { BudgetOf = _ => Changes, Major = "channel" },
        new("DELETE", One, Delete) { BudgetOf = _ => Changes, Major = "channel" },
        new("POST", "channels/{channel}/typing", Type) { BudgetOf = _ => Reads, Major = "channel" },
    ];

    private Answer Change(Call call)
    {
        if (door.Reach(call, out var channel) is { } closed)
        {
            return closed;
        }

        return channel.Guild is null ? Answer.WrongChannelType
            : channel.IsThread ? ChangeThread(call, channel)
            : ChangeChannel(call, channel);
    }

    private Answer ChangeChannel(Call call, Channel channel)
    {
        if (!door.May(channel, DiscordPermission.ManageChannels))
        {
            return Answer.MissingPermissions;
        }

        var errors = new FormErrors();
        var fields = new Fields(call.Body, "", errors);
        var name = fields.IsObject ? fields.Text("name", 100, 1) : null;
        var topic = fields.IsObject ? fields.Text("topic", channel.IsForum ? 4096 : 1024) : null;
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        // Undocumented: names and topics change twice in ten minutes, whatever the headers say (discord-api-docs#1900).
        if ((name ?? topic) is not null && _renames.Wait(channel.Id, world.Time.GetUtcNow()) is { } wait)
        {
            return Answer.TooMany(wait);
        }

        channel.Name = name ?? channel.Name;
        channel.Topic = topic ?? channel.Topic;
        hub.Dispatch("CHANNEL_UPDATE", channel.Guild, Intents.Guilds, () => Rendered.Channel(channel));
        threads.TellPage("channel.update", channel);
        return Answer.Ok(Rendered.Channel(channel));
    }

    private Answer ChangeThread(Call call, Channel thread)
    {
        var state = thread.Thread!;
        var errors = new FormErrors();
        var fields = new Fields(call.Body, "", errors);
        if (!fields.IsObject)
        {
            return Answer.Form(errors);
        }

        var archived = fields.Truth("archived");
        var locked = fields.Truth("locked");
        var name = fields.Text("name", 100, 1);
        var minutes = ThreadForm.ReadDuration(fields);
        var applied = fields.List("applied_tags", 5)?.Select(t => t.ToString()).ToList();
        var refusal = applied is null || !state.Parent.IsForum ? null : tags.RefuseTags(applied, state.Parent, errors);
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        var onlyOpens = archived == false && locked is null && name is null && minutes is null && applied is null;
        if (RefuseChange(thread, archived, locked, onlyOpens) is { } refused)
        {
            return refused;
        }

        if (refusal is not null)
        {
            return refusal;
        }

        if (name is not null && _renames.Wait(thread.Id, world.Time.GetUtcNow()) is { } wait)
        {
            return Answer.TooMany(wait);
        }

        thread.Name = name?.Trim() ?? thread.Name;
        state.ArchiveAfterMinutes = minutes ?? state.ArchiveAfterMinutes;
        state.Tags = applied ?? state.Tags;
        threads.SetArchived(thread, archived ?? state.Archived, locked);
        return Answer.Ok(Rendered.Channel(thread));
    }

    /// <summary>Unarchiving needs the right to write there; all else the right to manage, or to have opened it.</summary>
    private Answer? RefuseChange(Channel thread, bool? archived, bool? locked, bool onlyOpens)
    {
        var state = thread.Thread!;
        var manages = door.May(thread, DiscordPermission.ManageThreads);
        if (state.Locked && !manages)
        {
            return Answer.MissingPermissions;
        }

        if (onlyOpens)
        {
            return door.May(thread, DiscordPermission.SendMessages) ? null : Answer.MissingPermissions;
        }

        if (state.Archived && archived != false)
        {
            return Answer.Archived;
        }

        return manages || (state.Owner == world.Bot && locked is null) ? null : Answer.MissingPermissions;
    }

    private Answer Delete(Call call)
    {
        if (door.Reach(call, out var channel) is { } closed)
        {
            return closed;
        }

        var json = Rendered.Channel(channel);
        if (channel.IsThread)
        {
            if (!door.May(channel, DiscordPermission.ManageThreads))
            {
                return Answer.MissingPermissions;
            }

            threads.Remove(channel);
        }
        else if (channel.Guild is { } guild)
        {
            if (!door.May(channel, DiscordPermission.ManageChannels))
            {
                return Answer.MissingPermissions;
            }

            world.Channels.Remove(channel.Id);
            guild.Channels.Remove(channel);
            hub.Dispatch("CHANNEL_DELETE", guild, Intents.Guilds, () => (JsonObject)json.DeepClone());
        }

        return Answer.Ok(json);
    }

    private Answer Type(Call call) =>
        door.Reach(call, out var channel) is { } closed ? closed
        : door.May(channel, DiscordPermission.SendMessages) ? Answer.Empty
        : Answer.MissingPermissions;
}
