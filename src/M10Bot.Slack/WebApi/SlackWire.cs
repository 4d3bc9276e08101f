using System.Text.Json.Serialization;
using M10Bot.Slack.Rendering;

namespace M10Bot.Slack.WebApi;

/// <summary>What every answer has.</summary>
internal record SlackReply
{
    public bool? Ok { get; init; }

    public string? Error { get; init; }

    public string? Needed { get; init; }

    public ResponseMetadata? ResponseMetadata { get; init; }
}

internal sealed record ResponseMetadata(IReadOnlyList<string>? Messages, string? NextCursor);

internal sealed record AuthReply : SlackReply
{
    public string? TeamId { get; init; }

    public string? Team { get; init; }

    public string? UserId { get; init; }

    public string? BotId { get; init; }
}

internal sealed record ConnectionReply : SlackReply
{
    public string? Url { get; init; }
}

internal sealed record MessageReply : SlackReply
{
    public string? Channel { get; init; }

    public string? Ts { get; init; }
}

internal sealed record OpenReply : SlackReply
{
    public ChannelRef? Channel { get; init; }
}

internal sealed record ChannelRef(string? Id);

internal sealed record HistoryReply : SlackReply
{
    public IReadOnlyList<HistoryMessage>? Messages { get; init; }

    public bool HasMore { get; init; }
}

internal sealed record HistoryMessage(string? Ts, string? User, string? BotId, MessageMetadata? Metadata);

internal sealed record MessageMetadata(string? EventType, MetadataPayload? EventPayload);

internal sealed record MetadataPayload(string? DeliveryKey, int? Version = null);

internal sealed record UserReply : SlackReply
{
    public SlackUser? User { get; init; }
}

internal sealed record SlackUser
{
    public string? TeamId { get; init; }

    public bool Deleted { get; init; }

    public bool IsAdmin { get; init; }

    public bool IsOwner { get; init; }

    public bool IsPrimaryOwner { get; init; }

    public bool IsRestricted { get; init; }

    public bool IsUltraRestricted { get; init; }

    public bool IsBot { get; init; }

    public bool IsStranger { get; init; }

    public string? Locale { get; init; }
}

/// <summary>Arguments of chat.postMessage and chat.update. A null is left out: for Slack it means "the default".</summary>
internal sealed record MessageArguments
{
    public required string Channel { get; init; }

    /// <summary>Null for a new message.</summary>
    public string? Ts { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<Block>? Blocks { get; init; }

    public MessageMetadata? Metadata { get; init; }

    public bool? UnfurlLinks { get; init; }

    public bool? UnfurlMedia { get; init; }

    /// <summary>Post takes a bool whose default is not the one we want; update's default is none already.</summary>
    public bool? LinkNames { get; init; }

    /// <summary>Only for update, whose default is <c>client</c>.</summary>
    public string? Parse { get; init; }

    /// <summary>The parent's, never a reply's own.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>Shows a reply in the channel too.</summary>
    public bool? ReplyBroadcast { get; init; }
}

internal sealed record DeleteArguments(string Channel, string Ts);

internal sealed record OpenArguments(string Users);

internal sealed record JoinArguments(string Channel);

/// <summary>A reply to a person: in an acknowledgement or through a response_url.</summary>
internal sealed record ReplyMessage
{
    public required string ResponseType { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<Block>? Blocks { get; init; }

    /// <summary>The message that carries the button stays.</summary>
    public bool? ReplaceOriginal { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SlackReply))]
[JsonSerializable(typeof(AuthReply))]
[JsonSerializable(typeof(ConnectionReply))]
[JsonSerializable(typeof(MessageReply))]
[JsonSerializable(typeof(OpenReply))]
[JsonSerializable(typeof(HistoryReply))]
[JsonSerializable(typeof(UserReply))]
[JsonSerializable(typeof(MessageArguments))]
[JsonSerializable(typeof(DeleteArguments))]
[JsonSerializable(typeof(OpenArguments))]
[JsonSerializable(typeof(JoinArguments))]
[JsonSerializable(typeof(ReplyMessage))]
[JsonSerializable(typeof(SocketMode.Envelope))]
[JsonSerializable(typeof(SocketMode.Acknowledgement))]
[JsonSerializable(typeof(Requests.SlashCommand))]
[JsonSerializable(typeof(Requests.BlockActions))]
[JsonSerializable(typeof(Requests.EventCallback))]
internal sealed partial class SlackJson : JsonSerializerContext;
