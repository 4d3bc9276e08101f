using System.Buffers;
using System.Text;

namespace M10Bot.News.Markup;

/// <summary>HTML of strangers to plain text: tags go, entities are resolved, white space is folded.</summary>
internal static class MarkupText
{
    public static string ToPlain(string html)
    {
        var first = html.AsSpan().IndexOfAny('<', '&');
        if (first < 0)
        {
            return Fold(html);
        }

        var work = ArrayPool<char>.Shared.Rent(html.Length); // no tag or reference becomes longer
        var length = html.AsSpan(first).Contains('<') ? WriteText(html, work) : MarkupEntities.Resolve(html, work);
        var plain = IsFolded(work.AsSpan(0, length)) ? new string(work, 0, length) : new string(work, 0, FoldInPlace(work.AsSpan(0, length)));
        ArrayPool<char>.Shared.Return(work);
        return plain;
    }

    private static int WriteText(string html, Span<char> text)
    {
        var length = 0;
        var tokens = new MarkupTokenizer(html);
        var hidden = 0;
        while (tokens.Next())
        {
            switch (tokens.Kind)
            {
                case MarkupKind.Text when hidden == 0:
                    length += MarkupEntities.Resolve(tokens.Value, text[length..]);
                    break;
                case MarkupKind.CData when hidden == 0:
                    tokens.Value.CopyTo(text[length..]);
                    length += tokens.Value.Length;
                    break;
                case MarkupKind.Open when hidden == 0 && tokens.After == html.Length && !html.EndsWith('>'):
                    length += MarkupEntities.Resolve(html.AsSpan(tokens.Start), text[length..]); // "if x<y then": no tag was meant
                    break;
                case MarkupKind.Open when IsHidden(tokens.Name) && !tokens.IsEmpty:
                    hidden++;
                    break;
                case MarkupKind.Close when IsHidden(tokens.Name) && hidden > 0:
                    hidden--;
                    break;
                case MarkupKind.Open or MarkupKind.Close when IsBlock(tokens.Name):
                    text[length++] = ' ';
                    break;
            }
        }

        return length;
    }

    /// <summary>The pieces of a text between its blocks: paragraphs, headings, list items.</summary>
    public static IEnumerable<string> Paragraphs(string html)
    {
        var cuts = new List<int> { 0 };
        var tokens = new MarkupTokenizer(html);
        var hidden = 0;
        while (tokens.Next())
        {
            if (tokens.Kind is not (MarkupKind.Open or MarkupKind.Close))
            {
                continue;
            }

            if (IsHidden(tokens.Name))
            {
                hidden = Math.Max(0, hidden + (tokens.Kind == MarkupKind.Close ? -1 : tokens.IsEmpty ? 0 : 1));
            }
            else if (hidden == 0 && IsBlock(tokens.Name))
            {
                cuts.Add(tokens.Start);
            }
        }

        cuts.Add(html.Length);
        return cuts.Zip(cuts.Skip(1), (start, end) => html[start..end]);
    }

    /// <summary>As <see cref="Paragraphs"/>, each as one line of plain text, empty ones left out.</summary>
    public static IEnumerable<string> PlainParagraphs(string html) => Paragraphs(html).Select(ToPlain).Where(line => line.Length > 0);

    /// <summary>One line: white space as single spaces, none at the ends, no control characters.</summary>
    public static string Fold(string text)
    {
        if (IsFolded(text))
        {
            return text;
        }

        var work = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(work);
        var folded = new string(work, 0, FoldInPlace(work.AsSpan(0, text.Length)));
        ArrayPool<char>.Shared.Return(work);
        return folded;
    }

    private static int FoldInPlace(Span<char> text)
    {
        var length = 0;
        var isSpaceDue = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                isSpaceDue = length > 0;
            }
            else if (!char.IsControl(c))
            {
                if (isSpaceDue)
                {
                    text[length++] = ' ';
                    isSpaceDue = false;
                }

                text[length++] = c;
            }
        }

        return length;
    }

    private static bool IsFolded(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.IndexOfAnyExceptInRange(' ', '~') < 0 && !text.StartsWith(' ') && !text.EndsWith(' ') && text.IndexOf("  ") < 0;
        }

        var isAfterSpace = true;
        foreach (var c in text)
        {
            if (char.IsControl(c) || (char.IsWhiteSpace(c) && (c != ' ' || isAfterSpace)))
            {
                return false;
            }

            isAfterSpace = c == ' ';
        }

        return !isAfterSpace || text.Length == 0;
    }

    private static bool IsHidden(ReadOnlySpan<char> name) =>
        name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase);

    private static bool IsBlock(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 10)
        {
            return false;
        }

        Span<char> lower = stackalloc char[10];
        var length = name.ToLowerInvariant(lower);
        return (ReadOnlySpan<char>)lower[..length] is "p" or "br" or "li" or "td" or "tr" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6"
            or "ul" or "ol" or "hr" or "blockquote" or "section" or "article" or "figure" or "figcaption" or "header" or "footer" or "table";
    }
}
