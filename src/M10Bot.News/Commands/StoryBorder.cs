using System.Globalization;

namespace M10Bot.News.Commands;

/// <summary>Where in a typed line the story ends and what is said of it begins: <c>kill "kenya tea" it could not be confirmed</c>.</summary>
/// <param name="story">The option that names the story.</param>
/// <param name="said">The option after it: a reason, words, articles, another story.</param>
internal sealed class StoryBorder(CommandOption story, CommandOption said)
{
    /// <summary>Null for a command that takes a story alone, or none.</summary>
    public static StoryBorder? Of(CommandSpec spec) =>
        spec.Options.Where(o => CommandLine.IsFree(o) && !o.IsOnlyNamed).ToArray() is [{ Kind: OptionKind.Story } first, var second] ? new StoryBorder(first, second) : null;

    public bool IsOf(CommandOption option) => option == story || option == said;

    /// <summary>A number, with or without its sign.</summary>
    public static bool IsNumber(string word, out long number) =>
        long.TryParse(word.TrimStart('#').TrimEnd(':', ',', '.'), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Takes all words.</summary>
    /// <returns>True where nothing tells the border: then the story has the first word, and the rest may begin with more of it.</returns>
    public bool Take(List<TypedWord> words, Dictionary<string, string> arguments)
    {
        Unname(words, 0, story);
        if (words.Count == 0)
        {
            return false;
        }

        if (Names(words[0], said))
        {
            // reason: it could not be confirmed story: kenya tea
            var at = words.FindIndex(w => Names(w, story));
            Put(arguments, story, at < 0 ? [] : words[at..]);
            Put(arguments, said, at < 0 ? words : words[..at]);
            words.Clear();
            return false;
        }

        var isExact = words[0].Kind is TypedKind.Quoted or TypedKind.Link || words[0].Text.Contains("://", StringComparison.Ordinal) || IsNumber(words[0].Text, out _);
        var border = isExact ? 1 : words.FindIndex(w => Names(w, said));
        var isRunOn = border < 0 ? words.Count > 1 : border == 1 && words.Count > 1 && IsBare(words[0]) && !Names(words[1], said);
        border = border < 0 ? 1 : border;
        Put(arguments, story, words[..border]);
        Put(arguments, said, words[border..]);
        words.Clear();
        return isRunOn;
    }

    // "12 killed in Kenya" may be a headline; "#12" is a number.
    private static bool IsBare(TypedWord word) => word.Kind is TypedKind.Word && IsNumber(word.Text, out _) && char.IsAsciiDigit(word.Text[0]) && char.IsAsciiDigit(word.Text[^1]);

    private static void Put(Dictionary<string, string> arguments, CommandOption option, List<TypedWord> words)
    {
        Unname(words, 0, option);
        if (words.Count > 0)
        {
            arguments[option.Name] = string.Join(' ', words.Select(w => w.Text));
        }
    }

    private static void Unname(List<TypedWord> words, int at, CommandOption option)
    {
        if (words.Count > at && Names(words[at], option))
        {
            var value = words[at].Text.Length > option.Name.Length + 1 ? words[at].Text[(option.Name.Length + 1)..] : "";
            words.RemoveAt(at);
            words.InsertRange(at, value.Length > 0 ? [new TypedWord(value, TypedKind.Word)] : []);
        }
    }

    // "merge kenya tea into kenya harvest" needs no colon.
    private static bool Names(TypedWord word, CommandOption option) =>
        word.Kind is TypedKind.Word
        && word.Text.StartsWith(option.Name, StringComparison.OrdinalIgnoreCase)
        && (word.Text.Length == option.Name.Length ? option.Kind is OptionKind.Story && option.Name is MergeCommand.Into : word.Text[option.Name.Length] is ':' or '=');
}
