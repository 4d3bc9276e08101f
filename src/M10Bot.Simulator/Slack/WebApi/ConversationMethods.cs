using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>conversations.info, list, members, open, join and users.conversations.</summary>
internal static class ConversationMethods
{
    private const int MostPerPage = 999;

    public static SlackAnswer Describe(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            return call.FindChannel(out var channel)
                ?? call.LacksRead(channel, "read")
                ?? SlackAnswer.Yes(new JsonObject { ["channel"] = ToJson(call, channel, call.Args.Flag("include_num_members")) });
        }
    }

    public static SlackAnswer List(SlackCall call) => List(call, own: false);

    public static SlackAnswer ListOwn(SlackCall call) => List(call, own: true);

    public static SlackAnswer Members(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            if ((call.FindChannel(out var channel) ?? call.LacksRead(channel, "read")) is { } no)
            {
                return no;
            }

            if (Paging.Cut(call, channel.Members, m => m, MostPerPage, out var page, out var next) is { } wrong)
            {
                return wrong;
            }

            return SlackAnswer.Yes(new JsonObject
            {
                ["members"] = new JsonArray([.. page.Select(m => JsonValue.Create(m))]),
                ["response_metadata"] = Paging.Metadata(next),
            });
        }
    }

    public static SlackAnswer Open(SlackCall call)
    {
        lock (call.Team.Gate)
        {
            if (call.Args.Text("channel") is not null)
            {
                return call.FindChannel(out var known) ?? SlackAnswer.Yes(new JsonObject { ["channel"] = new JsonObject { ["id"] = known.Id } });
            }

            var users = (call.Args.Text("users") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (users.Length == 0)
            {
                return SlackAnswer.No("users_list_not_supplied");
            }

            if (users.Length > 1)
            {
                return users.Length > 8 ? SlackAnswer.No("too_many_users") : call.Lacks("mpim:write") ?? SlackAnswer.No("method_not_supported_for_channel_type");
            }

            if (call.Team.Person(users[0]) is not { IsBot: false } person)
            {
                return SlackAnswer.No("user_not_found");
            }

            return person.IsDeleted
                ? SlackAnswer.No("user_disabled")
                : SlackAnswer.Yes(new JsonObject { ["channel"] = new JsonObject { ["id"] = call.Team.Direct(person).Id } });
        }
    }

    public static SlackAnswer Join(SlackCall call)
    {
        SlackChannel channel;
        lock (call.Team.Gate)
        {
            if (call.FindChannel(out channel) is { } no)
            {
                return no;
            }

            if (channel.Kind != SlackChannelKind.Public)
            {
                return SlackAnswer.No("method_not_supported_for_channel_type");
            }

            if (channel.IsArchived)
            {
                return SlackAnswer.No("is_archived");
            }

            var answer = SlackAnswer.Yes(new JsonObject { ["channel"] = ToJson(call, channel, withCount: false) });
            if (call.Team.BotIsIn(channel))
            {
                return answer.Warn("already_in_channel");
            }

            channel.Members.Add(call.Team.BotUser);
        }

        call.Core.Events.RaiseMembership(call.Team, channel, "member_joined_channel", call.Team.BotUser, inviter: null);
        return SlackAnswer.Yes(new JsonObject { ["channel"] = ToJson(call, channel, withCount: false) });
    }

    private static SlackAnswer List(SlackCall call, bool own)
    {
        var types = (call.Args.Text("types") ?? "public_channel").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (types.FirstOrDefault(t => t is not ("public_channel" or "private_channel" or "mpim" or "im")) is not null)
        {
            return SlackAnswer.No("invalid_types");
        }

        foreach (var type in types)
        {
            var scope = type switch { "public_channel" => "channels:read", "private_channel" => "groups:read", "im" => "im:read", _ => "mpim:read" };
            if (call.Lacks(scope) is { } lacking)
            {
                return lacking;
            }
        }

        lock (call.Team.Gate)
        {
            var hideArchived = call.Args.Flag("exclude_archived");
            var found = call.Team.Channels
                .Where(c => types.Contains(TypeOf(c)) && call.Team.BotSees(c) && !(hideArchived && c.IsArchived) && (!own || call.Team.BotIsIn(c)))
                .ToList();
            if (Paging.Cut(call, found, c => c.Id, MostPerPage, out var page, out var next) is { } no)
            {
                return no;
            }

            return SlackAnswer.Yes(new JsonObject
            {
                ["channels"] = new JsonArray([.. page.Select(c => ToJson(call, c, withCount: true))]),
                ["response_metadata"] = Paging.Metadata(next),
            });
        }
    }

    private static string TypeOf(SlackChannel channel) => channel.Kind switch
    {
        SlackChannelKind.Public => "public_channel",
        SlackChannelKind.Private => "private_channel",
        _ => "im",
    };

    private static JsonObject ToJson(SlackCall call, SlackChannel channel, bool withCount)
    {
        var json = new JsonObject
        {
            ["id"] = channel.Id,
            ["is_im"] = channel.Kind == SlackChannelKind.Direct,
            ["is_mpim"] = false,
            ["is_archived"] = channel.IsArchived,
            ["context_team_id"] = call.Team.Id,
        };
        if (channel.Person is { } person)
        {
            json["user"] = person.Id;
            return json;
        }

        json["name"] = channel.Name;
        json["is_channel"] = channel.Kind == SlackChannelKind.Public;
        json["is_group"] = channel.Kind == SlackChannelKind.Private;
        json["is_private"] = channel.Kind == SlackChannelKind.Private;
        json["is_general"] = channel.Name is "general";
        json["is_member"] = call.Team.BotIsIn(channel);
        json["is_shared"] = channel.IsShared;
        json["is_ext_shared"] = channel.IsShared;
        json["is_org_shared"] = false;
        json["is_read_only"] = channel.Policy == SlackPolicy.ReadOnly;
        json["is_thread_only"] = channel.Policy == SlackPolicy.ThreadOnly;
        json["is_non_threadable"] = channel.Policy == SlackPolicy.NonThreadable;
        json["creator"] = channel.Creator;
        if (withCount)
        {
            json["num_members"] = channel.Members.Count;
        }

        return json;
    }
}
