namespace M10Bot.News.Reading;

/// <summary>The scripts that one language alone writes, or nearly alone.</summary>
internal static class Scripts
{
    private const double Most = 0.3; // names and figures of others stand in any text

    /// <summary>The language of a text that is mostly in such a script; null for Latin, Cyrillic and Arabic letters.</summary>
    public static string? Language(ReadOnlySpan<char> text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var letters = 0;
        foreach (var c in text)
        {
            if (!char.IsLetter(c))
            {
                continue;
            }

            letters++;
            if (Of(c) is { } language)
            {
                counts[language] = counts.GetValueOrDefault(language) + 1;
            }
        }

        if (counts.Count == 0)
        {
            return null;
        }

        // Japanese mixes its own letters with those of Chinese.
        if (counts.TryGetValue("ja", out var kana) && kana > 0.05 * letters)
        {
            return "ja";
        }

        var (best, most) = counts.MaxBy(c => c.Value);
        return most >= Most * letters ? best : null;
    }

    private static string? Of(char c) => c switch
    {
        < '\u0370' => null,
        <= '\u03FF' or (>= '\u1F00' and <= '\u1FFF') => "el",
        >= '\u0530' and <= '\u058F' => "hy",
        >= '\u0590' and <= '\u05FF' => "he",
        >= '\u0900' and <= '\u097F' => "hi",
        >= '\u0980' and <= '\u09FF' => "bn",
        >= '\u0A00' and <= '\u0A7F' => "pa",
        >= '\u0A80' and <= '\u0AFF' => "gu",
        >= '\u0B80' and <= '\u0BFF' => "ta",
        >= '\u0C00' and <= '\u0C7F' => "te",
        >= '\u0E00' and <= '\u0E7F' => "th",
        >= '\u10A0' and <= '\u10FF' => "ka",
        >= '\u1200' and <= '\u139F' => "am",
        >= '\u1780' and <= '\u17FF' => "km",
        >= '\u1100' and <= '\u11FF' or (>= '\uAC00' and <= '\uD7AF') => "ko",
        >= '\u3040' and <= '\u30FF' => "ja",
        >= '\u4E00' and <= '\u9FFF' => "zh",
        _ => null,
    };
}
