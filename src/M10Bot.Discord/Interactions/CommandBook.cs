using System.Text.Json;
using M10Bot.Discord.Rendering;
using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.Discord.Interactions;

/// <summary>The commands in Discord's own form, made from their specs.</summary>
internal static class CommandBook
{
    private const string ManageGuild = "32";
    private const int MostText = 1_000;

    private const int Server = 0;
    private const int OwnDirect = 1;
    private const int OtherDirect = 2;
    private const int ByServer = 0;
    private const int ByPerson = 1;

    // Text, announcements, the three kinds of thread and forums: where the bot can post.
    private static readonly int[] ChannelTypes = [0, 5, 10, 11, 12, 15];

    /// <param name="specs">Every command.</param>
    /// <param name="isGlobal">For all servers, not for one.</param>
    /// <param name="isUserInstallable">For people's own accounts too.</param>
    /// <exception cref="InvalidOperationException">A name is used both bare and as a group: Discord has no bare form of a group.</exception>
    public static IReadOnlyList<CommandWire> Write(IReadOnlyCollection<CommandSpec> specs, bool isGlobal, bool isUserInstallable = false) =>
    [
        .. specs.Where(s => !s.IsButtonOnly)
            .GroupBy(s => s.Name.Split(' ')[0], StringComparer.Ordinal)
            .Select(group => Write(group.Key, [.. group]))
            .Concat(MessageCommand.Of(specs))
            .Select(command => isGlobal ? Placed(command, isUserInstallable) : command),
    ];

    /// <summary>One text for what is the same to Discord: defaults left out or written, one order.</summary>
    public static string Normalise(IEnumerable<CommandWire> commands)
    {
        var plain = commands.Select(Normalise).OrderBy(c => c.Name, StringComparer.Ordinal).ToArray();
        return JsonSerializer.Serialize(plain, DiscordJson.Wire.CommandWireArray);
    }

    private static CommandWire Write(string name, IReadOnlyList<CommandSpec> specs)
    {
        var isGroup = specs.All(s => s.Name.Contains(' ', StringComparison.Ordinal));
        if (!isGroup && specs.Count > 1)
        {
            throw new InvalidOperationException($"The command '{name}' stands both alone and with a second word; Discord allows one of the two.");
        }

        var isForAdmins = specs.All(s => s.Needs == Role.Admin);
        var verbs = string.Join(", ", specs.Select(s => s.Name[(name.Length + (isGroup ? 1 : 0))..]));
        return new CommandWire
        {
            Name = name,
            Type = 1,
            NameLocalizations = Localisations.Of($"name:{name}"),
            DescriptionLocalizations = isGroup ? Localisations.OfGroup(name, specs.Select(s => s.Name)) : Localisations.Of(specs[0].Description),
            Description = DiscordText.Plain(isGroup ? $"{char.ToUpperInvariant(name[0])}{name[1..]}: {verbs}" : specs[0].Description, 100),
            DefaultMemberPermissions = isForAdmins ? ManageGuild : null,
            Options = isGroup
                ? [.. specs.Select(s => new CommandOptionWire
                {
                    Type = OptionWire.SubCommand,
                    Name = s.Name[(name.Length + 1)..],
                    NameLocalizations = Localisations.Of($"name:{s.Name}"),
                    Description = DiscordText.Plain(s.Description, 100),
                    DescriptionLocalizations = Localisations.Of(s.Description),
                    Options = Options(s),
                })]
                : Options(specs[0]),
        };
    }

    // What is for admins is for the servers that added the bot; the rest is of use to anybody anywhere.
    private static CommandWire Placed(CommandWire command, bool isUserInstallable) =>
        command.DefaultMemberPermissions is not null ? command with { Contexts = [Server], IntegrationTypes = [ByServer] }
        : isUserInstallable ? command with { Contexts = [Server, OwnDirect, OtherDirect], IntegrationTypes = [ByServer, ByPerson] }
        : command with { Contexts = [Server, OwnDirect], IntegrationTypes = [ByServer] };

    private static CommandOptionWire[] Options(CommandSpec spec) =>
        [.. spec.Options.OrderByDescending(o => o.IsRequired).Select(Option)];

    private static CommandOptionWire Option(CommandOption option)
    {
        var wire = new CommandOptionWire
        {
            Name = option.Name,
            NameLocalizations = Localisations.Of($"option:{option.Name}"),
            Description = DiscordText.Plain(option.Description, 100),
            DescriptionLocalizations = Localisations.Of(option.Description),
            Required = option.IsRequired,
            Type = option.Kind switch
            {
                OptionKind.Number => OptionWire.Integer,
                OptionKind.Channel => OptionWire.Channel,
                OptionKind.Role => OptionWire.Role,
                _ => OptionWire.Text,
            },
        };
        return option.Kind switch
        {
            OptionKind.Number => wire with { MinValue = option.Range?.Least, MaxValue = option.Range?.Most },
            OptionKind.Channel => wire with { ChannelTypes = ChannelTypes },
            OptionKind.Role => wire,
            OptionKind.Choice => wire with { Choices = [.. (option.Choices ?? []).Select(c => new ChoiceWire(c, c) { NameLocalizations = Localisations.Of($"choice:{c}") })] },
            _ => wire with { MaxLength = option.IsSuggested ? 300 : MostText, Autocomplete = option.IsSuggested },
        };
    }

    private static CommandWire Normalise(CommandWire command) => command with
    {
        Type = command.Type ?? 1,
        Description = string.IsNullOrEmpty(command.Description) ? null : command.Description,
        NameLocalizations = Ordered(command.NameLocalizations),
        DescriptionLocalizations = Ordered(command.DescriptionLocalizations),
        Contexts = command.Contexts is { Count: > 0 } contexts ? [.. contexts.Order()] : null,
        IntegrationTypes = command.IntegrationTypes is { Count: > 0 } types ? [.. types.Order()] : null,
        Options = Normalise(command.Options),
    };

    private static CommandOptionWire[]? Normalise(IReadOnlyList<CommandOptionWire>? options) => options is not { Count: > 0 }
        ? null
        : [.. options.Select(o => o with
        {
            Required = o.Required == true ? true : null,
            Autocomplete = o.Autocomplete == true ? true : null,
            ChannelTypes = o.ChannelTypes is { Count: > 0 } types ? [.. types.Order()] : null,
            NameLocalizations = Ordered(o.NameLocalizations),
            DescriptionLocalizations = Ordered(o.DescriptionLocalizations),
            Choices = o.Choices is { Count: > 0 } choices ? [.. choices.Select(c => c with { NameLocalizations = Ordered(c.NameLocalizations) })] : null,
            Options = Normalise(o.Options),
        })];

    private static SortedDictionary<string, string>? Ordered(IReadOnlyDictionary<string, string>? texts) => texts is { Count: > 0 }
        ? new SortedDictionary<string, string>(texts.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        : null;
}
