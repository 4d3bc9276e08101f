using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Webhooks;

namespace M10Bot.Discord;

/// <summary>Reading and writing Discord's JSON without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(MessagePost))]
[JsonSerializable(typeof(MessageEdit))]
[JsonSerializable(typeof(MessageWire))]
[JsonSerializable(typeof(MessageWire[]))]
[JsonSerializable(typeof(ChannelWire))]
[JsonSerializable(typeof(OpenDirect))]
[JsonSerializable(typeof(PlaceWire))]
[JsonSerializable(typeof(ThreadWire))]
[JsonSerializable(typeof(ThreadTitle))]
[JsonSerializable(typeof(ForumPostWire))]
[JsonSerializable(typeof(ThreadsWire))]
[JsonSerializable(typeof(WebhookWire))]
[JsonSerializable(typeof(SelfWire))]
[JsonSerializable(typeof(RoleWire[]))]
[JsonSerializable(typeof(GuildMemberWire))]
[JsonSerializable(typeof(GatewayBot))]
[JsonSerializable(typeof(Identify))]
[JsonSerializable(typeof(Resume))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Ready))]
[JsonSerializable(typeof(GuildWire))]
[JsonSerializable(typeof(GuildChannelWire))]
[JsonSerializable(typeof(GuildRoleWire))]
[JsonSerializable(typeof(InteractionWire))]
[JsonSerializable(typeof(CallbackWire))]
[JsonSerializable(typeof(SuggestWire))]
[JsonSerializable(typeof(OpenModalWire))]
[JsonSerializable(typeof(CommandWire))]
[JsonSerializable(typeof(CommandWire[]))]
internal sealed partial class DiscordJson : JsonSerializerContext
{
    /// <summary>Writes other scripts as they are: Discord counts bytes, and nobody embeds this in a page.</summary>
    public static DiscordJson Wire => Relaxed.Context;

    /// <summary>Null where the text is not what it should be.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, JsonTypeInfo{T})"/>
    public static T? Read<T>(JsonElement element, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return element.Deserialize(type);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // A class of its own, so that the generated options are there before they are copied.
    private static class Relaxed
    {
        public static readonly DiscordJson Context =
            new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
