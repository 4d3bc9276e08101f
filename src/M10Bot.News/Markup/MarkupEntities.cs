using System.Buffers;
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

    public static string Decode(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('&') < 0)
        {
            return text.ToString();
        }

        var work = ArrayPool<char>.Shared.Rent(text.Length);
        var decoded = work.AsSpan(0, Resolve(text, work)).ToString();
        ArrayPool<char>.Shared.Return(work);
        return decoded;
    }

    public static void Append(StringBuilder to, ReadOnlySpan<char> text)
    {
        if (text.IndexOf('&') < 0)
        {
            to.Append(text);
        }
        else
        {
            to.Append(Decode(text));
        }
    }

    /// <param name="to">As long as the text: no reference is shorter than what it means.</param>
    /// <returns>How much of it was written.</returns>
    public static int Resolve(ReadOnlySpan<char> text, Span<char> to)
    {
        var length = 0;
        while (text.IndexOf('&') is >= 0 and var at)
        {
            text[..at].CopyTo(to[length..]);
            length += at;
            text = text[at..];
            var window = text[1..Math.Min(text.Length, LongestName)];
            var end = window.IndexOfAny(";&< ");
            var written = end > 0 && window[end] == ';' ? ResolveOne(window[..end], to[length..]) : 0;
            if (written > 0)
            {
                length += written;
                text = text[(end + 2)..];
            }
            else
            {
                to[length++] = '&';
                text = text[1..];
            }
        }

        text.CopyTo(to[length..]);
        return length + text.Length;
    }

    /// <returns>0 where the name means nothing.</returns>
    private static int ResolveOne(ReadOnlySpan<char> name, Span<char> to)
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
            to[0] = known;
            return 1;
        }

        return name[0] == '#' ? ResolveNumber(name[1..], to) : ResolveNamed(name, to);
    }

    private static int ResolveNumber(ReadOnlySpan<char> digits, Span<char> to)
    {
        var isRead = digits.Length > 1 && digits[0] is 'x' or 'X'
            ? int.TryParse(digits[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out code);
        if (!isRead)
        {
            return 0;
        }

        if (code is >= 0x80 and <= 0x9F)
        {
            to[0] = HighControls[code - 0x80];
            return 1;
        }

        return (code != 0 && Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar).EncodeToUtf16(to);
    }

    private static int ResolveNamed(ReadOnlySpan<char> name, Span<char> to)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return 0;
            }
        }

        var resolved = WebUtility.HtmlDecode($"&{name};");
        resolved.CopyTo(to);
        return resolved.Length;
    }
}
