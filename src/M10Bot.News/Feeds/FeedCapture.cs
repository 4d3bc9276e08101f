using System.Net;
using System.Text;

namespace M10Bot.News.Feeds;

/// <summary>What stands between an element's tags.</summary>
/// <param name="Text">Entities resolved, or the raw inner markup.</param>
/// <param name="IsMarkup">True where there were tags inside.</param>
internal readonly record struct Captured(string Text, bool IsMarkup)
{
    public static readonly Captured Empty = new("", false);
}

/// <summary>Reads one leaf element's content off the tokenizer.</summary>
internal sealed class FeedCapture(string source)
{
    private readonly StringBuilder _text = new();

    /// <summary>Reads up to the matching end; stops before a tag that only a broken document has here.</summary>
    /// <param name="isForeign">Asked of each open or close tag inside: true ends the capture before it.</param>
    /// <param name="stopped">True where the current token still has to be handled by the caller.</param>
    public Captured Take(scoped ref MarkupTokenizer tokens, Func<MarkupKind, ReadOnlySpan<char>, bool> isForeign, out bool stopped)
    {
        stopped = false;
        if (tokens.IsEmpty)
        {
            return Captured.Empty;
        }

        var name = tokens.Name;
        var start = tokens.After;
        var depth = 0;
        var isMarkup = false;
        var hasCData = false;
        _text.Clear();
        while (tokens.Next())
        {
            switch (tokens.Kind)
            {
                case MarkupKind.Text:
                    Append(tokens.Value);
                    break;
                case MarkupKind.CData:
                    hasCData = true;
                    _text.Append(tokens.Value);
                    break;
                case MarkupKind.Close when tokens.Name.Equals(name, StringComparison.OrdinalIgnoreCase):
                    if (depth-- == 0)
                    {
                        return End(start, tokens.Start, isMarkup, hasCData);
                    }

                    break;
                case var kind when isForeign(kind, tokens.Name):
                    stopped = true;
                    return End(start, tokens.Start, isMarkup, hasCData);
                case MarkupKind.Open:
                    isMarkup = true;
                    depth += !tokens.IsEmpty && tokens.Name.Equals(name, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
                    break;
            }
        }

        return End(start, source.Length, isMarkup, hasCData);
    }

    private Captured End(int start, int end, bool isMarkup, bool hasCData)
    {
        if (!isMarkup)
        {
            return new Captured(_text.ToString().Trim(), false);
        }

        var raw = source.AsSpan(start, end - start).Trim().ToString();
        return new Captured(hasCData ? raw.Replace("<![CDATA[", "", StringComparison.OrdinalIgnoreCase).Replace("]]>", "", StringComparison.Ordinal) : raw, true);
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('&') < 0)
        {
            _text.Append(text);
        }
        else
        {
            _text.Append(WebUtility.HtmlDecode(text.ToString()));
        }
    }
}
