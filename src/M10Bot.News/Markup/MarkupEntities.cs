using System.Globalization;
using System.Net;
using System.Text;

namespace M10Bot.News.Markup;

/// <summary>Resolves the character references of XML and HTML; what is none stays as it stands.</summary>
internal static class MarkupEntities
{
    private const int LongestName = 32;

    // What &#128; to &#159; mean in HTML: windows-1252 (WHATWG HTML §13.2.5.84).
    private const string HighControls = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    /// <param name="work">Emptied and used where there is something to resolve.</param>
    public static string Decode(ReadOnlySpan<char> text, StringBuilder? work = null)
    {
        if (text.IndexOf('&') < 0)
        {
            return text.ToString();
        }

        var decoded = work?.Clear() ?? new StringBuilder(text.Length);
        Append(decoded, text);
        return decoded.ToString();
    }

    public static void Append(StringBuilder to, ReadOnlySpan<char> text)
    {
        while (text.IndexOf('&') is >= 0 and var at)
        {
            to.Append(text[..at]);
            text = text[at..];
            var window = text[..Math.Min(text.Length, LongestName)];
            var end = window[1..].IndexOfAny(";&< ") + 1;
            if (end > 1 && window[end] == ';' && TryAppend(to, window[1..end]))
            {
                text = text[(end + 1)..];
            }
            else
            {
                to.Append('&');
                text = text[1..];
            }
        }

        to.Append(text);
    }

    private static bool TryAppend(StringBuilder to, ReadOnlySpan<char> name)
    {
        var known = name switch
        {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u00a0',
            _ => '\0',
        };
        if (known != '\0')
        {
            to.Append(known);
            return true;
        }

        return name[0] == '#' ? TryAppendNumber(to, name[1..]) : TryAppendNamed(to, name);
    }

    private static bool TryAppendNumber(StringBuilder to, ReadOnlySpan<char> digits)
    {
        var isRead = digits.Length > 1 && digits[0] is 'x' or 'X'
            ? int.TryParse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        if (!isRead)
        {
            return false;
        }

        if (code is >= 0x80 and <= 0x9F)
        {
            to.Append(HighControls[code - 0x80]);
        }
        else
        {
            to.Append(code != 0 && Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD");
        }

        return true;
    }

    private static bool TryAppendNamed(StringBuilder to, ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }
        }

        to.Append(WebUtility.HtmlDecode($"&{name};"));
        return true;
    }
}
