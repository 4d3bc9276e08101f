using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace M10Bot.News.Reading;

/// <summary>How a line uses capitals, and what a clue may look like in it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LineShape(bool IsAllCapitals, bool IsTitleCase)
{
    // Before a name these are no part of it.
    private static readonly FrozenSet<string> Titles = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "president", "mr", "mrs", "ms", "secretary", "minister", "chancellor", "senator", "king", "queen", "former", "the", "in", "and", "of", "to", "for", "north", "south", "east", "west");

    // In capitals these are ordinary words.
    private static readonly FrozenSet<string> Words = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "WHO", "AU", "EC");

    public static LineShape Of(string line, List<(Token Token, int Word)> words)
    {
        var longWords = 0;
        var capitals = 0;
        foreach (var (token, _) in words)
        {
            if (token.End - token.Start >= 4)
            {
                longWords++;
                capitals += token.IsCapital ? 1 : 0;
            }
        }

        return new LineShape(!line.AsSpan().ContainsAnyInRange('a', 'z'), longWords > 2 && capitals * 10 >= longWords * 7);
    }

    public bool Fits(Clue clue, string line, List<(Token Token, int Word)> words, int first, int last) => clue.Case switch
    {
        ClueCase.Any => true,
        ClueCase.Exact => IsExactly(clue.Words, line.AsSpan(words[first].Token.Start, words[last].Token.End - words[first].Token.Start)),
        ClueCase.Alone => HasCapitals(clue, words, first, last) && (IsTitleCase || !IsPieceOfName(line, words, first, last)),
        _ => HasCapitals(clue, words, first, last),
    };

    private bool IsExactly(string name, ReadOnlySpan<char> text) =>
        (!IsAllCapitals || !Words.Contains(name)) && (text.SequenceEqual(name) || (name.EndsWith('.') && text.SequenceEqual(name.AsSpan(0, name.Length - 1))));

    // The first and the last word decide: "the" and "of" inside a name are written either way.
    private static bool HasCapitals(Clue clue, List<(Token Token, int Word)> words, int first, int last) =>
        (words[first].Token.IsCapital || char.IsLower(clue.Words[0])) && (words[last].Token.IsCapital || last == first || char.IsLower(clue.Words[clue.Words.LastIndexOf(' ') + 1]));

    private static bool IsPieceOfName(string line, List<(Token Token, int Word)> words, int first, int last) =>
        (first > 0 && IsNeighbour(line, words[first - 1].Token, words[first].Token) && !words[first - 1].Token.IsFirst
            && !Titles.Contains(line[words[first - 1].Token.Start..words[first - 1].Token.End]))
        || (last + 1 < words.Count && IsNeighbour(line, words[last + 1].Token, words[last].Token));

    private static bool IsNeighbour(string line, Token other, Token token)
    {
        var (start, end) = other.Start < token.Start ? (other.End, token.Start) : (token.End, other.Start);
        return other.IsCapital && char.IsLetter(line[other.Start]) && end - start == 1 && line[start] == ' ';
    }
}
