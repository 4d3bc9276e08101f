using System.Text.RegularExpressions;

namespace M10Bot.News.Reading.Checks;

/// <summary>What stands between quotation marks, compared letter by letter.</summary>
internal static partial class Quotations
{
    private const int RegexLimit = 10_000;

    /// <summary>The article's: a quotation may run on to the end of its paragraph, where the next one takes it up.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> lines) => [.. lines.SelectMany(l => In(l, runsOn: true)).Select(Plain)];

    /// <summary>Whether each of a sentence's is a piece of one of the article's: words that nobody is quoted with are not put into a mouth.</summary>
    public static bool AreIn(SourceWords source, string sentence) =>
        !Sentences.IsHalfQuote(sentence)
        && In(sentence, runsOn: false).Select(q => Plain(q).Trim('.', ',', '!', '?', ';', ' '))
            .All(said => said.Length > 0 && source.Quotations.Any(quotation => Holds(quotation, said)));

    private static IEnumerable<string> In(string text, bool runsOn)
    {
        foreach (Match match in Double().Matches(text))
        {
            if (match.Groups["end"].Length > 0 || runsOn)
            {
                yield return match.Groups["said"].Value;
            }
        }

        foreach (Match match in Single().Matches(text))
        {
            yield return match.Groups["said"].Value;
        }
    }

    // Whole words: "not guilty" is no piece of "not guiltyish".
    private static bool Holds(string quotation, string said)
    {
        for (var at = quotation.IndexOf(said, StringComparison.Ordinal); at >= 0; at = quotation.IndexOf(said, at + 1, StringComparison.Ordinal))
        {
            var end = at + said.Length;
            if ((at == 0 || !char.IsLetterOrDigit(quotation[at - 1])) && (end == quotation.Length || !char.IsLetterOrDigit(quotation[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string text) => Space().Replace(text.Replace('’', '\'').Replace('‘', '\''), " ").Trim();

    [GeneratedRegex("[“„«\"](?<said>[^“”„«»\"]+)(?<end>[”»\"]|$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Double();

    // An apostrophe is none: a mark opens before a word that follows a space, and closes after one.
    [GeneratedRegex(@"(?<=^|[\s(“""])['‘](?<said>\S[^'‘’]*(['’]\p{L}[^'‘’]*)*)['’](?![\p{L}\p{N}])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Single();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Space();
}
