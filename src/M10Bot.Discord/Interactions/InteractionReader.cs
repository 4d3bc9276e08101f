using System.Globalization;
using System.Text.Json;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Webhooks;
using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.Discord.Interactions;

/// <summary>Understands an interaction as a request for a command.</summary>
internal sealed class InteractionReader(DiscordOptions options, WebhookSeal seal)
{
    private const ulong Administrator = 1 << 3;
    private const ulong ManageGuild = 1 << 5;

    /// <summary>Null where it is none of the kinds the bot answers, or makes no sense.</summary>
    public CommandRequest? Read(InteractionWire interaction)
    {
        var person = interaction.Member?.User?.Id ?? interaction.User?.Id;
        if (!Snowflake.IsValid(person) || !Snowflake.IsValid(interaction.ChannelId) || interaction.Data is not { } what)
        {
            return null;
        }

        string? command;
        IReadOnlyDictionary<string, string>? arguments;
        if (interaction.Type is InteractionWire.Component or InteractionWire.ModalSubmit)
        {
            if (!ActionKey.TryDecode(what.CustomId, out command, out arguments))
            {
                return null;
            }

            arguments = FormIds.Answers(arguments, what);
        }
        else if (what.Type == MessageCommand.Type)
        {
            (command, arguments) = MessageCommand.Read(what);
        }
        else if (what.Name is { Length: > 0 })
        {
            (command, var filled) = Unfold(what);
            arguments = filled.Where(o => o.Name is not null).DistinctBy(o => o.Name, StringComparer.Ordinal).ToDictionary(o => o.Name!, o => Text(o.Value), StringComparer.Ordinal);
        }
        else
        {
            return null;
        }

        return new CommandRequest
        {
            Platform = Platform.Discord,
            Workspace = Snowflake.IsValid(interaction.GuildId) ? interaction.GuildId! : "",
            Channel = interaction.ChannelId!,
            IsDirect = interaction.GuildId is null,
            Caller = CallerOf(person!, interaction.Member),
            Command = command,
            Arguments = Sealed(interaction.GuildId ?? "", arguments),
            Channels = ChannelSights.Of(what.Resolved),
            Locale = interaction.Locale is { Length: > 0 and <= 35 } locale ? locale : "en",
        };
    }

    // A webhook's URL is a secret from its first moment here on. A form that is written in once more comes with the field empty, which takes nothing away.
    private IReadOnlyDictionary<string, string> Sealed(string guild, IReadOnlyDictionary<string, string> arguments)
    {
        if (!arguments.TryGetValue(WebhookPort.Argument, out var url))
        {
            return arguments;
        }

        var others = arguments.Where(a => a.Key is not WebhookPort.Argument);
        return (string.IsNullOrWhiteSpace(url) ? others : others.Append(new(WebhookPort.Argument, seal.SealUrl(guild, url)))).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The option being typed; null where none is.</summary>
    public static (string Option, string Typed)? Focused(InteractionWire interaction) =>
        interaction.Data is { } what && Unfold(what).Options.FirstOrDefault(o => o.Focused) is { Name: { } name } option
            ? (name, Text(option.Value))
            : null;

    // "channel add" arrives as the command "channel" with the option "add" around the real options.
    private static (string Command, IReadOnlyList<OptionWire> Options) Unfold(InteractionDataWire what)
    {
        var name = what.Name ?? "";
        var options = what.Options ?? [];
        while (options is [{ Type: OptionWire.SubCommand or OptionWire.SubCommandGroup, Name: { } inner } only])
        {
            name = $"{name} {inner}";
            options = only.Options ?? [];
        }

        return (name, [.. options.Where(o => o is not null)]);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "",
    };

    private Caller CallerOf(string person, MemberWire? member)
    {
        var isAdmin = ulong.TryParse(member?.Permissions, NumberStyles.None, CultureInfo.InvariantCulture, out var may) && (may & (Administrator | ManageGuild)) != 0;
        var isEditor = options.EditorUserIds.Contains(person, StringComparer.Ordinal)
            || (member?.Roles ?? []).Any(role => options.EditorRoleIds.Contains(role, StringComparer.Ordinal));
        return new Caller(person, isAdmin ? Role.Admin : isEditor ? Role.Editor : Role.Member) { IsEditor = isEditor };
    }
}
