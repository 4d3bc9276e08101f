using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Discord.State;

/// <summary>Fields that Discord's objects always have and that say nothing here; libraries of others read them.</summary>
internal static class Blanks
{
    public const string OfGuild = """
        {"description":null,"home_header":null,"splash":null,"discovery_splash":null,"banner":null,"application_id":null,"region":"deprecated",
         "afk_channel_id":null,"afk_timeout":300,"system_channel_flags":0,"widget_enabled":false,"widget_channel_id":null,"default_message_notifications":1,
         "mfa_level":0,"explicit_content_filter":0,"max_presences":null,"max_members":500000,"max_stage_video_channel_users":50,"max_video_channel_users":25,
         "vanity_url_code":null,"premium_tier":0,"premium_subscription_count":0,"rules_channel_id":null,"safety_alerts_channel_id":null,
         "public_updates_channel_id":null,"premium_progress_bar_enabled":false,"nsfw":false,"nsfw_level":0,"stickers":[],"incidents_data":null}
        """;

    public const string OfRole = """{"colors":{"primary_color":0,"secondary_color":null,"tertiary_color":null},"icon":null,"unicode_emoji":null}""";

    public const string OfMember = """{"avatar":null,"banner":null,"communication_disabled_until":null,"premium_since":null}""";

    public const string OfSelf = """{"mfa_enabled":true,"locale":"en-US","email":null,"verified":true}""";

    public const string OfApplication = """
        {"type":null,"flags_new":"0","redirect_uris":[],"role_connections_verification_url":null,"owner":null,"approximate_user_install_count":0,
         "approximate_user_authorization_count":0,"explicit_content_filter":0,"team":null,"eligible_oauth2_scopes":[]}
        """;

    /// <summary>Adds those that the object does not have.</summary>
    public static JsonObject With(this JsonObject json, string blanks)
    {
        foreach (var (name, value) in JsonNode.Parse(blanks)!.AsObject())
        {
            if (!json.ContainsKey(name))
            {
                json[name] = value?.DeepClone();
            }
        }

        return json;
    }
}
