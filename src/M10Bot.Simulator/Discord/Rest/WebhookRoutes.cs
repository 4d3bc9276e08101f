using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>Webhooks of channels: made, listed and removed by the bot; whoever knows the token posts, edits and deletes by them.</summary>
internal sealed class WebhookRoutes(World world, ChannelDoor door, ThreadDesk threads, MessageDesk desk, DiscordLimits limits, Breaches breaches)
{
    private const int MaxPerChannel = 15;

    /// <summary>Of each webhook, by Discord's own word (discord-api-docs#367).</summary>
    public static readonly Budget Budget = new("webhook", 5, TimeSpan.FromSeconds(2));

    private readonly Pace _perChannel = new(30, TimeSpan.FromMinutes(1));
    private readonly HashSet<string> _told404 = new(StringComparer.Ordinal);

    // Documented nowhere, seen everywhere: these routes carry no rate limit headers.
    public IEnumerable<Route> All =>
    [
        new("POST", "channels/{channel}/webhooks", Create),
        new("GET", "channels/{channel}/webhooks", List),
        new("GET", "webhooks/{webhook}", c => Find(c) is { } hook ? Answer.Ok(Shown(hook)) : Answer.UnknownWebhook),
        new("DELETE", "webhooks/{webhook}", Remove),
        new("GET", "webhooks/{webhook}/{token}", c => Enter(c, out var hook) ?? Answer.Ok(WithoutUser(Shown(hook)))) { NeedsBot = false },
        new("DELETE", "webhooks/{webhook}/{token}", RemoveByToken) { NeedsBot = false },
    ];

    private Answer Create(Call call)
    {
        if (Manage(call, out var channel) is { } refused)
        {
            return refused;
        }

        var errors = new FormErrors();
        var fields = new Fields(call.Body, "", errors);
        var name = fields.IsObject ? fields.Text("name", 80, 1, required: true) ?? "" : "";
        if (name.Contains("clyde", StringComparison.OrdinalIgnoreCase) || name.Contains("discord", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("name", "USERNAME_INVALID_CONTAINS", "Username cannot contain \"clyde\" or \"discord\"");
        }

        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (world.Webhooks.Values.Count(w => w.Channel == channel) >= MaxPerChannel)
        {
            return Answer.Error(400, 30007, "Maximum number of webhooks reached (15)");
        }

        return Answer.Ok(Shown(world.AddWebhook(channel, name, isOfApplication: true)));
    }

    private Answer List(Call call) =>
        Manage(call, out var channel) ?? Answer.Ok(new JsonArray([.. world.Webhooks.Values.Where(w => w.Channel == channel).Select(w => (JsonNode)Shown(w))]));

    private Answer Remove(Call call)
    {
        if (Find(call) is not { } hook)
        {
            return Answer.UnknownWebhook;
        }

        if (!door.May(hook.Channel, DiscordPermission.ManageWebhooks))
        {
            return Answer.MissingPermissions;
        }

        world.Webhooks.Remove(hook.Id);
        return Answer.Empty;
    }

    private Answer RemoveByToken(Call call)
    {
        if (Enter(call, out var hook) is { } refused)
        {
            return refused;
        }

        world.Webhooks.Remove(hook.Id);
        return Answer.Empty;
    }

    // By the token nobody is told who made it.
    private static JsonObject WithoutUser(JsonObject hook)
    {
        hook.Remove("user");
        return hook;
    }

    /// <summary>What a webhook of no application may send: with <c>with_components</c> what cannot be pressed, else no components at all.</summary>
    private static MessageForm Allowed(Call call, Webhook hook, MessageForm form, FormErrors errors)
    {
        if (hook.IsOfApplication || form.Components is not { ValueKind: JsonValueKind.Array } components)
        {
            return form;
        }

        if (!call.Asks("with_components"))
        {
            return form with { Components = JsonDocument.Parse("[]").RootElement.Clone() };
        }

        if (components.EnumerateArray().Any(CanBePressed))
        {
            errors.Add("components", "WEBHOOK_COMPONENTS_INTERACTIVE", "Only application-owned webhooks can send interactive components");
        }

        return form;
    }

    private static bool CanBePressed(JsonElement component) =>
        component.Get("custom_id") is not null || (component.Get("components") is { ValueKind: JsonValueKind.Array } inner && inner.EnumerateArray().Any(CanBePressed))
        || (component.Get("accessory") is { } accessory && CanBePressed(accessory));

    /// <summary><c>POST webhooks/{id}/{token}</c>, which interactions' follow-ups share.</summary>
    public Answer Execute(Call call)
    {
        if (Enter(call, out var hook) is { } refused)
        {
            return refused;
        }

        var errors = new FormErrors();
        var form = Allowed(call, hook, MessageForm.Read(call.Body, errors, MessageKind.Webhook, existing: null), errors);
        var fields = new Fields(call.Body, "", errors);
        var threadName = fields.IsObject ? fields.Text("thread_name", 100, 1) : null;
        var name = fields.IsObject ? fields.Text("username", 80, 1) : null;
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (form.IsEmpty)
        {
            return Answer.EmptyMessage;
        }

        if (Place(call, hook, threadName, out var place) is { } misplaced)
        {
            return misplaced;
        }

        if (!limits.Lifted && _perChannel.Wait(hook.Channel.Id, world.Time.GetUtcNow()) is { } wait)
        {
            return Answer.TooMany(wait);
        }

        var author = name is null ? hook.Face : hook.Face with { Name = name };
        var message = threadName is null ? desk.Post(place, form, author: author) : PostInForum(hook, form, threadName, author);
        return call.Asks("wait") ? Answer.Ok(Rendered.Message(message)) : Answer.Empty;
    }

    public Answer Get(Call call) => One(call, out var message) ?? Answer.Ok(Rendered.Message(message));

    public Answer Edit(Call call)
    {
        if (One(call, out var message) is { } refused)
        {
            return refused;
        }

        var errors = new FormErrors();
        var form = Allowed(call, world.Webhooks[call["webhook"]], MessageForm.Read(call.Body, errors, MessageKind.Webhook, message), errors);
        return errors.Any ? Answer.Form(errors)
            : MessageDesk.WouldBeEmpty(message, form) ? Answer.EmptyMessage
            : Answer.Ok(Rendered.Message(desk.Edit(message, form)));
    }

    public Answer Delete(Call call)
    {
        if (One(call, out var message) is { } refused)
        {
            return refused;
        }

        desk.Delete(message);
        return Answer.Empty;
    }

    private StoredMessage PostInForum(Webhook hook, MessageForm form, string name, Person author)
    {
        var thread = threads.Open(id: null, name, hook.Channel, Channel.PublicThread, author, archiveAfter: null);
        var first = desk.Post(thread, form, id: thread.Id, quietly: true, author: author);
        threads.Announce(thread);
        desk.Announce(first);
        return first;
    }

    /// <summary>In a forum exactly one of a thread's id and a new thread's name; elsewhere no name.</summary>
    private Answer? Place(Call call, Webhook hook, string? threadName, out Channel place)
    {
        place = hook.Channel;
        var threadId = call.Query["thread_id"].ToString();
        if (threadId.Length > 0 && threadName is not null)
        {
            return Answer.Error(400, 220002, "Webhooks posted to forum channels cannot have both a thread_name and thread_id");
        }

        if (hook.Channel.IsForum && threadId.Length == 0 && threadName is null)
        {
            return Answer.Error(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id");
        }

        if (!hook.Channel.IsForum && threadName is not null)
        {
            return Answer.Error(400, 220003, "Webhooks can only create threads in forum channels");
        }

        if (threadId.Length == 0)
        {
            return null;
        }

        if (world.Channels.GetValueOrDefault(threadId) is not { Thread: { } life } thread || life.Parent != hook.Channel)
        {
            return Answer.UnknownChannel;
        }

        if (life.Archived && !life.Locked)
        {
            threads.SetArchived(thread, archived: false);
        }

        place = thread;
        return null;
    }

    private Answer? One(Call call, out StoredMessage message)
    {
        message = null!;
        if (Enter(call, out var hook) is { } refused)
        {
            return refused;
        }

        var place = call.Query["thread_id"].ToString() is { Length: > 0 } thread ? world.Channels.GetValueOrDefault(thread) : hook.Channel;
        if (place?.Find(call["message"]) is not { Deleted: false } found || !string.Equals(found.Author.Id, hook.Id, StringComparison.Ordinal))
        {
            return Answer.UnknownMessage;
        }

        message = found;
        return null;
    }

    /// <summary>Whoever goes on calling a webhook that is not there is on the way to a ban.</summary>
    private Answer? Enter(Call call, out Webhook hook)
    {
        hook = world.Webhooks.GetValueOrDefault(call["webhook"])!;
        if (hook is not null && string.Equals(hook.Token, call["token"], StringComparison.Ordinal))
        {
            return null;
        }

        if (!_told404.Add(call["webhook"]))
        {
            breaches.Note($"webhook {call["webhook"]} was used again after it had answered 404");
        }

        return hook is null ? Answer.UnknownWebhook : Answer.Error(401, 50027, "Invalid Webhook Token");
    }

    private Answer? Manage(Call call, out Channel channel) =>
        door.Reach(call, out channel) is { } closed ? closed
        : channel.Guild is null || channel.IsThread ? Answer.WrongChannelType
        : door.May(channel, DiscordPermission.ManageWebhooks) ? null
        : Answer.MissingPermissions;

    private Webhook? Find(Call call) => world.Webhooks.GetValueOrDefault(call["webhook"]);

    private JsonObject Shown(Webhook hook) => new()
    {
        ["id"] = hook.Id,
        ["type"] = 1,
        ["guild_id"] = hook.Channel.Guild!.Id,
        ["channel_id"] = hook.Channel.Id,
        ["user"] = Rendered.User(world.Bot),
        ["name"] = hook.Face.Name,
        ["avatar"] = null,
        ["token"] = hook.Token,
        ["application_id"] = hook.IsOfApplication ? world.Bot.Id : null,
    };
}
