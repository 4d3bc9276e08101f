using System.Globalization;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Discord.State;

/// <summary>The world's things as Discord's JSON objects.</summary>
internal static partial class Rendered
{
    public static JsonObject User(Person person) => new()
    {
        ["id"] = person.Id,
        ["username"] = person.Name,
        ["discriminator"] = "0",
        ["global_name"] = person.Name,
        ["avatar"] = null,
        ["bot"] = person.IsBot,
        ["public_flags"] = 0,
        ["flags"] = 0,
        ["primary_guild"] = null,
    };

    /// <summary>By whose installation the bot is there: "0" the guild's (or its own direct messages), "1" the person's.</summary>
    public static JsonObject Owners(Channel channel, Person person, Person bot)
    {
        var owners = new JsonObject();
        if (channel.Guild is { } guild ? guild.Has(bot) : channel.OtherPerson is null)
        {
            owners["0"] = channel.Guild?.Id ?? "0";
        }

        if (person.HasInstalledBot)
        {
            owners["1"] = person.Id;
        }

        return owners;
    }

    public static JsonObject Message(StoredMessage message)
    {
        var json = Said(message);
        if (message.Author.Role is "webhook")
        {
            json["webhook_id"] = message.Author.Id;
        }

        return json;
    }

    private static JsonObject Said(StoredMessage message)
    {
        var json = new JsonObject
        {
            ["id"] = message.Id,
            ["channel_id"] = message.Channel.Id,
            ["type"] = message.Origin is { Type: 2 } ? 20 : message.ReplyTo is null ? 0 : 19,
            ["content"] = message.Content,
            ["flags"] = message.Flags,
            ["timestamp"] = Time(message.CreatedAt),
            ["edited_timestamp"] = message.EditedAt is { } edited ? Time(edited) : null,
            ["author"] = User(message.Author),
            ["embeds"] = Wire.Node(message.Embeds),
            ["components"] = Wire.Node(message.Components),
            ["attachments"] = new JsonArray(),
            ["mentions"] = new JsonArray([.. message.Mentions.Users.Select(User)]),
            ["mention_roles"] = new JsonArray([.. message.Mentions.Roles.Select(r => JsonValue.Create(r))]),
            ["mention_everyone"] = message.Mentions.Everyone,
            ["pinned"] = false,
            ["tts"] = false,
        };
        if (message.Nonce is { } nonce)
        {
            json["nonce"] = Wire.Node(nonce);
        }

        if (message.ReplyTo is { } target)
        {
            json["message_reference"] = new JsonObject { ["type"] = 0, ["channel_id"] = message.Channel.Id, ["message_id"] = target };
        }

        if (message.Author.IsBot)
        {
            json["application_id"] = World.BotId;
            if (message.Origin is null && message.Author.Role is "webhook")
            {
                json["webhook_id"] = message.Author.Id;
            }
        }

        if (message.Thread is { } thread)
        {
            json["thread"] = Channel(thread);
        }

        if (message.Origin is { } origin)
        {
            json["webhook_id"] = message.Author.Id;
            json["interaction_metadata"] = new JsonObject
            {
                ["id"] = origin.InteractionId,
                ["type"] = origin.Type,
                ["user"] = User(origin.Person),
                ["authorizing_integration_owners"] = Owners(message.Channel, origin.Person, message.Author),
            };
        }

        return json;
    }

    /// <summary>The message with what only the page and the tests may know.</summary>
    public static JsonObject ForPage(StoredMessage message)
    {
        var json = Message(message);
        json["ephemeral_for"] = message.EphemeralFor?.Id;
        json["interaction"] = message.Origin is { } origin ? new JsonObject { ["person"] = origin.Person.Id, ["name"] = origin.Name } : null;
        json["loading"] = message.Loading;
        json["would_ping"] = new JsonArray([.. message.Mentions.WouldPing.Select(w => JsonValue.Create(w))]);
        return json;
    }

    public static JsonObject Role(Guild guild, Role role) => new JsonObject
    {
        ["id"] = role.Id,
        ["name"] = role.Name,
        ["permissions"] = Bits(role.Permissions),
        ["mentionable"] = role.Mentionable,
        ["position"] = guild.Roles.IndexOf(role),
        ["color"] = 0,
        ["hoist"] = false,
        ["managed"] = false,
        ["flags"] = 0,
    }.With(Blanks.OfRole);

    public static JsonObject Member(Member member) => new JsonObject
    {
        ["user"] = User(member.Person),
        ["nick"] = null,
        ["roles"] = new JsonArray([.. member.Roles.Select(r => JsonValue.Create(r))]),
        ["joined_at"] = "2025-01-01T00:00:00.000000+00:00",
        ["deaf"] = false,
        ["mute"] = false,
        ["flags"] = 0,
        ["pending"] = false,
    }.With(Blanks.OfMember);

    public static JsonObject Guild(Guild guild) => new JsonObject
    {
        ["id"] = guild.Id,
        ["name"] = guild.Name,
        ["icon"] = null,
        ["owner_id"] = guild.OwnerId,
        ["preferred_locale"] = "en-US",
        ["features"] = new JsonArray(),
        ["roles"] = new JsonArray([.. guild.Roles.Select(r => (JsonNode)Role(guild, r))]),
        ["emojis"] = new JsonArray(),
        ["verification_level"] = 1,
        ["system_channel_id"] = null,
    }.With(Blanks.OfGuild);

    /// <summary>What GUILD_CREATE carries; of the members only the bot, as without the privileged intents.</summary>
    public static JsonObject GuildCreate(Guild guild, Person bot)
    {
        if (guild.Unavailable)
        {
            return new JsonObject { ["id"] = guild.Id, ["unavailable"] = true };
        }

        var json = Guild(guild);
        json["joined_at"] = "2025-01-01T00:00:00.000000+00:00";
        json["large"] = false;
        json["unavailable"] = false;
        json["member_count"] = guild.Members.Count;
        json["members"] = new JsonArray(Member(guild.Members[bot.Id]));
        json["channels"] = new JsonArray([.. guild.Channels.Select(c => (JsonNode)Channel(c))]);
        json["threads"] = new JsonArray([.. guild.Threads.Where(t => !t.Thread!.Archived).Select(t => (JsonNode)Channel(t))]);
        json["presences"] = new JsonArray();
        json["voice_states"] = new JsonArray();
        return json;
    }

    public static string Bits(ulong permissions) => permissions.ToString(CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
}
