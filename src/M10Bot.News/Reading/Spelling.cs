using System.Globalization;
using System.Text;

namespace M10Bot.News.Reading;

/// <summary>How alike two words are, and the form in which names are compared.</summary>
internal static class Spelling
{
    private const int MostOnStack = 100;

    /// <summary>Lower case, without accents, punctuation as spaces, single spaces.</summary>
    public static string Fold(string words)
    {
        var folded = new StringBuilder(words.Length);
        foreach (var c in words.Length <= 200 ? words : words[..200])
        {
            if (FoldedLetter(c) is var letter && letter != '\0')
            {
                folded.Append(letter);
            }
            else if (Unaccented(c) is { } plain)
            {
                folded.Append(plain);
            }
            else if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (folded.Length > 0 && folded[^1] != ' ' && c is not ('\'' or '’' or '.') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Slips between them: a letter more, less, other, or two swapped (Damerau).</summary>
    public static int Distance(string left, string right)
    {
        var isLeftLonger = left.Length >= right.Length;
        var a = (isLeftLonger ? left : right).ToUpperInvariant();
        var b = (isLeftLonger ? right : left).ToUpperInvariant();

        // Words of strangers have any length; the stack has not.
        var rows = b.Length < MostOnStack ? stackalloc int[3 * (b.Length + 1)] : new int[3 * (b.Length + 1)];
        var before = rows[..(b.Length + 1)];
        var last = rows.Slice(b.Length + 1, b.Length + 1);
        var row = rows[(2 * (b.Length + 1))..];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            last.CopyTo(before);
            row.CopyTo(last);
        }

        return last[b.Length];
    }

    public static char FoldedLetter(char c) => c switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => c,
        >= 'A' and <= 'Z' => (char)(c + 32),
        _ => '\0',
    };

    // A table of our own: with invariant globalisation the runtime does not take letters apart.
    public static string? Unaccented(char c) => c switch
    {
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' or 'ā' or 'ă' or 'ą' or 'À' or 'Á' or 'Â' or 'Ã' or 'Ä' or 'Å' or 'Ā' or 'Ă' or 'Ą' => "a",
        'ç' or 'ć' or 'č' or 'Ç' or 'Ć' or 'Č' => "c",
        'ď' or 'đ' or 'ð' or 'Ď' or 'Đ' or 'Ð' => "d",
        'è' or 'é' or 'ê' or 'ë' or 'ē' or 'ė' or 'ę' or 'ě' or 'È' or 'É' or 'Ê' or 'Ë' or 'Ē' or 'Ė' or 'Ę' or 'Ě' => "e",
        'ğ' or 'ģ' or 'Ğ' or 'Ģ' => "g",
        'ì' or 'í' or 'î' or 'ï' or 'ī' or 'į' or 'ı' or 'Ì' or 'Í' or 'Î' or 'Ï' or 'Ī' or 'Į' or 'İ' => "i",
        'ķ' or 'Ķ' => "k",
        'ł' or 'ľ' or 'ļ' or 'Ł' or 'Ľ' or 'Ļ' => "l",
        'ñ' or 'ń' or 'ň' or 'ņ' or 'Ñ' or 'Ń' or 'Ň' or 'Ņ' => "n",
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ø' or 'ő' or 'ō' or 'Ò' or 'Ó' or 'Ô' or 'Õ' or 'Ö' or 'Ø' or 'Ő' or 'Ō' => "o",
        'ř' or 'Ř' => "r",
        'ś' or 'š' or 'ş' or 'ș' or 'Ś' or 'Š' or 'Ş' or 'Ș' => "s",
        'ť' or 'ț' or 'ţ' or 'Ť' or 'Ț' or 'Ţ' => "t",
        'ù' or 'ú' or 'û' or 'ü' or 'ū' or 'ů' or 'ű' or 'ų' or 'Ù' or 'Ú' or 'Û' or 'Ü' or 'Ū' or 'Ů' or 'Ű' or 'Ų' => "u",
        'ý' or 'ÿ' or 'Ý' => "y",
        'ź' or 'ż' or 'ž' or 'Ź' or 'Ż' or 'Ž' => "z",
        'ß' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        _ => null,
    };
}
