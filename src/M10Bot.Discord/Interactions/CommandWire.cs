namespace M10Bot.Discord.Interactions;

/// <summary>A command as Discord registers it. Read back and written anew it must compare equal, so what is at its default is null.</summary>
internal sealed record CommandWire
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    public int? Type { get; init; }

    public string? DefaultMemberPermissions { get; init; }

    /// <summary>0 servers, 1 the bot's own direct messages, 2 other private channels. Known to global commands alone.</summary>
    public IReadOnlyList<int>? Contexts { get; init; }

    /// <summary>0 added to a server, 1 to a person's own account. Known to global commands alone.</summary>
    public IReadOnlyList<int>? IntegrationTypes { get; init; }

    public IReadOnlyList<CommandOptionWire>? Options { get; init; }
}

internal sealed record CommandOptionWire
{
    public required int Type { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    public bool? Required { get; init; }

    public bool? Autocomplete { get; init; }

    public int? MinValue { get; init; }

    public int? MaxValue { get; init; }

    public int? MaxLength { get; init; }

    public IReadOnlyList<int>? ChannelTypes { get; init; }

    public IReadOnlyList<ChoiceWire>? Choices { get; init; }

    public IReadOnlyList<CommandOptionWire>? Options { get; init; }
}
