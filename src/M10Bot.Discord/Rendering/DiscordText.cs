using System.Globalization;
using System.Text;

namespace M10Bot.Discord.Rendering;

/// <summary>Makes text from outside plain: none of its markup, mentions, links or invisible characters acts in Discord.</summary>
/// <remarks>A backslash stops a mention from being shown as one, not from pinging; <c>allowed_mentions</c> does that, on every message.</remarks>
internal static class DiscordText
{
    private const char Break = '\u200B';
    private const string Special = @"\*_~`|[]()<>#";

    /// <summary>Discord counts code points.</summary>
    public static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>One line of outside text as Discord markdown, at most <paramref name="most"/> code points long.</summary>
    public static string Escape(string? text, int most) => Cut(Clean(text), most, EscapeAt);

    /// <summary>One line of outside text where Discord reads no markdown: labels, descriptions.</summary>
    public static string Plain(string? text, int most) => Cut(Clean(text), most, static (clean, at, length) => clean.Substring(at, length));

    /// <summary>One line, single spaces, and nothing that can't be seen.</summary>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder(text?.Length ?? 0);
        var previous = default(Rune);
        var runes = (text ?? "").EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune) || category is UnicodeCategory.Control)
            {
                if (Rune.IsWhiteSpace(rune) && clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (!IsInvisible(rune, category) || IsEmojiJoiner(rune, previous, i + 1 < runes.Length ? runes[i + 1] : default))
            {
                clean.Append(rune);
            }

            previous = rune;
        }

        if (clean.Length > 0 && clean[^1] == ' ')
        {
            clean.Length--;
        }

        return clean.ToString();
    }

    private static bool IsInvisible(Rune rune, UnicodeCategory category) => category switch
    {
        UnicodeCategory.Format => rune.Value is not ((>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x8E2), // these Arabic signs are drawn
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => true,
        _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or 0x17B4 or 0x17B5,
    };

    private static bool IsEmojiJoiner(Rune rune, Rune before, Rune after) =>
        rune.Value == 0x200D && IsEmojiPart(before) && IsEmojiPart(after);

    private static bool IsEmojiPart(Rune rune) =>
        rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    private static string Cut(string clean, int most, Func<string, int, int, string> pieceAt)
    {
        var result = new StringBuilder(clean.Length + 16);
        var length = 0;
        var lastFit = 0; // where an ellipsis still fits behind
        for (var at = 0; at < clean.Length;)
        {
            var size = StringInfo.GetNextTextElementLength(clean, at);
            var piece = pieceAt(clean, at, size);
            length += Length(piece);
            if (length > most)
            {
                result.Length = lastFit;
                return result.ToString().TrimEnd(' ') + (most > 0 ? "…" : "");
            }

            result.Append(piece);
            lastFit = length < most ? result.Length : lastFit;
            at += size;
        }

        return result.ToString();
    }

    private static string EscapeAt(string clean, int at, int length)
    {
        var first = clean[at];
        var rest = clean.AsSpan(at + 1);
        if (first == '<' && (StartsWithAny(rest, "@", "#", ":", "a:", "t:", "/", "id:")))
        {
            return $"\\<{Break}";
        }

        if (first == '@' && StartsWithAny(rest, "everyone", "here"))
        {
            return $"@{Break}";
        }

        // Discord makes links of bare addresses, and invitations of this host's even without a scheme; no backslash stops it.
        if ((first == ':' && rest.StartsWith("//", StringComparison.Ordinal)) || (first == '.' && IsInvitation(clean.AsSpan(0, at), rest)))
        {
            return $"{first}{Break}";
        }

        if (length == 1 && Special.Contains(first, StringComparison.Ordinal))
        {
            return $"\\{first}";
        }

        var isListSign = (first is '-' or '+' && at == 0) || (first is '.' && at > 0 && clean.AsSpan(0, at).IndexOfAnyExceptInRange('0', '9') < 0);
        return isListSign ? $"\\{clean.AsSpan(at, length)}" : clean.Substring(at, length);
    }

    private static bool IsInvitation(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        (before.EndsWith("discord", StringComparison.OrdinalIgnoreCase) || before.EndsWith("discordapp", StringComparison.OrdinalIgnoreCase))
        && StartsWithAny(after, "gg", "com");

    private static bool StartsWithAny(ReadOnlySpan<char> text, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
