using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Gateway;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.State;

/// <summary>Puts messages into channels, changes and removes them, and tells the gateway and the page.</summary>
internal sealed class MessageDesk(World world, GatewayHub hub, PageFeed feed, Breaches breaches)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("[]").RootElement.Clone();

    /// <param name="origin">The interaction it answers, or null.</param>
    /// <param name="privately">Only the person of the interaction sees it.</param>
    /// <param name="id">The thread's, for the first message of a forum's post.</param>
    /// <param name="quietly">It is announced later.</param>
    public StoredMessage Post(
        Channel channel, MessageForm form, MessageOrigin? origin = null, bool privately = false, bool loading = false, string? id = null, bool quietly = false,
        Person? author = null)
    {
        var embeds = author is not null || MayEmbed(channel, origin) ? form.Embeds : null;
        var message = new StoredMessage(id ?? world.Ids.Next(), channel, author ?? world.Bot, world.Time.GetUtcNow())
        {
            Content = form.Content ?? "",
            Embeds = embeds ?? Nothing,
            Components = form.Components ?? Nothing,
            Flags = (form.Flags ?? 0) | (privately ? StoredMessage.Ephemeral : 0) | (loading ? StoredMessage.LoadingFlag : 0),
            Mentions = form.Allowed.In(form.Content ?? "", form.Components ?? Nothing, channel, author ?? world.Bot, world),
            Nonce = form.Nonce,
            ReplyTo = form.ReplyTo,
            EphemeralFor = privately ? origin?.Person : null,
            Origin = origin,
            Loading = loading,
        };
        channel.Add(message);
        NotePings(message, form);
        if (form is { Nonce: { } nonce } && origin is null)
        {
            world.Remember(message, nonce.ToString());
        }

        channel.Thread?.ActiveAt = message.CreatedAt;
        if (!quietly)
        {
            Announce(message);
        }

        return message;
    }

    public void Announce(StoredMessage message) => Tell("MESSAGE_CREATE", "message.create", message);

    /// <summary>It changed by something else than an edit.</summary>
    public void Retell(StoredMessage message) => Tell("MESSAGE_UPDATE", "message.update", message);

    public StoredMessage Edit(StoredMessage message, MessageForm form)
    {
        message.Content = form.Content ?? message.Content;
        message.Components = form.Components ?? message.Components;
        if (form.Embeds is { } embeds && MayEmbed(message.Channel, message.Origin))
        {
            message.Embeds = embeds;
        }

        const long Kept = StoredMessage.Ephemeral | StoredMessage.Crossposted | StoredMessage.HasThread;
        if (form.Flags is { } flags)
        {
            message.Flags = (flags & ~Kept) | (message.Flags & Kept);
        }

        message.Flags &= ~StoredMessage.LoadingFlag;
        message.Mentions = form.Allowed.In(message.Content, message.Components, message.Channel, world.Bot, world);
        NotePings(message, form);
        if (message.Loading)
        {
            message.Loading = false;
        }
        else
        {
            message.EditedAt = world.Time.GetUtcNow();
            message.Edits++;
        }

        Tell("MESSAGE_UPDATE", "message.update", message);
        return message;
    }

    public void Delete(StoredMessage message)
    {
        message.Deleted = true;
        if (message.EphemeralFor is null && IsBotIn(message.Channel))
        {
            hub.Dispatch("MESSAGE_DELETE", message.Channel.Guild, Intent(message.Channel), () => new JsonObject
            {
                ["id"] = message.Id,
                ["channel_id"] = message.Channel.Id,
                ["guild_id"] = message.Channel.Guild?.Id,
            });
        }

        TellPage("message.delete", message);
    }

    /// <summary>Who pings names whom; what is let through by kind, or by saying nothing, is an accident.</summary>
    private void NotePings(StoredMessage message, MessageForm form)
    {
        if (message.Author == world.Bot && message.Mentions.WouldPing.Except(form.Allowed.Named, StringComparer.Ordinal).ToList() is { Count: > 0 } accidents)
        {
            breaches.Note($"message {message.Id} pings {string.Join(", ", accidents)} without naming it in allowed_mentions");
        }
    }

    /// <summary>True where nothing would be left to show.</summary>
    public static bool WouldBeEmpty(StoredMessage message, MessageForm form)
    {
        var content = form.Content ?? message.Content;
        var embeds = form.Embeds ?? message.Embeds;
        var components = form.Components ?? message.Components;
        return content.Length == 0 && embeds.GetArrayLength() == 0 && components.GetArrayLength() == 0;
    }

    public void TellPage(string kind, StoredMessage message)
    {
        if (feed.HasListeners)
        {
            feed.Publish(Wire.Text(new JsonObject
            {
                ["pane"] = "discord",
                ["kind"] = kind,
                ["channel"] = message.Channel.Id,
                ["message"] = Rendered.ForPage(message),
            }));
        }
    }

    private void Tell(string gatewayEvent, string kind, StoredMessage message)
    {
        if (message.EphemeralFor is null && IsBotIn(message.Channel))
        {
            hub.Dispatch(gatewayEvent, message.Channel.Guild, Intent(message.Channel), () => ForBot(message));
        }

        TellPage(kind, message);
    }

    /// <summary>As the bot reads it by a request.</summary>
    public JsonObject Seen(StoredMessage message)
    {
        var json = ForBot(message);
        json.Remove("guild_id");
        return json;
    }

    /// <summary>What others write is blank without the intent for it, except to whom it is said.</summary>
    private JsonObject ForBot(StoredMessage message)
    {
        var json = Rendered.Message(message);
        json["guild_id"] = message.Channel.Guild?.Id;
        if (message.Author != world.Bot && message.Channel.Guild is not null && !message.Mentions.Users.Contains(world.Bot))
        {
            json["content"] = "";
            json["embeds"] = new JsonArray();
            json["components"] = new JsonArray();
        }

        return json;
    }

    private bool IsBotIn(Channel channel) => channel.Guild?.Has(world.Bot) ?? channel.OtherPerson is null;

    private bool MayEmbed(Channel channel, MessageOrigin? origin) =>
        origin is not null || (World.PermissionsIn(channel, world.Bot) & DiscordPermission.EmbedLinks) != 0;

    private static int Intent(Channel channel) => channel.Guild is null ? Intents.DirectMessages : Intents.GuildMessages;
}
