using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace M10Bot.Slack.Rendering;

/// <summary>Outside text on its way into Slack's markup: cleaned, escaped once, cut to length. Lengths are UTF-16 units after escaping.</summary>
internal static partial class SlackText
{
    private const char Joiner = '\u2060';
    private const char Ellipsis = '…';
    private const int LongestAddress = 2900; // Slack takes 3000

    private static readonly SearchValues<char> Formatting = SearchValues.Create("&<>*_~`");

    /// <summary>For mrkdwn: no character of it can format, link, mention or become an emoji.</summary>
    public static string Mark(string text, int limit) => Fit(Disarm(text), limit, MarkOf);

    /// <summary>For the top-level text, where Slack may still look for names.</summary>
    public static string Plain(string text, int limit) => Fit(Disarm(text), limit, PlainOf);

    /// <summary>For plain_text objects, which know no entities.</summary>
    public static string Label(string text, int limit) => Fit(Clean(text), limit, grapheme => grapheme);

    /// <summary>A link, or the bare label where the address is not one we pass on.</summary>
    public static string Link(string? address, string label, int limit)
    {
        var url = Address(address)?.Replace("&", "&amp;", StringComparison.Ordinal);
        return url is null || url.Length + 100 > limit ? Mark(label, limit) : $"<{url}|{Mark(label, limit - url.Length - 3)}>";
    }

    /// <summary>An absolute http(s) address without credentials, its special characters percent-encoded; else null.</summary>
    public static string? Address(string? text)
    {
        if (text is null || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
            || uri.UserInfo.Length > 0 || uri.Host.Length == 0
            || uri.Scheme is not ("https" or "http"))
        {
            return null;
        }

        var safe = Special().Replace(uri.AbsoluteUri, m => Uri.HexEscape(m.Value[0]));
        return safe.Length <= LongestAddress && !safe.EnumerateRunes().Any(r => Rune.IsControl(r) || Rune.IsWhiteSpace(r) || IsUnseen(r)) ? safe : null;
    }

    /// <summary>A channel by its name, which Slack puts in; null for what is no channel's id.</summary>
    public static string? Channel(string id) => ChannelId().IsMatch(id) ? $"<#{id}>" : null;

    /// <summary>A time in the reader's own zone; UTC where the client can't.</summary>
    public static string Date(DateTimeOffset at, string format) =>
        string.Create(CultureInfo.InvariantCulture, $"<!date^{at.ToUnixTimeSeconds()}^{format}|{Utc(at)}>");

    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For logs: a stranger's word, short and on one line.</summary>
    public static string Clip(string text, int limit) => Fit(Clean(text), limit, grapheme => grapheme);

    /// <summary>One line without controls, direction marks or invisible characters.</summary>
    public static string Clean(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || rune.Value is '\u2028' or '\u2029')
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (!Rune.IsControl(rune) && !IsUnseen(rune))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().TrimEnd();
    }

    private static bool IsUnseen(Rune rune) => rune.Value is 0xAD or 0x61C or 0xFEFF
        or (>= 0x200B and <= 0x200F and not 0x200C and not 0x200D) // the joiners make words and emoji
        or (>= 0x202A and <= 0x202E)
        or (>= 0x2060 and <= 0x206F)
        or (>= 0xFFF9 and <= 0xFFFB)
        or (>= 0xE0000 and <= 0xE007F);

    private static string Disarm(string text)
    {
        var line = Shortcode().Replace(Clean(text), $":{Joiner}");
        return line.StartsWith('>') ? Joiner + line : line; // a leading > is a quote, escaped or not
    }

    private static string MarkOf(string grapheme) => grapheme switch
    {
        "&" => "&amp;",
        "<" => "&lt;",
        ">" => "&gt;",
        "*" or "_" or "~" or "`" => $"{Joiner}{grapheme}{Joiner}",
        _ when grapheme.AsSpan().ContainsAny(Formatting) => string.Concat(grapheme.Select(c => MarkOf(c.ToString()))),
        _ => grapheme,
    };

    private static string PlainOf(string grapheme) => grapheme switch
    {
        "@" => $"@{Joiner}",
        _ => MarkOf(grapheme),
    };

    private static string Fit(string text, int limit, Func<string, string> encode)
    {
        var fitted = new StringBuilder(Math.Min(text.Length + 16, limit));
        var cut = 0;
        foreach (var grapheme in Graphemes(text))
        {
            var piece = encode(grapheme);
            if (fitted.Length + piece.Length > limit)
            {
                fitted.Length = cut;
                return fitted.Append(Ellipsis).ToString();
            }

            fitted.Append(piece);
            cut = fitted.Length <= limit - 1 ? fitted.Length : cut;
        }

        return fitted.ToString();
    }

    private static IEnumerable<string> Graphemes(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    [GeneratedRegex("[<>|\\\\ \"^`]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special();

    [GeneratedRegex("\\A[CG][A-Z0-9]{1,30}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChannelId();

    [GeneratedRegex(":(?=[a-z0-9_+'-]+:)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shortcode();
}
