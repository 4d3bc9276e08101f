using System.Text.Json;
using M10Bot.Discord.Rest;

namespace M10Bot.Discord.Interactions;

internal sealed record InteractionWire
{
    public const int Ping = 1;
    public const int Command = 2;
    public const int Component = 3;
    public const int Autocomplete = 4;
    public const int ModalSubmit = 5;

    public string? Id { get; init; }

    public string? ApplicationId { get; init; }

    public int Type { get; init; }

    public string? Token { get; init; }

    public string? GuildId { get; init; }

    public string? ChannelId { get; init; }

    public MemberWire? Member { get; init; }

    public UserWire? User { get; init; }

    public string? Locale { get; init; }

    public InteractionDataWire? Data { get; init; }
}

/// <param name="Permissions">What the person may do in the channel: a bit set as a decimal number.</param>
internal sealed record MemberWire(UserWire? User, IReadOnlyList<string>? Roles, string? Permissions);

internal sealed record UserWire(string? Id);

internal sealed record InteractionDataWire(string? Name, string? CustomId, IReadOnlyList<OptionWire>? Options)
{
    /// <summary>Of a command: 1 typed, 3 chosen in a message's menu.</summary>
    public int Type { get; init; }

    /// <summary>The message that it was chosen on.</summary>
    public string? TargetId { get; init; }

    /// <summary>What was picked in a select.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What was written in a modal.</summary>
    public IReadOnlyList<FilledWire>? Components { get; init; }

    public ResolvedWire? Resolved { get; init; }
}

/// <summary>A modal's field, or what lies around it.</summary>
internal sealed record FilledWire(string? CustomId, string? Value, IReadOnlyList<string>? Values, FilledWire? Component, IReadOnlyList<FilledWire>? Components);

/// <summary>What Discord tells of the places that the request names.</summary>
internal sealed record ResolvedWire(IReadOnlyDictionary<string, ResolvedChannelWire>? Channels)
{
    public IReadOnlyDictionary<string, MenuMessageWire?>? Messages { get; init; }
}

/// <param name="AppPermissions">What the bot may do there: a bit set as a decimal number.</param>
internal sealed record ResolvedChannelWire(int Type, string? AppPermissions, string? ParentId = null)
{
    public bool IsThread => Type is 10 or 11 or 12;
}

internal sealed record OptionWire(string? Name, int Type, JsonElement Value, bool Focused, IReadOnlyList<OptionWire>? Options)
{
    public const int SubCommand = 1;
    public const int SubCommandGroup = 2;
    public const int Text = 3;
    public const int Integer = 4;
    public const int Channel = 7;
    public const int Role = 8;
}

/// <summary>The first answer to an interaction.</summary>
internal sealed record CallbackWire(int Type, MessagePost? Data)
{
    public const int Message = 4;
    public const int Deferred = 5;
    public const int DeferredUpdate = 6;
    public const int Update = 7;
}

internal sealed record OpenModalWire(ModalWire Data)
{
    public int Type { get; } = 9;
}

internal sealed record SuggestWire(ChoicesWire Data)
{
    public int Type { get; } = 8;
}

internal sealed record ChoicesWire(IReadOnlyList<ChoiceWire> Choices);

internal sealed record ChoiceWire(string Name, string Value)
{
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }
}
