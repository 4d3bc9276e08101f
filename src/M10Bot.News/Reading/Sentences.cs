using System.Collections.Frozen;

namespace M10Bot.News.Reading;

/// <summary>Cuts a paragraph into sentences, each an exact piece of it.</summary>
/// <remarks>A quotation is not cut open: what stands between its marks stays in one piece with the words that say whose it is.</remarks>
internal static class Sentences
{
    private const int LongestQuotation = 600;

    private static readonly FrozenSet<string> Titles = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "gen", "col", "lt", "sgt", "capt", "cmdr", "adm", "maj", "cpl", "pte", "sen", "rep", "gov", "pres",
        "st", "ste", "mt", "ft", "no", "nos", "vs", "v", "fig", "approx", "est", "dept", "univ", "messrs", "supt", "det", "insp", "hr", "fr");

    // These end a sentence too when the next word looks like a beginning.
    private static readonly FrozenSet<string> Endings = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "inc", "ltd", "corp", "co", "plc", "jr", "sr", "etc", "eg", "ie", "cf", "al", "a.m", "p.m", "am", "pm", "u.s", "u.k", "u.n", "e.u", "d.c", "ph.d",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri",
        "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md", "mass", "mich", "minn", "miss", "mo", "mont",
        "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "vt", "va", "wash", "wis", "wyo", "ave", "blvd", "rd");

    private static readonly FrozenSet<string> Beginnings = FrozenSet.Create(
        StringComparer.Ordinal,
        "The", "A", "An", "This", "That", "These", "Those", "He", "She", "It", "They", "We", "I", "You", "His", "Her", "Its", "Their", "Our", "But", "And", "Or",
        "In", "On", "At", "As", "After", "Before", "When", "While", "If", "For", "With", "There", "Then", "However", "Some", "Many", "Most", "Both", "Under", "Over",
        "Although", "Meanwhile", "Police", "Officials", "What", "Who", "Why", "How", "Now", "So", "Since", "By", "From", "To", "No", "Not", "One", "Two");

    /// <summary>The first sentence of a text; all of it where it has no end.</summary>
    public static string First(string text) => Split(text) is [var first, ..] ? text[first] : text;

    public static List<Range> Split(string text)
    {
        var sentences = new List<Range>();
        var start = 0;
        var quotation = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (Opens(text, i))
            {
                quotation = quotation < 0 && ClosesWithin(text, i) ? i : quotation;
            }
            else if (quotation >= 0 && Closes(text, i))
            {
                quotation = -1;
            }

            if (quotation < 0 && text[i] == ' ' && LostStop.IsAt(text, i))
            {
                Add(text, start, i, sentences);
                start = i + 1;
            }
            else if (quotation < 0 && text[i] is '.' or '?' or '!' or '…' or '。' && End(text, i) is var end && end > 0 && IsBoundary(text, start, i, end))
            {
                Add(text, start, end, sentences);
                start = end;
                i = end - 1;
            }
            else if (quotation < 0 && Closes(text, i) && i > 0 && text[i - 1] is '.' or '?' or '!' && IsBoundary(text, start, i - 1, i + 1))
            {
                Add(text, start, i + 1, sentences);
                start = i + 1;
            }
        }

        Add(text, start, text.Length, sentences);
        return sentences;
    }

    /// <summary>Whether a quotation is open at one end: half of something somebody said.</summary>
    public static bool IsHalfQuote(ReadOnlySpan<char> sentence)
    {
        var straight = 0;
        var open = 0;
        foreach (var c in sentence)
        {
            straight += c == '"' ? 1 : 0;
            open += c switch { '“' or '„' or '«' => 1, '”' or '»' => -1, _ => 0 };
            if (open < 0)
            {
                return true;
            }
        }

        return open != 0 || straight % 2 != 0;
    }

    private static void Add(string text, int start, int end, List<Range> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            sentences.Add(start..end);
        }
    }

    /// <summary>Past the full stops and closing marks at <paramref name="at"/>.</summary>
    private static int End(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && text[end] is '.' or '?' or '!' or '…' or '”' or '’' or ')' or ']' or '»')
        {
            end++;
        }

        while (end < text.Length && text[end] is '"' or '\'' && (end + 1 == text.Length || char.IsWhiteSpace(text[end + 1])))
        {
            end++;
        }

        return end;
    }

    private static bool IsBoundary(string text, int start, int stop, int end)
    {
        if (end >= text.Length)
        {
            return true;
        }

        if (!char.IsWhiteSpace(text[end]) || text[stop] == '。')
        {
            return text[stop] == '。';
        }

        var next = end;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || text[next] is '"' or '“' or '‘' or '\'' or '(' or '['))
        {
            next++;
        }

        // "…?" he asked: what follows in lower case goes on.
        return next < text.Length && !char.IsLower(text[next]) && (text[stop] != '.' || end - stop > 1 || !IsAbbreviation(text, start, stop, next));
    }

    private static bool IsAbbreviation(string text, int start, int stop, int next)
    {
        var word = stop;
        while (word > start && (char.IsLetter(text[word - 1]) || text[word - 1] == '.'))
        {
            word--;
        }

        var before = text[word..stop];
        if (before.Length == 0)
        {
            return false;
        }

        if (Titles.Contains(before))
        {
            // "He said no." ends; "No. 7" does not.
            return !before.Equals("no", StringComparison.OrdinalIgnoreCase) || char.IsDigit(text[next]);
        }

        var isInitial = before.Length == 1 && char.IsUpper(before[0]);
        if (!isInitial && !Endings.Contains(before) && !before.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }

        var stopOfNext = next;
        while (stopOfNext < text.Length && char.IsLetter(text[stopOfNext]))
        {
            stopOfNext++;
        }

        return before is not "I" && !Beginnings.Contains(text[next..stopOfNext]);
    }

    private static bool Opens(string text, int i) => text[i] switch
    {
        '“' or '„' or '«' => true,
        '"' => (i == 0 || char.IsWhiteSpace(text[i - 1]) || text[i - 1] is '(' or '[' or '—' or '–' or '-' or '\'') && i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]),
        _ => false,
    };

    private static bool Closes(string text, int i) => text[i] is '”' or '»' || (text[i] == '"' && !Opens(text, i));

    private static bool ClosesWithin(string text, int opened)
    {
        for (var i = opened + 1; i < Math.Min(text.Length, opened + LongestQuotation); i++)
        {
            if (Closes(text, i))
            {
                return true;
            }
        }

        return false;
    }
}
