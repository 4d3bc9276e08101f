using System.Text.Json.Serialization;

namespace M10Bot.Discord.Rest;

/// <summary>A new message. Fields that are null are not sent.</summary>
internal sealed record MessagePost
{
    public string? Content { get; init; }

    public IReadOnlyList<EmbedWire>? Embeds { get; init; }

    public IReadOnlyList<ComponentWire>? Components { get; init; }

    public required int Flags { get; init; }

    public AllowedMentions AllowedMentions { get; init; } = AllowedMentions.Nobody;

    public string? Nonce { get; init; }

    public bool? EnforceNonce { get; init; }

    /// <summary>By a webhook in a forum: the title of the post that it begins.</summary>
    public string? ThreadName { get; init; }

    public IReadOnlyList<string>? AppliedTags { get; init; }
}

/// <summary>What a message shall be from now on. Every field is sent: what is left out of an edit stays as it was.</summary>
internal sealed record MessageEdit
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Content { get; init; }

    public required IReadOnlyList<EmbedWire> Embeds { get; init; }

    public required IReadOnlyList<ComponentWire> Components { get; init; }

    public required int Flags { get; init; }

    public AllowedMentions AllowedMentions { get; init; } = AllowedMentions.Nobody;
}

/// <summary>Said on every post and every edit: Discord's default pings whoever the text names.</summary>
internal sealed record AllowedMentions(IReadOnlyList<string> Parse, IReadOnlyList<string>? Roles = null)
{
    public static readonly AllowedMentions Nobody = new([]);

    public static AllowedMentions Role(string id) => new([], [id]);
}

internal sealed record EmbedWire(string Description, int? Color);

/// <summary>Any component; which fields are set depends on <see cref="Type"/>.</summary>
internal sealed record ComponentWire(int Type)
{
    public const int ActionRow = 1;
    public const int Button = 2;
    public const int ChoiceSelect = 3;
    public const int TextInput = 4;
    public const int RoleSelect = 6;
    public const int ChannelSelect = 8;
    public const int TextDisplay = 10;
    public const int Separator = 14;
    public const int Container = 17;
    public const int LabelAround = 18;

    public const int PrimaryStyle = 1;
    public const int SecondaryStyle = 2;
    public const int LinkStyle = 5;

    public int? Id { get; init; }

    public string? Content { get; init; }

    public int? AccentColor { get; init; }

    public int? Style { get; init; }

    public string? Label { get; init; }

    public string? Url { get; init; }

    public string? CustomId { get; init; }

    public IReadOnlyList<ComponentWire>? Components { get; init; }

    /// <summary>The one inside a label.</summary>
    public ComponentWire? Component { get; init; }

    public string? Description { get; init; }

    public string? Placeholder { get; init; }

    public string? Value { get; init; }

    public bool? Required { get; init; }

    public int? MinValues { get; init; }

    public int? MaxValues { get; init; }

    public int? MaxLength { get; init; }

    public IReadOnlyList<SelectOptionWire>? Options { get; init; }

    public IReadOnlyList<DefaultWire>? DefaultValues { get; init; }

    public IReadOnlyList<int>? ChannelTypes { get; init; }
}

/// <summary>One of a select's options.</summary>
internal sealed record SelectOptionWire(string Label, string Value, bool Default);

/// <summary>What a channel or role select shows as picked.</summary>
internal sealed record DefaultWire(string Id, string Type);

/// <summary>A form's texts, in front of everything else.</summary>
internal sealed record ModalWire(string CustomId, string Title, IReadOnlyList<ComponentWire> Components);

/// <summary>The flags of messages that the bot uses.</summary>
internal static class MessageFlags
{
    public const int Crossposted = 1 << 0;
    public const int Ephemeral = 1 << 6;
    public const int ComponentsV2 = 1 << 15;
}

/// <summary>A message as Discord tells it; only what the bot looks at.</summary>
internal sealed record MessageWire
{
    public string? Id { get; init; }

    public string? ChannelId { get; init; }

    public string? WebhookId { get; init; }

    public int Flags { get; init; }

    public AuthorSeen? Author { get; init; }

    public IReadOnlyList<EmbedSeen>? Embeds { get; init; }

    public IReadOnlyList<ComponentSeen>? Components { get; init; }
}

internal sealed record AuthorSeen(string? Id);

internal sealed record EmbedSeen(string? Description);

internal sealed record ComponentSeen(int? Id, IReadOnlyList<ComponentSeen>? Components);

internal sealed record ChannelWire(string? Id, string? LastMessageId)
{
    public int Type { get; init; }

    public string? ParentId { get; init; }

    public IReadOnlyList<OverwriteWire>? PermissionOverwrites { get; init; }

    public bool IsThread => Type is 10 or 11 or 12;
}

internal sealed record OpenDirect(string RecipientId);

/// <summary>What sort of channel it is, and for a forum its tags.</summary>
internal sealed record PlaceWire(string? Id, int Type, int Flags, IReadOnlyList<TagWire>? AvailableTags);

internal sealed record TagWire(string? Id, string? Name, bool Moderated);

internal sealed record ForumPostWire(string Name, IReadOnlyList<string> AppliedTags, MessagePost Message);

internal sealed record ThreadsWire(IReadOnlyList<ThreadWire?>? Threads);

internal sealed record ThreadWire(string? Id, string? ParentId, string? OwnerId)
{
    public string? Name { get; init; }
}

internal sealed record ThreadTitle(string Name);
