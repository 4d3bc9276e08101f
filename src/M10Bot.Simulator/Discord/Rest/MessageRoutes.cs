using System.Globalization;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>Messages in channels: create, read, edit, delete.</summary>
internal sealed class MessageRoutes(World world, MessageDesk desk)
{
    private const string Many = "channels/{channel}/messages";
    private const string One = "channels/{channel}/messages/{message}";
    private const int EditsOfOld = 3;
    private static readonly TimeSpan OldAge = TimeSpan.FromHours(1);
    private static readonly Budget Write = new("message-write", 5, TimeSpan.FromSeconds(5));
    private static readonly Budget Read = new("message-read", 50, TimeSpan.FromSeconds(1));
    private readonly Dictionary<string, Queue<DateTimeOffset>> _oldEdits = new(StringComparer.Ordinal);

    /// <summary>False: edits of messages older than an hour are not held to three in six seconds.</summary>
    public Func<bool> HoldsOldEdits { get; init; } = () => true;

    public IEnumerable<Route> All =>
    [
        new("POST", Many, Create) { BudgetOf = _ => Write, Major = "channel" },
        new("GET", Many, List) { BudgetOf = _ => Read, Major = "channel" },
        new("GET", One, Get) { BudgetOf = _ => Read, Major = "channel" },
        new("PATCH", One, Edit) { BudgetOf = _ => Write, Major = "channel" },
        new("DELETE", One, Delete) { BudgetOf = DeleteBudget, Major = "channel" },
    ];

    private Answer Create(Call call)
    {
        if (Reach(call, out var channel) is { } closed)
        {
            return closed;
        }

        var errors = new FormErrors();
        var form = MessageForm.Read(call.Body, errors, MessageKind.Plain, existing: null);
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (RefuseSend(channel, form) is { } refused)
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
            : Answer.Ok(Rendered.Message(desk.Post(channel, form)));
    }

    private Answer? RefuseSend(Channel channel, MessageForm form)
    {
        var may = World.PermissionsIn(channel, world.Bot);
        if ((may & DiscordPermission.SendMessages) == 0)
        {
            return Answer.MissingPermissions;
        }

        if (channel.Recipient is { DirectMessagesClosed: true })
        {
            return Answer.Error(403, 50007, "Cannot send messages to this user");
        }

        if (form.IsEmpty)
        {
            return Answer.EmptyMessage;
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
        if (Find(call, out var message) is { } missing)
        {
            return missing;
        }

        if (message.Author != world.Bot)
        {
            return Answer.Error(403, 50005, "Cannot edit a message authored by another user");
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

        if (TooManyOld(message) is { } wait)
        {
            return wait;
        }

        return form.BreaksDiscord
            ? Answer.Error(500, 0, "500: Internal Server Error")
            : Answer.Ok(Rendered.Message(desk.Edit(message, form)));
    }

    private Answer? TooManyOld(StoredMessage message)
    {
        var now = world.Time.GetUtcNow();
        if (!HoldsOldEdits() || now - message.CreatedAt < OldAge)
        {
            return null;
        }

        if (!_oldEdits.TryGetValue(message.Channel.Id, out var edits))
        {
            _oldEdits[message.Channel.Id] = edits = new Queue<DateTimeOffset>();
        }

        while (edits.TryPeek(out var first) && now - first >= TimeSpan.FromSeconds(6))
        {
            edits.Dequeue();
        }

        if (edits.Count < EditsOfOld)
        {
            edits.Enqueue(now);
            return null;
        }

        var retry = (edits.Peek() + TimeSpan.FromSeconds(6) - now).TotalSeconds;
        return new Answer(429, new JsonObject
        {
            ["message"] = "Maximum number of edits to messages older than 1 hour reached. Try again later.",
            ["retry_after"] = Math.Round(retry, 3),
            ["global"] = false,
            ["code"] = 30046,
        }, 30046);
    }

    private Answer Delete(Call call)
    {
        if (Find(call, out var message) is { } missing)
        {
            return missing;
        }

        if (message.Author != world.Bot && (World.PermissionsIn(message.Channel, world.Bot) & DiscordPermission.ManageMessages) == 0)
        {
            return Answer.MissingPermissions;
        }

        desk.Delete(message);
        return Answer.Empty;
    }

    private Answer Get(Call call) =>
        Find(call, out var message) is { } missing ? missing
        : (World.PermissionsIn(message.Channel, world.Bot) & DiscordPermission.ReadMessageHistory) == 0 ? Answer.MissingAccess
        : Answer.Ok(Rendered.Message(message));

    private Answer List(Call call)
    {
        if (Reach(call, out var channel) is { } closed)
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
        return Answer.Ok(new JsonArray([.. page.Reverse().Select(m => (JsonNode)Rendered.Message(m))]));
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

    private Answer? Find(Call call, out StoredMessage message)
    {
        message = null!;
        if (Reach(call, out var channel) is { } closed)
        {
            return closed;
        }

        if (channel.Find(call["message"]) is not { Deleted: false, EphemeralFor: null } found)
        {
            return Answer.UnknownMessage;
        }

        message = found;
        return null;
    }

    private Answer? Reach(Call call, out Channel channel)
    {
        channel = null!;
        if (!Snowflakes.IsOne(call["channel"]))
        {
            return Answer.Form("channel_id", "NUMBER_TYPE_COERCE", $"Value \"{call["channel"]}\" is not snowflake.");
        }

        if (!world.Channels.TryGetValue(call["channel"], out var found))
        {
            return Answer.UnknownChannel;
        }

        channel = found;
        return (World.PermissionsIn(found, world.Bot) & DiscordPermission.ViewChannel) == 0 ? Answer.MissingAccess : null;
    }
}
