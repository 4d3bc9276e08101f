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

    public string? EnterpriseId { get; init; }

    public string? Team { get; init; }

    public string? UserId { get; init; }

    public string? BotId { get; init; }
}

internal sealed record OAuthReply : SlackReply
{
    public string? AccessToken { get; init; }

    public string? TokenType { get; init; }

    public string? BotUserId { get; init; }

    public string? RefreshToken { get; init; }

    public long? ExpiresIn { get; init; }

    public bool IsEnterpriseInstall { get; init; }

    public NamedRef? Team { get; init; }

    public NamedRef? Enterprise { get; init; }

    public NamedRef? AuthedUser { get; init; }
}

internal sealed record NamedRef(string? Id, string? Name);

internal sealed record ViewReply : SlackReply
{
    public ViewRef? View { get; init; }
}

internal sealed record ViewRef(string? Id, string? Hash);

internal sealed record GroupReply : SlackReply
{
    public IReadOnlyList<string>? Users { get; init; }
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

    public string? RealName { get; init; }
}

/// <summary>Arguments of chat.postMessage and chat.update. A null is left out: for Slack it means "the default".</summary>
internal sealed record MessageArguments
{
    public required string Channel { get; init; }

    /// <summary>Null for a new message.</summary>
    public string? Ts { get; init; }

    public required ReadyJson Text { get; init; }

    public ReadyJson? Blocks { get; init; }

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

internal sealed record OpenViewArguments(string TriggerId, SlackView View);

internal sealed record UpdateViewArguments(string ViewId, SlackView View, string? Hash = null);

internal sealed record PublishViewArguments(string UserId, SlackView View);

/// <summary>What an acknowledgement may carry.</summary>
[JsonDerivedType(typeof(ReplyMessage))]
[JsonDerivedType(typeof(OptionList))]
[JsonDerivedType(typeof(ViewAnswer))]
internal abstract record AckPayload;

/// <summary>What is offered while a person types into a select; at most a hundred.</summary>
internal sealed record OptionList(IReadOnlyList<SelectOption> Options) : AckPayload;

/// <summary>The answer to a submitted form: faults beside their fields, or another view in its place.</summary>
internal sealed record ViewAnswer(string ResponseAction, IReadOnlyDictionary<string, string>? Errors = null, SlackView? View = null) : AckPayload;

/// <summary>A reply to a person: in an acknowledgement or through a response_url.</summary>
internal sealed record ReplyMessage : AckPayload
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
[JsonSerializable(typeof(IReadOnlyList<Block>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(DeleteArguments))]
[JsonSerializable(typeof(OpenArguments))]
[JsonSerializable(typeof(JoinArguments))]
[JsonSerializable(typeof(ReplyMessage))]
[JsonSerializable(typeof(AckPayload))]
[JsonSerializable(typeof(OAuthReply))]
[JsonSerializable(typeof(ViewReply))]
[JsonSerializable(typeof(GroupReply))]
[JsonSerializable(typeof(OpenViewArguments))]
[JsonSerializable(typeof(UpdateViewArguments))]
[JsonSerializable(typeof(PublishViewArguments))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
[JsonSerializable(typeof(SocketMode.Envelope))]
[JsonSerializable(typeof(SocketMode.Acknowledgement))]
[JsonSerializable(typeof(Requests.SlashCommand))]
[JsonSerializable(typeof(Requests.Interaction))]
[JsonSerializable(typeof(Requests.EventCallback))]
internal sealed partial class SlackJson : JsonSerializerContext;
