using System.Text.Json;

namespace M10Bot.Slack.Requests;

/// <summary>What a typed command brings; ids only, the names beside them are placeholders in places.</summary>
internal sealed record SlashCommand
{
    public string? Command { get; init; }

    public string? Text { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public string? ChannelId { get; init; }

    public string? ResponseUrl { get; init; }

    public string? TriggerId { get; init; }
}

/// <summary>A pressed button, a pick from a select, what is typed into one, or a message's shortcut.</summary>
internal sealed record Interaction
{
    public string? Type { get; init; }

    public string? CallbackId { get; init; }

    public PersonRef? User { get; init; }

    /// <summary>Null where the organisation installed the app.</summary>
    public Ref? Team { get; init; }

    public Ref? Enterprise { get; init; }

    public Ref? Channel { get; init; }

    public ContainerRef? Container { get; init; }

    public OpenedView? View { get; init; }

    public IReadOnlyList<BlockAction>? Actions { get; init; }

    /// <summary>Of block_suggestion: the select, and what is typed.</summary>
    public string? ActionId { get; init; }

    public string? Value { get; init; }

    public MessageRef? Message { get; init; }

    public string? ResponseUrl { get; init; }

    public string? TriggerId { get; init; }
}

internal sealed record Ref(string? Id);

internal sealed record PersonRef(string? Id, string? TeamId);

internal sealed record ContainerRef(string? Type, string? ChannelId, string? ViewId);

internal sealed record OpenedView(string? Id, string? Type, string? CallbackId, string? PrivateMetadata, ViewState? State);

/// <param name="Values">By block, then by element.</param>
internal sealed record ViewState(IReadOnlyDictionary<string, IReadOnlyDictionary<string, StateValue>>? Values);

/// <summary>What stands in one element; an untouched one is there with nothing.</summary>
internal sealed record StateValue
{
    public string? Value { get; init; }

    public string? SelectedConversation { get; init; }

    public PickedOption? SelectedOption { get; init; }

    public IReadOnlyList<PickedOption>? SelectedOptions { get; init; }

    public string Answer => Value ?? SelectedConversation ?? SelectedOption?.Value ?? string.Join(',', (SelectedOptions ?? []).Select(o => o.Value));
}

internal sealed record BlockAction(string? Type, string? ActionId, string? Value, PickedOption? SelectedOption);

internal sealed record PickedOption(string? Value);

/// <param name="ThreadTs">Of a reply, and of a first message with replies: the thread's first message.</param>
internal sealed record MessageRef(string? Text, string? Ts, IReadOnlyList<MessageBlock>? Blocks, string? ThreadTs = null);

internal sealed record MessageBlock(string? Type, IReadOnlyList<MessageElement>? Elements);

internal sealed record MessageElement(string? Type, string? Value);

/// <summary>An event's cover.</summary>
internal sealed record EventCallback
{
    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public string? EventId { get; init; }

    /// <summary>Unix seconds.</summary>
    public long? EventTime { get; init; }

    /// <summary>The install it was sent for; in a shared channel the outer team can be a foreign one.</summary>
    public IReadOnlyList<Authorization>? Authorizations { get; init; }

    public EventBody? Event { get; init; }
}

internal sealed record Authorization(string? EnterpriseId, string? TeamId, bool IsEnterpriseInstall);

/// <summary>All that we read of any event.</summary>
internal sealed record EventBody
{
    public string? Type { get; init; }

    public string? Subtype { get; init; }

    /// <summary>An id for most events, an object for a few that we do not read.</summary>
    public JsonElement? User { get; init; }

    public JsonElement? Channel { get; init; }

    public string? ChannelType { get; init; }

    public string? BotId { get; init; }

    public string? Text { get; init; }

    public string? Ts { get; init; }

    public string? Tab { get; init; }

    public string? OldChannelId { get; init; }

    public string? NewChannelId { get; init; }

    public RevokedTokens? Tokens { get; init; }

    public string UserId => IdOf(User);

    public string ChannelId => IdOf(Channel);

    private static string IdOf(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Object } whole when whole.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString() ?? "",
        _ => "",
    };
}

/// <param name="Bot">The bots' user ids; tokens themselves are never named.</param>
internal sealed record RevokedTokens(IReadOnlyList<string>? Bot);
