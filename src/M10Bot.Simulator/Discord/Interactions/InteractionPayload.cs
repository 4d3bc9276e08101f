using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>The interaction object that the bot receives.</summary>
internal static class InteractionPayload
{
    private const ulong InDirect = DiscordPermission.AttachFiles | DiscordPermission.EmbedLinks
        | DiscordPermission.MentionEveryone | DiscordPermission.UseExternalEmojis;

    public static JsonObject Of(Interaction interaction, JsonObject content, Person bot)
    {
        var (person, channel) = (interaction.Person, interaction.Channel);
        var json = new JsonObject
        {
            ["id"] = interaction.Id,
            ["application_id"] = bot.Id,
            ["type"] = interaction.Type,
            ["data"] = content,
            ["channel_id"] = channel.Id,
            ["channel"] = Rendered.Channel(channel),
            ["token"] = interaction.Token,
            ["version"] = 1,
            ["locale"] = person.Locale,
            ["entitlements"] = new JsonArray(),
            ["attachment_size_limit"] = 10_485_760,
        };
        if (channel.Guild is { } guild)
        {
            var member = Rendered.Member(guild.Members[person.Id]);
            member["permissions"] = Rendered.Bits(World.PermissionsIn(channel, person));
            json["member"] = member;
            json["guild_id"] = guild.Id;
            json["guild"] = new JsonObject { ["id"] = guild.Id, ["locale"] = "en-US", ["features"] = new JsonArray() };
            json["guild_locale"] = "en-US";
            json["app_permissions"] = Rendered.Bits(guild.Has(bot) ? World.PermissionsIn(channel, bot) : InDirect);
        }
        else
        {
            json["user"] = Rendered.User(person);
            json["app_permissions"] = Rendered.Bits(InDirect);
        }

        json["context"] = channel.Context;
        json["authorizing_integration_owners"] = Rendered.Owners(channel, person, bot);

        if (interaction.Source is { } source)
        {
            json["message"] = Rendered.Message(source);
        }

        return json;
    }
}
