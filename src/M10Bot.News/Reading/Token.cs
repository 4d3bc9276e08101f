using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>A word where it stands in a line.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">Past its last.</param>
/// <param name="IsCapital">Begins with a capital or is a number.</param>
/// <param name="IsFirst">Begins a sentence or a quotation, so that its capital says nothing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(int Start, int End, bool IsCapital, bool IsFirst);

/// <summary>Cuts a line into words: at hyphens too, but not at the full stops of U.S.; a possessive 's is left out.</summary>
internal static class Tokens
{
    /// <param name="words">Gets each word, folded; its characters live until the next call.</param>
    public static void Read(string line, Action<Token, ReadOnlySpan<char>> words)
    {
        Span<char> folded = stackalloc char[64];
        var isFirst = true;
        var i = 0;
        while (i < line.Length)
        {
            if (!char.IsLetterOrDigit(line[i]))
            {
                isFirst |= line[i] is '.' or '!' or '?' or '“' or '"' or ':' or '‘' or '•';
                i++;
                continue;
            }

            var start = i;
            var length = 0;
            var end = i;
            while (i < line.Length && Take(line, start, ref i, folded, ref length))
            {
                end = i;
            }

            words(new Token(start, end, !char.IsLower(line[start]), isFirst), folded[..length]);
            isFirst = false;
            i = Math.Max(i, end);
        }
    }

    private static bool Take(string line, int start, ref int i, Span<char> folded, ref int length)
    {
        var c = line[i];
        if (char.IsLetterOrDigit(c))
        {
            length = Append(c, folded, length);
            i++;
            return true;
        }

        var inside = i + 1 < line.Length && char.IsLetterOrDigit(line[i + 1]);
        if (c is '\'' or '’')
        {
            var isPossessive = inside && line[i + 1] is 's' or 'S' && (i + 2 == line.Length || !char.IsLetterOrDigit(line[i + 2]));
            if (isPossessive)
            {
                i += 2;
                return false;
            }

            i += inside ? 1 : 0;
            return inside;
        }

        // A full stop after a single letter belongs to an abbreviation when another single letter follows: U.S., J.D.
        if (c == '.' && inside && char.IsLetter(line[i - 1]) && (i - 1 == start || line[i - 2] == '.') && (i + 2 == line.Length || !char.IsLetterOrDigit(line[i + 2])))
        {
            i++;
            return true;
        }

        return false;
    }

    private static int Append(char c, Span<char> folded, int length)
    {
        if (Spelling.FoldedLetter(c) is var letter && letter != '\0')
        {
            return Put(letter, folded, length);
        }

        if (Spelling.Unaccented(c) is not { } plain)
        {
            return Put(char.ToLowerInvariant(c), folded, length);
        }

        foreach (var part in plain)
        {
            length = Put(part, folded, length);
        }

        return length;
    }

    private static int Put(char c, Span<char> folded, int length)
    {
        if (length < folded.Length)
        {
            folded[length++] = c;
        }

        return length;
    }
}
