using System.Text;
using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>What stands between an element's tags.</summary>
internal readonly ref struct Captured
{
    private readonly ReadOnlySpan<char> _inside;
    private readonly bool _isVerbatim;
    private readonly string? _text;

    public Captured(string text, bool isMarkup) => (_text, IsMarkup) = (text, isMarkup);

    /// <param name="inside">One piece, as it stands in the source.</param>
    /// <param name="isVerbatim">Nothing in it is to be resolved.</param>
    public Captured(ReadOnlySpan<char> inside, bool isVerbatim)
    {
        _inside = inside.Trim();
        _isVerbatim = isVerbatim || !_inside.Contains('&');
    }

    public static Captured Empty => new("", false);

    /// <summary>Entities resolved, or the raw inner markup. Made at each call.</summary>
    public string Text => _text ?? (_isVerbatim ? _inside.ToString() : MarkupEntities.Decode(_inside).Trim());

    /// <summary>The same, for who does not keep it.</summary>
    public ReadOnlySpan<char> Span => _text is null && _isVerbatim ? _inside : Text;

    /// <summary>True where there were tags inside.</summary>
    public bool IsMarkup { get; }
}

/// <summary>Reads one leaf element's content off the tokenizer.</summary>
internal sealed class FeedCapture
{
    private readonly StringBuilder _text = new(4096); // most texts fit in one piece

    /// <summary>Reads up to the matching end; stops before a tag that only a broken document has here.</summary>
    /// <param name="leaf">What kind of leaf it is.</param>
    /// <param name="stopped">True where the current token still has to be handled by the caller.</param>
    public Captured Take(scoped ref MarkupTokenizer tokens, FeedPath path, Leaf leaf, out bool stopped)
    {
        stopped = false;
        if (tokens.IsEmpty)
        {
            return Captured.Empty;
        }

        if (tokens.TryTakeInside(out var inside, out var isVerbatim))
        {
            return new Captured(inside, isVerbatim);
        }

        var name = tokens.Name;
        var start = tokens.After;
        var depth = 0;
        var isMarkup = false;
        var pieces = new Pieces(leaf == Leaf.Unwanted ? null : _text);
        while (tokens.Next())
        {
            switch (tokens.Kind)
            {
                case MarkupKind.Text or MarkupKind.CData:
                    pieces.Add(tokens.Value, tokens.Kind == MarkupKind.CData);
                    break;
                case MarkupKind.Close when tokens.Name.SequenceEqual(name) || tokens.Name.Equals(name, StringComparison.OrdinalIgnoreCase):
                    if (depth-- == 0)
                    {
                        return End(tokens.Source[start..tokens.Start], isMarkup, leaf, pieces);
                    }

                    break;
                case MarkupKind.Close when path.Holds(tokens.Source, tokens.Name):
                case MarkupKind.Open when IsForeign(tokens.Name, leaf):
                    stopped = true;
                    return End(tokens.Source[start..tokens.Start], isMarkup, leaf, pieces);
                case MarkupKind.Open:
                    isMarkup = true;
                    depth += !tokens.IsEmpty && tokens.Name.Equals(name, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
                    break;
            }
        }

        return End(tokens.Source[start..], isMarkup, leaf, pieces);
    }

    // Where a tag of the feed's own stands inside a leaf, the leaf's end was forgotten.
    private static bool IsForeign(ReadOnlySpan<char> name, Leaf leaf) =>
        name.Equals("item", StringComparison.OrdinalIgnoreCase) || name.Equals("entry", StringComparison.OrdinalIgnoreCase)
        || (leaf == Leaf.Line && FeedWords.IsSibling(name));

    private static Captured End(ReadOnlySpan<char> inner, bool isMarkup, Leaf leaf, Pieces pieces)
    {
        if (leaf == Leaf.Unwanted)
        {
            return Captured.Empty;
        }

        if (!isMarkup)
        {
            return pieces.Joined();
        }

        var raw = inner.Trim().ToString();
        return new Captured(
            pieces.HasCData ? raw.Replace("<![CDATA[", "", StringComparison.OrdinalIgnoreCase).Replace("]]>", "", StringComparison.Ordinal) : raw,
            true);
    }

    /// <summary>Joins text and CDATA. Most leaves have one piece, which is then copied once.</summary>
    private ref struct Pieces(StringBuilder? joined)
    {
        private ReadOnlySpan<char> _only;
        private bool _isVerbatim;
        private int _count;

        public bool HasCData { get; private set; }

        public void Add(ReadOnlySpan<char> text, bool isCData)
        {
            HasCData |= isCData;
            if (joined is null || (_count == 0 && text.IsWhiteSpace()))
            {
                return;
            }

            _count++;
            switch (_count)
            {
                case 1:
                    _only = text;
                    _isVerbatim = isCData;
                    return;
                case 2:
                    joined.Clear();
                    Append(_only, _isVerbatim);
                    break;
            }

            Append(text, isCData);
        }

        public readonly Captured Joined() => _count > 1 ? new Captured(joined!.ToString().Trim(), false) : new Captured(_only, _isVerbatim);

        private readonly void Append(ReadOnlySpan<char> text, bool isVerbatim)
        {
            if (isVerbatim)
            {
                joined!.Append(text);
            }
            else
            {
                MarkupEntities.Append(joined!, text);
            }
        }
    }
}
