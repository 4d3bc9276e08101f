using System.Globalization;

namespace M10Bot.News.Commands;

/// <summary>Turns typed text into a command and its arguments: <c>subscribe european union here</c>.</summary>
/// <remarks>
/// For platforms that hand over one line of text. Never fails: what is no command comes back as the name that was typed, and
/// the dispatcher answers with the nearest one. Nothing typed is <c>help</c>.
/// </remarks>
public static class CommandLine
{
    public static TypedCommand Parse(string? text, IReadOnlyList<CommandSpec> specs)
    {
        var words = TypedText.Split(text ?? "");
        if (words.Count == 0)
        {
            return new TypedCommand("help", new Dictionary<string, string>(StringComparer.Ordinal));
        }

        var first = Name(words[0]);
        var two = words.Count > 1 ? $"{first} {Name(words[1])}" : first;
        if (Find(specs, two) is { } pair && words.Count > 1)
        {
            return Typed(words[2..], pair);
        }

        if (Find(specs, first) is { } single)
        {
            return Typed(words[1..], single);
        }

        // Not a command: the whole of a short line, so that the nearest command or a topic can be offered.
        var all = string.Join(' ', words.Take(6).Select(w => w.Text)).ToLowerInvariant();
        var isGroup = specs.Any(s => s.Name.StartsWith(first + " ", StringComparison.Ordinal));
        return new TypedCommand(isGroup ? two : all, new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static string Name(TypedWord word) => word.Text.TrimStart('/').TrimEnd('?', '!', '.', ',', ':').ToLowerInvariant();

    private static CommandSpec? Find(IReadOnlyList<CommandSpec> specs, string name) =>
        specs.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));

    private static TypedCommand Typed(List<TypedWord> words, CommandSpec spec)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        var border = StoryBorder.Of(spec);
        TakeNamed(words, spec, arguments, border);
        TakeChannel(words, spec, arguments);
        TakeFixed(words, spec, arguments);
        var isRunOn = border?.Take(words, arguments) is true;
        TakeFree(words, spec, arguments);
        return new TypedCommand(spec.Name, arguments) { IsRunOn = isRunOn };
    }

    // count:3 and where=here, for people who know the option's name.
    private static void TakeNamed(List<TypedWord> words, CommandSpec spec, Dictionary<string, string> arguments, StoryBorder? border)
    {
        for (var i = words.Count - 1; i >= 0; i--)
        {
            var cut = words[i].Kind is TypedKind.Word ? words[i].Text.AsSpan().IndexOfAny(':', '=') : -1;
            if (cut < 1
                || spec.Options.FirstOrDefault(o => o.Name.AsSpan().Equals(words[i].Text.AsSpan(0, cut), StringComparison.OrdinalIgnoreCase)) is not { } option
                || border?.IsOf(option) is true)
            {
                continue;
            }

            var value = words[i].Text[(cut + 1)..];
            words.RemoveAt(i);
            if (option.IsOnlyNamed)
            {
                arguments[option.Name] = string.Join(' ', words.Skip(i).Select(w => w.Text).Prepend(value)).Trim();
                words.RemoveRange(i, words.Count - i);
                continue;
            }

            if (IsFree(option))
            {
                // Its words follow; they are taken with the rest.
                words.InsertRange(i, value.Length > 0 ? [new TypedWord(value, TypedKind.Word)] : []);
                continue;
            }

            if (value.Length == 0 && i < words.Count)
            {
                value = words[i].Text;
                words.RemoveAt(i);
            }

            // languages=en, de and languages: en , de
            while (option.Kind is OptionKind.Language && i < words.Count && (value.EndsWith(',') || words[i].Text[0] == ','))
            {
                value += words[i].Text;
                words.RemoveAt(i);
            }

            if (value.Length > 0)
            {
                arguments[option.Name] = option.Kind is OptionKind.Choice ? value.ToLowerInvariant() : value;
            }
        }
    }

    private static void TakeChannel(List<TypedWord> words, CommandSpec spec, Dictionary<string, string> arguments)
    {
        if (spec.Options.FirstOrDefault(o => o.Kind is OptionKind.Channel) is not { } option || arguments.ContainsKey(option.Name))
        {
            return;
        }

        var at = words.FindIndex(w => w.Kind is TypedKind.Channel);
        at = at >= 0 ? at : words.FindIndex(w => w.Kind is TypedKind.Word && w.Text.Length > 1 && w.Text[0] == '#');
        at = at >= 0 || words.Count == 0 || !words[0].Text.Equals(Places.Here, StringComparison.OrdinalIgnoreCase) ? at : 0;
        if (at >= 0)
        {
            arguments[option.Name] = words[at].Text;
            words.RemoveAt(at);
        }
    }

    internal static bool IsFree(CommandOption option) =>
        option.Kind is OptionKind.Text or OptionKind.Topic or OptionKind.Story or OptionKind.Subscription;

    // The last word, as often as it fits a choice or a number; or a number that comes first: latest 3 nato.
    private static void TakeFixed(List<TypedWord> words, CommandSpec spec, Dictionary<string, string> arguments)
    {
        while (words.Count > 0 && words[^1].Kind is TypedKind.Word)
        {
            var last = words[^1].Text;
            var taker = spec.Options.FirstOrDefault(o => !arguments.ContainsKey(o.Name) && Fits(o, last));
            if (taker is null)
            {
                break;
            }

            arguments[taker.Name] = last.ToLowerInvariant();
            words.RemoveAt(words.Count - 1);
        }

        if (words.Count > 1 && words[0].Kind is TypedKind.Word && spec.Options.FirstOrDefault(o => o.Kind is OptionKind.Number && !arguments.ContainsKey(o.Name)) is { } number
            && Fits(number, words[0].Text))
        {
            arguments[number.Name] = words[0].Text;
            words.RemoveAt(0);
        }
    }

    private static bool Fits(CommandOption option, string word) => option.Kind switch
    {
        OptionKind.Choice => option.Choices?.Contains(word, StringComparer.OrdinalIgnoreCase) is true,
        OptionKind.Number => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    // Every free option but the last takes one word or phrase, the last takes the rest.
    private static void TakeFree(List<TypedWord> words, CommandSpec spec, Dictionary<string, string> arguments)
    {
        var free = spec.Options
            .Where(o => IsFree(o) && !o.IsOnlyNamed && !arguments.ContainsKey(o.Name))
            .ToArray();
        for (var i = 0; i < free.Length && words.Count > 0; i++)
        {
            var count = i == free.Length - 1 ? words.Count : 1;
            arguments[free[i].Name] = string.Join(' ', words.Take(count).Select(w => w.Text));
            words.RemoveRange(0, count);
        }

        if (words.Count > 0 && spec.Options.FirstOrDefault(o => o.Kind is OptionKind.Channel && !arguments.ContainsKey(o.Name)) is { } channel)
        {
            arguments[channel.Name] = words[0].Text;
        }
    }
}

/// <param name="Command">A command's name, or what was typed in its place.</param>
/// <param name="Arguments">By option name; values are outside text.</param>
public sealed record TypedCommand(string Command, IReadOnlyDictionary<string, string> Arguments)
{
    /// <inheritdoc cref="M10Bot.News.Chat.CommandRequest.IsRunOn"/>
    public bool IsRunOn { get; init; }
}
