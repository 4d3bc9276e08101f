using System.Text.RegularExpressions;
using M10Bot.Discord.Rendering;
using M10Bot.News.Commands;

namespace M10Bot.Discord.Interactions;

/// <summary>The command in a message's own menu: sums up the story that the message links to, or else is about.</summary>
internal static partial class MessageCommand
{
    /// <summary>Discord's number for the kind.</summary>
    public const int Type = 3;

    private const string Name = "Summarise with M10";
    private const string Summary = "summary";
    private const string Story = "story";
    private const int MostWords = 300;

    /// <summary>As it is registered; none where nothing sums up.</summary>
    public static IEnumerable<CommandWire> Of(IEnumerable<CommandSpec> specs) =>
        specs.Any(s => s.Name is Summary && s.Options.Any(o => o.Name is Story)) ? [new CommandWire { Name = Name, Type = Type, NameLocalizations = Localisations.Of(Name) }] : [];

    /// <summary>The command and its arguments that the choice in the menu means.</summary>
    public static (string Command, IReadOnlyDictionary<string, string> Arguments) Read(InteractionDataWire what)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        if (what.TargetId is { } id && what.Resolved?.Messages?.GetValueOrDefault(id) is { } message && (LinkIn(message) ?? WordsOf(message)) is { } story)
        {
            arguments[Story] = story;
        }

        return (Summary, arguments);
    }

    private static string? LinkIn(MenuMessageWire message)
    {
        var parts = Flatten(message.Components);
        return TextsOf(message, parts)
            .Concat(parts.Select(p => p.Url))
            .Concat((message.Embeds ?? []).SelectMany(e => new[] { e?.Url, e?.Description }))
            .Select(text => Link().Match(text ?? ""))
            .FirstOrDefault(m => m.Success)?.Value.TrimEnd('.', ',', ';', ':', '!', '?', '*', '_');
    }

    private static string? WordsOf(MenuMessageWire message) =>
        DiscordText.Plain(string.Join(' ', TextsOf(message, Flatten(message.Components)).Concat((message.Embeds ?? []).Select(e => e?.Title))), MostWords) is { Length: > 0 } words ? words : null;

    private static IEnumerable<string?> TextsOf(MenuMessageWire message, IEnumerable<MenuPartWire> parts) => parts.Select(p => p.Content).Prepend(message.Content);

    private static List<MenuPartWire> Flatten(IReadOnlyList<MenuPartWire?>? parts) =>
        [.. (parts ?? []).OfType<MenuPartWire>().SelectMany(p => Flatten(p.Components).Prepend(p))];

    [GeneratedRegex("""https?://[^\s<>()\[\]"\\|`]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();
}

/// <summary>The message that a person chose the command on; only what may hold a link or a headline.</summary>
internal sealed record MenuMessageWire(string? Content, IReadOnlyList<MenuEmbedWire?>? Embeds, IReadOnlyList<MenuPartWire?>? Components);

internal sealed record MenuEmbedWire(string? Title, string? Url, string? Description);

internal sealed record MenuPartWire(string? Content, string? Url, IReadOnlyList<MenuPartWire?>? Components);
