using System.Globalization;
using System.Text;

namespace M10Bot.News.Commands;

/// <summary>Typed text cut into words, quoted phrases, channel mentions and links.</summary>
/// <remarks>
/// The form in which a platform hands over typed text: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> of the person are entities,
/// so angle brackets are always the platform's own tokens (<c>&lt;#C123|news&gt;</c>, <c>&lt;https://…|shown&gt;</c>).
/// </remarks>
internal static class TypedText
{
    // Pasted from word processors and phones: every pair that people's keyboards turn quotes into.
    private const string Opening = "\"“„«‟";
    private const string Closing = "\"”“»";

    public static List<TypedWord> Split(string text)
    {
        var words = new List<TypedWord>();
        var at = 0;
        while (at < text.Length)
        {
            if (IsSpace(text[at]))
            {
                at++;
            }
            else if (text[at] == '<' && text.IndexOf('>', at) is > 0 and var end)
            {
                AddToken(words, text[(at + 1)..end]);
                at = end + 1;
            }
            else if (Opening.Contains(text[at], StringComparison.Ordinal) && text.AsSpan(at + 1).IndexOfAny(Closing) is >= 0 and var length)
            {
                Add(words, text.Substring(at + 1, length), TypedKind.Quoted);
                at += length + 2;
            }
            else
            {
                var start = at;
                while (at < text.Length && !IsSpace(text[at]) && text[at] != '<')
                {
                    at++;
                }

                // A lone bracket starts no token.
                at = at == start ? at + 1 : at;
                Add(words, text[start..at], TypedKind.Word);
            }
        }

        return words;
    }

    private static void Add(List<TypedWord> words, string raw, TypedKind kind)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var c in Decode(raw))
        {
            if (kind is TypedKind.Word && (Opening.Contains(c, StringComparison.Ordinal) || Closing.Contains(c, StringComparison.Ordinal)))
            {
                continue;
            }

            if (!char.IsControl(c) && char.GetUnicodeCategory(c) is not UnicodeCategory.Format)
            {
                text.Append(IsSpace(c) ? ' ' : c);
            }
        }

        var word = text.ToString().Trim();
        if (word.Length > 0)
        {
            words.Add(new TypedWord(word, kind));
        }
    }

    private static void AddToken(List<TypedWord> words, string inside)
    {
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var target = bar < 0 ? inside : inside[..bar];
        if (target.Length > 1 && target[0] == '#')
        {
            Add(words, target[1..], TypedKind.Channel);
        }
        else
        {
            Add(words, target, target.Contains("://", StringComparison.Ordinal) ? TypedKind.Link : TypedKind.Word);
        }
    }

    private static string Decode(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    private static bool IsSpace(char c) => char.IsWhiteSpace(c);
}

/// <param name="Text">Decoded, without its quotes or brackets.</param>
internal readonly record struct TypedWord(string Text, TypedKind Kind);

internal enum TypedKind
{
    Word,
    Quoted,
    Channel,
    Link,
}
