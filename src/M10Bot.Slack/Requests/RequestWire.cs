namespace M10Bot.Slack.Requests;

/// <summary>What a typed command brings; ids only, the names beside them are placeholders in places.</summary>
internal sealed record SlashCommand
{
    public string? Command { get; init; }

    public string? Text { get; init; }

    public string? UserId { get; init; }

    public string? TeamId { get; init; }

    public string? ChannelId { get; init; }

    public string? ResponseUrl { get; init; }

    public string? TriggerId { get; init; }
}

/// <summary>What a pressed button brings.</summary>
internal sealed record BlockActions
{
    public string? Type { get; init; }

    public PersonRef? User { get; init; }

    public Ref? Team { get; init; }

    public Ref? Channel { get; init; }

    public ContainerRef? Container { get; init; }

    public IReadOnlyList<BlockAction>? Actions { get; init; }

    public string? ResponseUrl { get; init; }

    public string? TriggerId { get; init; }
}

internal sealed record Ref(string? Id);

internal sealed record PersonRef(string? Id, string? TeamId);

internal sealed record ContainerRef(string? ChannelId);

internal sealed record BlockAction(string? Type, string? ActionId, string? Value);

/// <summary>An event's cover; what is inside is only named in the log so far.</summary>
internal sealed record EventCallback
{
    public string? EventId { get; init; }

    public EventRef? Event { get; init; }
}

internal sealed record EventRef(string? Type);
