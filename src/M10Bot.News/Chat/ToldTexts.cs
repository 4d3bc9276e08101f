using M10Bot.News.Articles;

namespace M10Bot.News.Chat;

/// <summary>Sentences that were made in English and kept, such as the reasons of a ruling, in a reader's language: known again by their form.</summary>
/// <remarks>The forms are the keys that begin with <c>told:</c>. What stands in the place of a value stays, but for a name or a form of its own.</remarks>
internal static class ToldTexts
{
    private const string Mark = "told:";

    private static readonly Lazy<Form[]> Forms = new(() =>
        [.. Texts.All(Texts.Languages[1]).Keys.Where(k => k.StartsWith(Mark, StringComparison.Ordinal)).Select(k => new Form(k)).OrderByDescending(f => f.Weight)]);

    public static string In(string language, string english)
    {
        var sentence = english.TrimEnd();
        return string.Equals(language, Texts.English, StringComparison.Ordinal) ? sentence : Known(language, sentence) ?? Two(language, sentence) ?? sentence;
    }

    /// <summary>With a full stop or without one it is the same sentence: some platforms' notes have one, and lists do without.</summary>
    private static string? Known(string language, string sentence) =>
        Same(language, sentence)
        ?? (sentence.EndsWith('.') ? Same(language, sentence[..^1]) is { } bare ? bare + "." : null : Same(language, sentence + ".")?.TrimEnd('.'));

    private static string? Same(string language, string sentence)
    {
        if (Texts.In(language, sentence) is var exact && !string.Equals(exact, sentence, StringComparison.Ordinal))
        {
            return exact;
        }

        foreach (var form in Forms.Value)
        {
            if (form.Values(sentence) is { } values)
            {
                return Texts.In(language, form.Key, [.. values.Select(v => TopicNames.In(language, Known(language, v) ?? Two(language, v) ?? Listed(language, v) ?? v))]);
            }
        }

        return null;
    }

    // A reason and its remedy, kept as one: only where both are the bot's own.
    private static string? Two(string language, string sentences)
    {
        for (var end = sentences.IndexOf(". ", StringComparison.Ordinal); end >= 0; end = sentences.IndexOf(". ", end + 1, StringComparison.Ordinal))
        {
            if (Known(language, sentences[..(end + 1)]) is { } first && Known(language, sentences[(end + 2)..]) is { } second)
            {
                return $"{first} {second}";
            }
        }

        return null;
    }

    // Such as a few permissions with commas between.
    private static string? Listed(string language, string words) =>
        words.Split(", ") is { Length: > 1 } all && Array.ConvertAll(all, w => Texts.In(language, w)) is var told && !told.Intersect(all, StringComparer.Ordinal).Any()
            ? string.Join(", ", told)
            : null;

    private sealed class Form(string key)
    {
        private readonly string[] _parts = Parts(key);

        public string Key => key;

        /// <summary>The more of its own words, the surer.</summary>
        public int Weight => _parts.Sum(p => p.Length);

        /// <summary>What stands between its words, in their order; null where the sentence has another form.</summary>
        public string[]? Values(string sentence)
        {
            if (!sentence.StartsWith(_parts[0], StringComparison.Ordinal) || !sentence.EndsWith(_parts[^1], StringComparison.Ordinal))
            {
                return null;
            }

            var values = new string[_parts.Length - 1];
            var at = _parts[0].Length;
            for (var i = 1; i < _parts.Length; i++)
            {
                var end = i == _parts.Length - 1 ? sentence.Length - _parts[i].Length : sentence.IndexOf(_parts[i], at, StringComparison.Ordinal);
                if (end <= at)
                {
                    return null;
                }

                values[i - 1] = sentence[at..end];
                at = end + _parts[i].Length;
            }

            return values;
        }

        // The values of a key are numbered in their order.
        private static string[] Parts(string key)
        {
            var format = key[Mark.Length..];
            for (var i = 0; format.Contains($"{{{i}}}", StringComparison.Ordinal); i++)
            {
                format = format.Replace($"{{{i}}}", "\0", StringComparison.Ordinal);
            }

            return format.Split('\0');
        }
    }
}
