using System.Globalization;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>Messages in channels: create, read, edit, delete.</summary>
internal sealed class MessageRoutes(World world, MessageDesk desk, ChannelDoor door, ThreadDesk threads, DiscordLimits limits)
{
    private readonly TextFilters _filters = new(world);
    private const string Many = "channels/{channel}/messages";
    private const string One = "channels/{channel}/messages/{message}";
    private static readonly TimeSpan OldAge = TimeSpan.FromHours(1);
    private static readonly Budget Write = new("message-write", 5, TimeSpan.FromSeconds(5));
    private static readonly Budget Publish = new("message-publish", 10, TimeSpan.FromSeconds(5));
    private static readonly Budget Read = new("message-read", 50, TimeSpan.FromSeconds(1));
    private readonly Pace _oldEdits = new(3, TimeSpan.FromSeconds(6));
    private readonly Pace _crossposts = new(10, TimeSpan.FromHours(1));
    private readonly Pace _publishedEdits = new(3, TimeSpan.FromHours(1));

    public IEnumerable<Route> All =>
    [
        new("POST", Many, Create) { BudgetOf = _ => Write, Major = "channel" },
        new("GET", Many, List) { BudgetOf = _ => Read, Major = "channel" },
        new("GET", One, Get) { BudgetOf = _ => Read, Major = "channel" },
        new("PATCH", One, Edit) { BudgetOf = _ => Write, Major = "channel" },
        new("DELETE", One, Delete) { BudgetOf = DeleteBudget, Major = "channel" },
        new("POST", One + "/crosspost", Crosspost) { BudgetOf = _ => Publish, Major = "channel" },
        new("POST", Many + "/bulk-delete", DeleteMany) { BudgetOf = _ => Publish, Major = "channel" },
    ];

    private Answer Create(Call call)
    {
        if (door.Reach(call, out var channel) is { } closed)
        {
            return closed;
        }

        var errors = new FormErrors();
        var form = MessageForm.Read(call.Body, errors, MessageKind.Plain, existing: null);
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (RefuseSend(call, channel, form) is { } refused)
        {
            return refused;
        }

        if (form is { EnforceNonce: true, Nonce: { } nonce } && world.Repeated(world.Bot, nonce.ToString()) is { } earlier)
        {
            earlier.Replays++;
            return earlier.Deleted ? Answer.UnknownMessage : Answer.Ok(Rendered.Message(earlier));
        }

        return form.BreaksDiscord
            ? Answer.Error(500, 0, "500: Internal Server Error")
            : Answer.Ok(Rendered.Message(Post(channel, form)));
    }

    /// <summary>Writing in an archived thread opens it again.</summary>
    private StoredMessage Post(Channel channel, MessageForm form)
    {
        if (channel.Thread is { Archived: true })
        {
            threads.SetArchived(channel, archived: false);
        }

        return desk.Post(channel, form);
    }

    private Answer? RefuseSend(Call call, Channel channel, MessageForm form)
    {
        if (channel.IsForum)
        {
            return Answer.Error(400, 40058, "Cannot send messages in a forum channel");
        }

        var may = World.PermissionsIn(channel, world.Bot);
        if ((may & DiscordPermission.SendMessages) == 0)
        {
            return Answer.MissingPermissions;
        }

        if (channel.Thread is { Locked: true } && (may & DiscordPermission.ManageThreads) == 0)
        {
            return Answer.Error(400, 160005, "Thread is locked");
        }

        if (channel.Recipient is { DirectMessagesClosed: true })
        {
            return Answer.Error(403, 50007, "Cannot send messages to this user");
        }

        if (form.IsEmpty)
        {
            return Answer.EmptyMessage;
        }

        if (_filters.Refuse(channel.Guild, call.Body) is { } filtered)
        {
            return filtered;
        }

        if (form.ReplyTo is { } target)
        {
            if ((may & DiscordPermission.ReadMessageHistory) == 0)
            {
                return Answer.Error(403, 160002, "Cannot reply without permission to read message history");
            }

            if (form.ReplyMustExist && channel.Find(target) is not { Deleted: false })
            {
                return Answer.Form("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message");
            }
        }

        // An embed-only message is refused; beside text the embed is dropped (discord-api-docs#2601).
        return (may & DiscordPermission.EmbedLinks) == 0 && form.IsOnlyEmbeds ? Answer.MissingPermissions : null;
    }

    private Answer Edit(Call call)
    {
        if (door.Find(call, out var message) is { } missing)
        {
            return missing;
        }

        if (message.Author != world.Bot)
        {
            return Answer.Error(403, 50005, "Cannot edit a message authored by another user");
        }

        if (message.Channel.Thread is { Archived: true })
        {
            return Answer.Archived;
        }

        var errors = new FormErrors();
        var form = MessageForm.Read(call.Body, errors, MessageKind.Plain, message);
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (MessageDesk.WouldBeEmpty(message, form))
        {
            return Answer.EmptyMessage;
        }

        if (_filters.Refuse(message.Channel.Guild, call.Body) is { } filtered)
        {
            return filtered;
        }

        if (TooManyEdits(message) is { } wait)
        {
            return wait;
        }

        return form.BreaksDiscord
            ? Answer.Error(500, 0, "500: Internal Server Error")
            : Answer.Ok(Rendered.Message(desk.Edit(message, form)));
    }

    /// <summary>What no header tells: old messages and published ones bear only few edits.</summary>
    private Answer? TooManyEdits(StoredMessage message)
    {
        var now = world.Time.GetUtcNow();
        if (limits.Lifted)
        {
            return null;
        }

        if ((message.Flags & StoredMessage.Crossposted) != 0 && _publishedEdits.Wait(message.Id, now) is { } published)
        {
            return Answer.TooMany(published, 20022, "This message cannot be edited due to announcement rate limits");
        }

        return now - message.CreatedAt >= OldAge && _oldEdits.Wait(message.Channel.Id, now) is { } wait
            ? Answer.TooMany(wait, 30046, "Maximum number of edits to messages older than 1 hour reached. Try again later.")
            : null;
    }

    private Answer Crosspost(Call call)
    {
        if (door.Find(call, out var message) is { } missing)
        {
            return missing;
        }

        if (message.Channel.Type != Channel.Announcement)
        {
            return Answer.WrongChannelType;
        }

        var needed = message.Author == world.Bot ? DiscordPermission.SendMessages : DiscordPermission.SendMessages | DiscordPermission.ManageMessages;
        if (!door.May(message.Channel, needed))
        {
            return Answer.MissingPermissions;
        }

        if ((message.Flags & StoredMessage.Crossposted) != 0)
        {
            return Answer.Error(400, 40033, "This message has already been crossposted");
        }

        if (!limits.Lifted && _crossposts.Wait(message.Channel.Id, world.Time.GetUtcNow()) is { } wait)
        {
            return Answer.TooMany(wait);
        }

        message.Flags |= StoredMessage.Crossposted;
        desk.Retell(message);
        return Answer.Ok(Rendered.Message(message));
    }

    private Answer Delete(Call call)
    {
        if (door.Find(call, out var message) is { } missing)
        {
            return missing;
        }

        if (message.Author != world.Bot && (World.PermissionsIn(message.Channel, world.Bot) & DiscordPermission.ManageMessages) == 0)
        {
            return Answer.MissingPermissions;
        }

        if (message.Channel.Thread is { Archived: true, Locked: true } && !door.May(message.Channel, DiscordPermission.ManageThreads))
        {
            return Answer.Archived;
        }

        desk.Delete(message);
        return Answer.Empty;
    }

    private Answer DeleteMany(Call call)
    {
        if (door.Reach(call, out var channel) is { } closed)
        {
            return closed;
        }

        if (channel.Guild is null)
        {
            return Answer.WrongChannelType;
        }

        if (!door.May(channel, DiscordPermission.ManageMessages))
        {
            return Answer.MissingPermissions;
        }

        var errors = new FormErrors();
        var fields = new Fields(call.Body, "", errors);
        var ids = fields.IsObject ? (fields.List("messages", int.MaxValue, required: true) ?? []).Select(m => m.ToString()).ToList() : [];
        if (ids.Distinct(StringComparer.Ordinal).Count() != ids.Count)
        {
            fields.Wrong("messages", "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value");
        }

        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (ids.Count is < 2 or > 100)
        {
            return Answer.Error(400, 50016, "Provided too few or too many messages to delete. Must provide at least 2 and fewer than or equal to 100 messages to delete");
        }

        var oldest = world.Time.GetUtcNow() - TimeSpan.FromDays(14);
        var found = ids.Select(channel.Find).OfType<StoredMessage>().Where(m => m is { Deleted: false, EphemeralFor: null }).ToList();
        if (found.Exists(m => m.CreatedAt < oldest))
        {
            return Answer.Error(400, 50034, "You can only bulk delete messages that are under 14 days old");
        }

        found.ForEach(desk.Delete);
        return Answer.Empty;
    }

    private Answer Get(Call call) =>
        door.Find(call, out var message) is { } missing ? missing
        : (World.PermissionsIn(message.Channel, world.Bot) & DiscordPermission.ReadMessageHistory) == 0 ? Answer.MissingAccess
        : Answer.Ok(desk.Seen(message));

    private Answer List(Call call)
    {
        if (door.Reach(call, out var channel) is { } closed)
        {
            return closed;
        }

        var limitText = call.Query["limit"].ToString();
        var limit = 50;
        if (limitText.Length > 0 && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > 100))
        {
            return Answer.Form("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.");
        }

        if ((World.PermissionsIn(channel, world.Bot) & DiscordPermission.ReadMessageHistory) == 0)
        {
            return Answer.Ok(new JsonArray());
        }

        var before = call.Query["before"].ToString();
        var after = call.Query["after"].ToString();
        var seen = channel.Messages.Where(m => m is { Deleted: false, EphemeralFor: null });
        if (before.Length > 0)
        {
            seen = seen.Where(m => Snowflakes.Number(m.Id) < Snowflakes.Number(before));
        }

        // With `after` the oldest that fit are taken, else the newest; both come newest first.
        var page = after.Length > 0
            ? seen.Where(m => Snowflakes.Number(m.Id) > Snowflakes.Number(after)).Take(limit)
            : seen.TakeLast(limit);
        return Answer.Ok(new JsonArray([.. page.Reverse().Select(m => (JsonNode)desk.Seen(m))]));
    }

    /// <summary>Discord paces deletes by the message's age (discord-api-docs#8330).</summary>
    private Budget DeleteBudget(Call call)
    {
        lock (world.Gate)
        {
            var message = world.Channels.GetValueOrDefault(call["channel"])?.Find(call["message"]);
            var age = message is null ? TimeSpan.Zero : world.Time.GetUtcNow() - message.CreatedAt;
            return age < TimeSpan.FromSeconds(10) ? new Budget("delete-new", 5, TimeSpan.FromSeconds(1))
                : age < TimeSpan.FromDays(14) ? new Budget("delete", 3, TimeSpan.FromSeconds(0.333))
                : new Budget("delete-old", 30, TimeSpan.FromSeconds(4));
        }
    }
}
