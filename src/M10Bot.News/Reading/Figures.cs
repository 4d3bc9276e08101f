using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace M10Bot.News.Reading;

/// <summary>Numbers in digits and in words, by what they are worth and what they count.</summary>
/// <remarks>3.2m is 3,200,000 and not 3.2; 5% is not 5; 3-2 and 15:30 are what they are written as.</remarks>
internal static partial class Figures
{
    private const int RegexLimit = 10_000;

    private static readonly FrozenDictionary<string, decimal> Small = Numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
        .Concat(Numbered("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, decimal> Tens = Numbered("- - twenty thirty forty fifty sixty seventy eighty ninety")
        .Concat(Numbered("- - twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"))
        .Where(n => n.Key != "-").ToFrozenDictionary(n => n.Key, n => n.Value * 10, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, decimal> Scales = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
    {
        ["dozen"] = 12,
        ["hundred"] = 100,
        ["hundredth"] = 100,
        ["thousand"] = 1_000,
        ["thousandth"] = 1_000,
        ["million"] = 1_000_000,
        ["billion"] = 1_000_000_000,
        ["trillion"] = 1_000_000_000_000,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // Only right behind digits: "5m" and "$3bn", but "5 m" is a length.
    private static readonly FrozenDictionary<string, decimal> Suffixes = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
    {
        ["k"] = 1_000,
        ["m"] = 1_000_000,
        ["mn"] = 1_000_000,
        ["b"] = 1_000_000_000,
        ["bn"] = 1_000_000_000,
        ["tn"] = 1_000_000_000_000,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, char> Units = new Dictionary<string, char>(StringComparer.OrdinalIgnoreCase)
    {
        ["%"] = '%',
        ["percent"] = '%',
        ["percentage"] = '%',
        ["dollar"] = '$',
        ["dollars"] = '$',
        ["pound"] = '£',
        ["pounds"] = '£',
        ["euro"] = '€',
        ["euros"] = '€',
        ["yen"] = '¥',
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // How many is not said, but that it is so many is.
    private static readonly FrozenSet<string> Vague = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "dozens", "scores", "tens", "hundreds", "thousands", "millions", "billions", "trillions", "half", "halves", "quarter", "quarters", "thirds", "fifths", "twice", "thrice", "double", "doubled",
        "doubles", "triple", "tripled", "triples", "quadruple", "quadrupled", "tenfold", "couple", "pair", "decade", "decades", "century", "centuries", "majority", "minority");

    public static SourceFigures Of(IEnumerable<string> lines)
    {
        var source = new SourceFigures();
        foreach (var figure in lines.SelectMany(Read))
        {
            source.Add(figure);
        }

        return source;
    }

    public static bool AreIn(SourceFigures source, string sentence) => Read(sentence).All(source.Has);

    /// <summary>Whether a word is one, or a part of one.</summary>
    public static bool IsNumber(ReadOnlySpan<char> word) =>
        char.IsAsciiDigit(word[0]) || word is "per" or "cent" or "percent" || word.ToString() is var text
            && (Small.ContainsKey(text) || Tens.ContainsKey(text) || Scales.ContainsKey(text) || Units.ContainsKey(text));

    /// <summary>Each with the piece of the line that says it.</summary>
    public static List<(Figure Figure, int Start, int End)> Spans(string line)
    {
        var parts = Part().Matches(line).Select(m => (Text: m.Value, m.Index)).ToList();
        var figures = new List<(Figure, int, int)>();
        for (var i = 0; i < parts.Count;)
        {
            var at = i;
            if (char.IsAsciiDigit(parts[i].Text[0]))
            {
                Add(Digits(parts, ref i));
            }
            else if (Vague.Contains(parts[i].Text))
            {
                Add(new Figure(parts[i++].Text.ToLowerInvariant(), 0, '\0'));
            }
            else if (Words(parts, ref i) is { } value)
            {
                Add(new Figure(null, value, Unit(parts, at, i)));
            }
            else
            {
                i++;
            }

            void Add(Figure figure) => figures.Add((figure, parts[at].Index, parts[i - 1].Index + parts[i - 1].Text.Length));
        }

        return figures;
    }

    private static IEnumerable<Figure> Read(string line) => Spans(line).Select(s => s.Figure);

    private static Figure Digits(List<(string Text, int Index)> parts, ref int i)
    {
        var at = i;
        var (text, index) = parts[i++];
        if (Value(text) is not { } value)
        {
            return new Figure(text.Replace('–', '-').Replace('‑', '-'), 0, '\0');
        }

        if (i < parts.Count && parts[i].Index == index + text.Length && Suffixes.TryGetValue(parts[i].Text, out var suffix))
        {
            value *= suffix;
            i++;
        }

        while (i < parts.Count && Scales.TryGetValue(parts[i].Text, out var scale))
        {
            value *= scale;
            i++;
        }

        return new Figure(null, value, Unit(parts, at, i));
    }

    /// <summary>Null for what is no plain number: a score, a time, a date, a range.</summary>
    private static decimal? Value(string text)
    {
        var plain = Grouped().IsMatch(text) ? text.Replace(",", "", StringComparison.Ordinal) : text;
        return plain.Length <= 20 && decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>As far as the words make up one number: <c>twenty-five</c>, <c>one hundred and two</c>, but two for <c>two three</c>.</summary>
    private static decimal? Words(List<(string Text, int Index)> parts, ref int i)
    {
        var (total, part, last) = (0m, 0m, 'n'); // n nothing, t tens, s small, h a scale
        var start = i;
        for (; i < parts.Count; i++)
        {
            var word = parts[i].Text;
            if (Small.TryGetValue(word, out var small) && last is 'n' or 'h' or 't' && (last != 't' || small is > 0 and < 10))
            {
                (part, last) = (part + small, 's');
            }
            else if (Tens.TryGetValue(word, out var tens) && last is 'n' or 'h')
            {
                (part, last) = (part + tens, 't');
            }
            else if (Scales.TryGetValue(word, out var scale))
            {
                (total, part) = scale < 1000 ? (total, Math.Max(part, 1) * scale) : (total + (Math.Max(part, 1) * scale), 0);
                last = 'h';
            }
            else if (last != 'h' || !word.Equals("and", StringComparison.OrdinalIgnoreCase) || i + 1 == parts.Count || !(Small.ContainsKey(parts[i + 1].Text) || Tens.ContainsKey(parts[i + 1].Text)))
            {
                break;
            }
        }

        return i > start ? total + part : null;
    }

    /// <summary>What stands before or behind it: a currency or a share of a hundred.</summary>
    private static char Unit(List<(string Text, int Index)> parts, int start, int end) =>
        start > 0 && parts[start - 1].Text is "$" or "£" or "€" or "¥" ? parts[start - 1].Text[0]
        : end < parts.Count && Units.TryGetValue(parts[end].Text, out var unit) ? unit
        : end + 1 < parts.Count && parts[end].Text.Equals("per", StringComparison.OrdinalIgnoreCase) && parts[end + 1].Text.Equals("cent", StringComparison.OrdinalIgnoreCase) ? '%'
        : '\0';

    private static IEnumerable<KeyValuePair<string, decimal>> Numbered(string words) => words.Split(' ').Select((word, i) => KeyValuePair.Create(word, (decimal)i));

    [GeneratedRegex(@"[$£€¥%]|\d+([.,:/–‑-]\d+)*|\p{L}[\p{L}\p{N}]*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Part();

    [GeneratedRegex(@"^\d{1,3}(,\d{3})+(\.\d+)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Grouped();
}

/// <param name="Literal">For what counts only as it is written.</param>
/// <param name="Unit">% $ £ € ¥, or none.</param>
internal sealed record Figure(string? Literal, decimal Value, char Unit);

/// <summary>The numbers of an article.</summary>
internal sealed class SourceFigures
{
    private readonly HashSet<string> _literals = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(decimal, char)> _values = [];

    public void Add(Figure figure)
    {
        if (figure.Literal is not { } literal)
        {
            _values.Add((figure.Value, figure.Unit));
            _values.Add((figure.Value, '\0'));
            return;
        }

        _literals.Add(literal);
    }

    /// <summary>A number without a unit may have one in the article; one with a unit must have it.</summary>
    public bool Has(Figure figure) => figure.Literal is { } literal ? _literals.Contains(literal) : _values.Contains((figure.Value, figure.Unit));
}
