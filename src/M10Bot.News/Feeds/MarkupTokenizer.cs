using System.Buffers;

namespace M10Bot.News.Feeds;

internal enum MarkupKind
{
    Text,
    CData,
    Open,
    Close,
    End,
}

/// <summary>Cuts XML-like text into tags and text, forward only. Never throws, always ends, resolves nothing.</summary>
/// <remarks>
/// Tolerant where feeds are broken: a stray <c>&lt;</c> is text, an unclosed tag ends at the next <c>&lt;</c>, comments,
/// processing instructions and doctypes are passed over (entities a doctype declares stay undeclared: no expansion bomb).
/// Slices of the source are handed out as positions; nothing is copied here.
/// </remarks>
internal ref struct MarkupTokenizer(string source)
{
    private const int MostAttributes = 200;
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/><");
    private static readonly SearchValues<char> AttributeNameEnds = SearchValues.Create("= \t\r\n/");
    private readonly ReadOnlySpan<char> _text = source;
    private int _at;

    public MarkupKind Kind { get; private set; }

    /// <summary>Where this token begins in the source.</summary>
    public int Start { get; private set; }

    /// <summary>Where the next token begins.</summary>
    public readonly int After => _at;

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
            if (_text[_at] != '<')
            {
                return TakeText();
            }

            if (_at + 1 >= _text.Length)
            {
                return TakeText();
            }

            switch (_text[_at + 1])
            {
                case '!':
                    if (_text[_at..].StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase))
                    {
                        return TakeCData();
                    }

                    PassDeclaration();
                    break;
                case '?':
                    Pass("?>", 2);
                    break;
                case '/':
                    return TakeClose();
                case var c when char.IsAsciiLetter(c) || c == '_' || char.IsLetter(c):
                    return TakeOpen();
                default:
                    return TakeText();
            }
        }

        Kind = MarkupKind.End;
        return false;
    }

    /// <summary>One attribute's value, undecoded; the prefix of the wanted name counts. Empty where it is not there.</summary>
    public readonly bool TryAttribute(ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        var rest = Attributes;
        for (var i = 0; i < MostAttributes && TakeAttribute(ref rest, out var found, out value); i++)
        {
            if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Takes the first attribute off <paramref name="rest"/>; false where none is left.</summary>
    public static bool TakeAttribute(scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        rest = rest.TrimStart(" \t\r\n/\"'");
        var end = rest.IndexOfAny(AttributeNameEnds);
        name = end < 0 ? rest : rest[..end];
        value = default;
        if (name.IsEmpty)
        {
            if (rest.IsEmpty)
            {
                return false;
            }

            rest = rest[1..]; // a stray "="
            return TakeAttribute(ref rest, out name, out value);
        }

        rest = end < 0 ? default : rest[end..].TrimStart();
        if (rest.IsEmpty || rest[0] != '=')
        {
            return true;
        }

        rest = rest[1..].TrimStart();
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] is '"' or '\'')
        {
            var close = rest[1..].IndexOf(rest[0]);
            value = close < 0 ? rest[1..] : rest.Slice(1, close);
            rest = close < 0 ? default : rest[(close + 2)..];
            return true;
        }

        var stop = rest.IndexOfAny(" \t\r\n");
        value = stop < 0 ? rest : rest[..stop];
        rest = stop < 0 ? default : rest[stop..];
        return true;
    }

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
        var from = _at + "<![CDATA[".Length;
        var close = _text[from..].IndexOf("]]>");
        Kind = MarkupKind.CData;
        Value = close < 0 ? _text[from..] : _text.Slice(from, close);
        _at = close < 0 ? _text.Length : from + close + 3;
        return true;
    }

    private bool TakeClose()
    {
        var end = _text[_at..].IndexOfAny('>', '\n');
        var stop = end < 0 ? _text.Length : _at + end;
        Kind = MarkupKind.Close;
        Name = _text[(_at + 2)..stop].Trim();
        if (Name.IndexOf('<') is >= 0 and var stray)
        {
            Name = Name[..stray].TrimEnd();
            stop = _at + 2 + _text[(_at + 2)..].IndexOf('<');
            _at = stop;
            return true;
        }

        _at = Math.Min(stop + 1, _text.Length);
        return true;
    }

    private bool TakeOpen()
    {
        var nameStop = _text[(_at + 1)..].IndexOfAny(NameEnds) is >= 0 and var length ? _at + 1 + length : _text.Length;
        Name = _text[(_at + 1)..nameStop];
        var end = TagEnd(nameStop);
        var inside = _text[nameStop..Math.Min(end, _text.Length)];
        IsEmpty = inside.TrimEnd().EndsWith("/");
        Attributes = IsEmpty ? inside.TrimEnd()[..^1] : inside;
        Kind = MarkupKind.Open;
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

            var close = _text[(at + 1)..].IndexOfAny(_text[at], '<');
            if (close < 0)
            {
                return _text[at..].IndexOf('>') is >= 0 and var plain ? at + plain : _text.Length;
            }

            if (_text[at + 1 + close] == '<' && _text[(at + 1)..(at + 1 + close)].IndexOf('>') is >= 0 and var inner)
            {
                return at + 1 + inner;
            }

            at += close + (_text[at + 1 + close] == '<' ? 1 : 2);
        }

        return _text.Length;
    }

    private void PassDeclaration()
    {
        if (_text[_at..].StartsWith("<!--"))
        {
            Pass("-->", 4);
            return;
        }

        // A doctype may hold declarations in brackets.
        var at = _at;
        var depth = 0;
        while (at < _text.Length)
        {
            var step = _text[at..].IndexOfAny("[]>");
            if (step < 0)
            {
                break;
            }

            at += step;
            depth += _text[at] == '[' ? 1 : _text[at] == ']' ? -1 : 0;
            if (_text[at] == '>' && depth <= 0)
            {
                _at = at + 1;
                return;
            }

            at++;
        }

        _at = _text[_at..].IndexOf('>') is >= 0 and var first ? _at + first + 1 : _text.Length;
    }

    private void Pass(ReadOnlySpan<char> end, int from)
    {
        var close = _at + from <= _text.Length ? _text[(_at + from)..].IndexOf(end) : -1;
        if (close >= 0)
        {
            _at += from + close + end.Length;
            return;
        }

        _at = _text[_at..].IndexOf('>') is >= 0 and var plain ? _at + plain + 1 : _text.Length;
    }
}
