using System.Text;
using System.Text.RegularExpressions;

namespace M10Bot.News.Tests.Commands;

/// <summary>The literals of source code that people may come to read. What goes to the log or into an exception is for whoever runs the bot.</summary>
internal static partial class CodeWords
{
    /// <summary>Those with a space in them, with a 7 in the place of each value.</summary>
    public static IEnumerable<CodeLiteral> Of(string code)
    {
        code = Unread().Replace(code, "");
        for (var at = code.IndexOf('"', StringComparison.Ordinal); at >= 0; at = code.IndexOf('"', at))
        {
            var isFormat = code[at - 1] == '$';
            var (text, end) = Literal(code, at + 1, isFormat);
            if (text.Contains(' ', StringComparison.Ordinal))
            {
                yield return new CodeLiteral(text, isFormat, Word().Count(text), code[..(isFormat ? at - 1 : at)]);
            }

            at = end;
        }
    }

    // What is said within a value is looked at by itself only where it is no part of a format.
    private static (string Text, int End) Literal(string code, int at, bool isFormat)
    {
        var (text, depth) = (new StringBuilder(), 0);
        for (; depth > 0 || code[at] != '"'; at++)
        {
            switch (code[at])
            {
                case '\\' when depth == 0:
                    text.Append(code[++at]);
                    break;
                case '"':
                    at = Literal(code, at + 1, code[at - 1] == '$').End - 1;
                    break;
                case '{' when isFormat:
                    text.Append(depth++ == 0 ? "7" : "");
                    break;
                case '}' when isFormat:
                    depth--;
                    break;
                default:
                    _ = depth == 0 ? text.Append(code[at]) : text;
                    break;
            }
        }

        return (text.ToString(), at + 1);
    }

    [GeneratedRegex(@"(?<![:""])//.*|\[LoggerMessage\([^\n]*|throw new (?!LlmRefused)[^\n]*|\bLog[A-Z]\w*\([^\n]*|'""'|""""""(.|\n)*?""""""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Unread();

    [GeneratedRegex(@"[A-Za-z’']{2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}

/// <param name="Words">How many it has.</param>
/// <param name="Before">The code up to it.</param>
internal sealed record CodeLiteral(string Text, bool IsFormat, int Words, string Before);
