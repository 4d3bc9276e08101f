using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Discord.State;

/// <summary>Channels of all kinds as Discord's JSON objects.</summary>
internal static partial class Rendered
{
    private const int RequireTag = 1 << 4;

    public static JsonObject Channel(Channel channel)
    {
        var json = new JsonObject
        {
            ["id"] = channel.Id,
            ["type"] = channel.Type,
            ["flags"] = channel.Forums is { RequiresTag: true } ? RequireTag : 0,
            ["last_message_id"] = channel.Messages.LastOrDefault(m => m is { Deleted: false, EphemeralFor: null })?.Id,
        };
        if (channel.Guild is not { } guild)
        {
            json["recipients"] = new JsonArray(User(channel.Recipient!));
            return json;
        }

        json["guild_id"] = guild.Id;
        json["name"] = channel.Name;
        json["rate_limit_per_user"] = 0;
        if (channel.Thread is { } thread)
        {
            AddThread(json, channel, thread);
            return json;
        }

        json["position"] = guild.Channels.IndexOf(channel);
        json["permission_overwrites"] = new JsonArray([.. channel.Overwrites.Select(o => (JsonNode)new JsonObject
        {
            ["id"] = o.Key,
            ["type"] = guild.Roles.Exists(r => string.Equals(r.Id, o.Key, StringComparison.Ordinal)) ? 0 : 1,
            ["allow"] = Bits(o.Value.Allow),
            ["deny"] = Bits(o.Value.Deny),
        })]);
        json["topic"] = channel.Topic;
        json["nsfw"] = false;
        json["parent_id"] = null;
        if (channel.Forums is { } forum)
        {
            json["available_tags"] = new JsonArray([.. forum.Tags.Select(t => (JsonNode)new JsonObject
            {
                ["id"] = t.Id,
                ["name"] = t.Name,
                ["moderated"] = t.Moderated,
                ["emoji_id"] = null,
                ["emoji_name"] = null,
            })]);
            json["default_reaction_emoji"] = null;
            json["default_sort_order"] = null;
            json["default_forum_layout"] = 0;
        }

        return json;
    }

    /// <summary>A channel as it stands in an interaction's <c>resolved</c>.</summary>
    public static JsonObject ResolvedChannel(Channel channel, Person person, Person bot)
    {
        var json = Channel(channel);
        json.Remove("permission_overwrites");
        json["permissions"] = Bits(World.PermissionsIn(channel, person));
        json["app_permissions"] = Bits(World.PermissionsIn(channel, bot));
        return json;
    }

    private static void AddThread(JsonObject json, Channel channel, ThreadLife thread)
    {
        var count = channel.Messages.Count(m => !m.Deleted && !string.Equals(m.Id, channel.Id, StringComparison.Ordinal)); // the first one is not counted
        json["parent_id"] = thread.Parent.Id;
        json["owner_id"] = thread.Owner.Id;
        json["message_count"] = count;
        json["total_message_sent"] = count;
        json["member_count"] = 1;
        json["thread_metadata"] = new JsonObject
        {
            ["archived"] = thread.Archived,
            ["locked"] = thread.Locked,
            ["auto_archive_duration"] = thread.ArchiveAfterMinutes,
            ["archive_timestamp"] = Time(thread.ArchiveChangedAt),
            ["create_timestamp"] = Time(thread.CreatedAt),
        };
        if (channel.Type == State.Channel.PrivateThread)
        {
            json["thread_metadata"]!["invitable"] = true;
        }

        if (thread.Parent.IsForum)
        {
            json["applied_tags"] = new JsonArray([.. thread.Tags.Select(t => JsonValue.Create(t))]);
        }
    }
}
