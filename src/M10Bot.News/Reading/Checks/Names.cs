using System.Collections.Frozen;
using M10Bot.News.Articles;

namespace M10Bot.News.Reading.Checks;

/// <summary>Words with a capital, and which of them stand side by side.</summary>
internal static class Names
{
    // Before and after a name these say what somebody is: "Finance Minister Anna Berg" may come from "Anna Berg, the finance minister".
    private static readonly FrozenSet<string> Titles = FrozenSet.Create(
        StringComparer.Ordinal,
        "president", "minister", "prime", "foreign", "defence", "defense", "interior", "finance", "vice", "deputy", "chancellor", "king", "queen", "prince", "princess", "pope",
        "secretary", "senator", "governor", "mayor", "judge", "justice", "general", "colonel", "captain", "professor", "dr", "mr", "mrs", "ms", "sir", "chief", "executive",
        "police", "spokesman", "spokeswoman", "ambassador", "premier", "leader", "opposition", "party", "state", "government");

    /// <summary>
    /// Whether each name of a sentence is the article's: every word of it stands there with a capital, and words that form one name
    /// here form it there — else the first name of one person could get the last name of another.
    /// </summary>
    public static bool AreIn(SourceWords source, string sentence)
    {
        var known = true;
        Word? last = null;
        Tokens.Read(sentence, (token, folded) =>
        {
            var word = new Word(folded.ToString(), token, SourceWords.HasCapital(sentence.AsSpan(token.Start, token.End - token.Start)));
            known &= IsKnown(source, sentence, word) && (last is not { } before || !IsOneName(sentence, before, word, source) || source.HasPair(before.Folded, word.Folded));
            last = word;
        });
        return known;
    }

    private static bool IsKnown(SourceWords source, string sentence, Word word)
    {
        if (!word.IsCapital)
        {
            return !word.Folded.Any(c => c > 'ɏ') || source.Has(word.Folded); // another script has no capitals to go by
        }

        // The first word has its capital anyway: it need not have one in the article.
        return source.HasCapital(word.Folded)
            || (word.Token.IsFirst && (source.HasSmall(word.Folded) || StopWords.Contains(word.Folded)))
            || source.Names.Know(sentence, word.Token.Start, word.Token.End)
            || (Titles.Contains(word.Folded) && source.Has(word.Folded));
    }

    private static bool IsOneName(string sentence, Word first, Word second, SourceWords source) =>
        first.IsCapital && second.IsCapital
        && second.Token.Start - first.Token.End == 1 && sentence[first.Token.End] is ' ' or '-'
        && !Titles.Contains(first.Folded) && !Titles.Contains(second.Folded)
        && !(first.Token.IsFirst && (StopWords.Contains(first.Folded) || source.HasSmall(first.Folded)))
        && !source.Names.Know(sentence, first.Token.Start, first.Token.End) && !source.Names.Know(sentence, second.Token.Start, second.Token.End);

    private readonly record struct Word(string Folded, Token Token, bool IsCapital);
}

/// <summary>What the gazetteer knows under two names: <c>UK</c> where the article says United Kingdom, <c>Ukrainian</c> where it says Ukraine.</summary>
/// <remarks>Other aliases are no proof: Gaza and the West Bank are both found under the Palestinian territories.</remarks>
internal sealed class KnownNames
{
    private const int SharedLetters = 4;
    private readonly Dictionary<Topic, HashSet<string>> _named = [];

    public static KnownNames Of(IEnumerable<string> lines)
    {
        var known = new KnownNames();
        foreach (var line in lines)
        {
            Gazetteer.Shipped.Index.Search(line, (clue, _, _) =>
            {
                if (clue.Topic is { } topic)
                {
                    if (!known._named.TryGetValue(topic, out var names))
                    {
                        known._named.Add(topic, names = new HashSet<string>(StringComparer.OrdinalIgnoreCase));
                    }

                    names.Add(clue.Words);
                }
            });
        }

        return known;
    }

    public bool Know(string sentence, int start, int end)
    {
        var isKnown = false;
        Gazetteer.Shipped.Index.Search(sentence, (clue, from, to) =>
            isKnown |= from <= start && to >= end && clue.Topic is { } topic && _named.TryGetValue(topic, out var names) && names.Any(name => IsSame(topic, name, clue)));
        return isKnown;
    }

    private static bool IsSame(Topic topic, string name, Clue clue) =>
        (clue.Case == ClueCase.Exact && string.Equals(name, topic.Name, StringComparison.OrdinalIgnoreCase))
        || (string.Equals(clue.Words, topic.Name, StringComparison.OrdinalIgnoreCase) && name.All(c => char.IsUpper(c) || c == '.'))
        || (name.Length >= SharedLetters && clue.Words.Length >= SharedLetters
            && name.AsSpan(0, SharedLetters).Equals(clue.Words.AsSpan(0, SharedLetters), StringComparison.OrdinalIgnoreCase));
}
