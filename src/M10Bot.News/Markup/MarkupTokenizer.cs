using System.Buffers;

namespace M10Bot.News.Markup;

internal enum MarkupKind
{
    Text,
    CData,
    Open,
    Close,
    End,
}

/// <summary>Cuts XML-like text into tags and text, forward only. Never throws, always ends, resolves and copies nothing.</summary>
/// <remarks>
/// Tolerant where feeds are broken: a stray <c>&lt;</c> is text, an unclosed tag ends at the next one, comments, processing
/// instructions and doctypes are passed over (entities a doctype declares stay undeclared: no expansion bomb). Time is linear
/// in the text: an end that was looked for in vain is not looked for again.
/// </remarks>
internal ref struct MarkupTokenizer(ReadOnlySpan<char> source)
{
    private const string CDataStart = "<![CDATA[";
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/><");
    private readonly ReadOnlySpan<char> _text = source;
    private int _at;
    private bool _hasNoCommentEnd;
    private bool _hasNoInstructionEnd;
    private bool _hadDoctype;

    public MarkupKind Kind { get; private set; }

    /// <summary>Where this token begins in the source.</summary>
    public int Start { get; private set; }

    /// <summary>Where the next token begins.</summary>
    public readonly int After => _at;

    public readonly ReadOnlySpan<char> Source => _text;

    /// <summary>Text and CDATA: the characters inside.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Tags: the name with its prefix, as written.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>Open tags: <c>&lt;a/&gt;</c>.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Open tags: what stands between the name and the end.</summary>
    public ReadOnlySpan<char> Attributes { get; private set; }

    /// <returns>False at the end.</returns>
    public bool Next()
    {
        while (_at < _text.Length)
        {
            Start = _at;
            var second = _text[_at] == '<' && _at + 1 < _text.Length ? _text[_at + 1] : '\0';
            switch (second)
            {
                case '!' when _text[_at..].StartsWith(CDataStart, StringComparison.OrdinalIgnoreCase):
                    return TakeCData();
                case '!':
                    PassDeclaration();
                    break;
                case '?':
                    _at = EndOf("?>", 2, ref _hasNoInstructionEnd);
                    break;
                case '/':
                    return TakeClose();
                case var c when IsNameStart(c):
                    return TakeOpen();
                default:
                    return TakeText();
            }
        }

        Kind = MarkupKind.End;
        return false;
    }

    /// <summary>The next tag, whatever text stands before it.</summary>
    /// <returns>False at the end.</returns>
    public bool NextTag()
    {
        do
        {
            if (_at < _text.Length && _text[_at] != '<')
            {
                var next = _text[_at..].IndexOf('<');
                _at = next < 0 ? _text.Length : _at + next;
            }
        }
        while (Next() && Kind is MarkupKind.Text or MarkupKind.CData);
        return Kind != MarkupKind.End;
    }

    /// <summary>Takes what stands between an open tag and its end, where that is one run of text or one CDATA section: what most elements hold.</summary>
    /// <param name="isVerbatim">It was CDATA.</param>
    /// <returns>False where it is anything else; nothing was taken then.</returns>
    public bool TryTakeInside(out ReadOnlySpan<char> inside, out bool isVerbatim)
    {
        isVerbatim = false;
        var rest = _text[_at..];
        var end = rest.IndexOf('<');
        inside = rest[..Math.Max(end, 0)];
        if (end >= 0 && end + CDataStart.Length < rest.Length && rest[end + 1] == '!' && inside.IsWhiteSpace() && rest[end..].StartsWith(CDataStart))
        {
            isVerbatim = true;
            rest = rest[(end + CDataStart.Length)..];
            var close = rest.IndexOf("]]>");
            inside = rest[..Math.Max(close, 0)];
            rest = close < 0 ? default : rest[(close + 3)..];
            end = rest.Length - rest.TrimStart().Length;
        }

        var length = Name.Length + "</>".Length;
        if (end < 0 || rest.Length - end < length)
        {
            return false;
        }

        var tag = rest.Slice(end, length);
        if (tag[0] != '<' || tag[1] != '/' || tag[^1] != '>' || !tag[2..^1].SequenceEqual(Name))
        {
            return false;
        }

        Start = _text.Length - rest.Length + end;
        Kind = MarkupKind.Close;
        _at = Start + length;
        return true;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || (c > 127 && char.IsLetter(c));

    private bool TakeText()
    {
        var next = _text[(_at + 1)..].IndexOf('<');
        var end = next < 0 ? _text.Length : _at + 1 + next;
        Kind = MarkupKind.Text;
        Value = _text[_at..end];
        _at = end;
        return true;
    }

    private bool TakeCData()
    {
        var from = _at + CDataStart.Length;
        var close = _text[from..].IndexOf("]]>");
        Kind = MarkupKind.CData;
        Value = close < 0 ? _text[from..] : _text.Slice(from, close);
        _at = close < 0 ? _text.Length : from + close + 3;
        return true;
    }

    private bool TakeClose()
    {
        var from = _at + 2;
        var length = _text[from..].IndexOfAny('>', '<', '\n');
        var stop = length < 0 ? _text.Length : from + length;
        Kind = MarkupKind.Close;
        Name = _text[from..stop].Trim();
        _at = stop < _text.Length && _text[stop] != '<' ? stop + 1 : stop;
        return true;
    }

    private bool TakeOpen()
    {
        var length = _text[(_at + 1)..].IndexOfAny(NameEnds);
        var nameEnd = length < 0 ? _text.Length : _at + 1 + length;
        Name = _text[(_at + 1)..nameEnd];
        Kind = MarkupKind.Open;
        if (nameEnd < _text.Length && _text[nameEnd] == '>')
        {
            IsEmpty = false;
            Attributes = default;
            _at = nameEnd + 1;
            return true;
        }

        var end = TagEnd(nameEnd);
        var inside = _text[nameEnd..end].TrimEnd();
        IsEmpty = inside.EndsWith('/');
        Attributes = IsEmpty ? inside[..^1] : inside;
        _at = end < _text.Length && _text[end] == '>' ? end + 1 : end;
        return true;
    }

    // Quotes may hold ">"; a quote that is never closed may not swallow the document.
    private readonly int TagEnd(int from)
    {
        var at = from;
        while (at < _text.Length)
        {
            var step = _text[at..].IndexOfAny("\"'><");
            if (step < 0)
            {
                return _text.Length;
            }

            at += step;
            if (_text[at] is '>' or '<')
            {
                return at;
            }

            if (QuoteEnd(at) is >= 0 and var close)
            {
                at = close + 1;
                continue;
            }

            var end = _text[at..].IndexOfAny('>', '<');
            return end < 0 ? _text.Length : at + end;
        }

        return _text.Length;
    }

    /// <returns>Where the quote that opens at <paramref name="at"/> is closed; -1 where another tag begins before that.</returns>
    private readonly int QuoteEnd(int at)
    {
        var quote = _text[at++];
        while (_text[at..].IndexOfAny(quote, '<') is >= 0 and var step)
        {
            at += step;
            if (_text[at] == quote)
            {
                return at;
            }

            if (at + 1 < _text.Length && (IsNameStart(_text[at + 1]) || _text[at + 1] is '/' or '!' or '?'))
            {
                return -1;
            }

            at++;
        }

        return -1;
    }

    private void PassDeclaration()
    {
        var rest = _text[_at..];
        if (rest.StartsWith("<!--"))
        {
            _at = EndOf("-->", 4, ref _hasNoCommentEnd);
            return;
        }

        // A doctype may hold declarations in brackets; a document has one.
        if (!_hadDoctype && rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
        {
            _hadDoctype = true;
            if (rest.IndexOfAny('[', '>') is >= 0 and var first && rest[first] == '[' && BracketEnd(_at + first) is >= 0 and var end)
            {
                _at = end;
                return;
            }
        }

        _at = FirstEnd();
    }

    private readonly int BracketEnd(int at)
    {
        while (_text[at..].IndexOf(']') is >= 0 and var step)
        {
            at += step + 1;
            var rest = _text[at..].TrimStart();
            if (rest.StartsWith('>'))
            {
                return _text.Length - rest.Length + 1;
            }
        }

        return -1;
    }

    private readonly int EndOf(ReadOnlySpan<char> end, int from, ref bool isMissing)
    {
        if (!isMissing && _at + from <= _text.Length)
        {
            var close = _text[(_at + from)..].IndexOf(end);
            if (close >= 0)
            {
                return _at + from + close + end.Length;
            }

            isMissing = true;
        }

        return FirstEnd();
    }

    private readonly int FirstEnd() => _text[_at..].IndexOf('>') is >= 0 and var first ? _at + first + 1 : _text.Length;
}
