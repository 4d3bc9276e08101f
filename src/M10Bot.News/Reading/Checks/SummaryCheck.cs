using System.Globalization;
using System.Text.RegularExpressions;
using M10Bot.News.Articles;

namespace M10Bot.News.Reading.Checks;

/// <summary>Lets a text that a machine wrote stand for an article only where nothing in it is of its own making.</summary>
/// <remarks>
/// Every number, name and quotation must occur in the article, and nearly every other word that says something. What that cannot see
/// is the article's own words put together wrongly (who did what to whom); docs/newsroom.md says so.
/// It knows English numbers and capitals, so a text in another language is never let through.
/// </remarks>
public static partial class SummaryCheck
{
    public const int MostWords = 75;
    private const int FewestWords = 8;
    private const int MostSentences = 3;
    private const int MostCharacters = 900;
    private const double LeastKnown = 0.75;
    private const int RegexLimit = 10_000;

    public static SummaryVerdict Judge(Article article, string written)
    {
        if (!article.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        {
            return new SummaryVerdict.Rejected("its language cannot be checked");
        }

        if (written.Length > MostCharacters)
        {
            return new SummaryVerdict.Rejected("too long");
        }

        var sentences = SentencesOf(written);
        if (Shape(sentences) is { } fault)
        {
            return new SummaryVerdict.Rejected(fault);
        }

        var source = new SourceWords(article);
        fault = sentences.Select(s => Content(s, source)).FirstOrDefault(f => f is not null);
        return fault is null ? new SummaryVerdict.Accepted(sentences) : new SummaryVerdict.Rejected(fault);
    }

    // A mark of a list at the start of a line is the form that was asked for; any other mark is markup.
    private static List<string> SentencesOf(string written)
    {
        var sentences = new List<string>();
        foreach (var line in written.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var text = line.Length > 2 && line[0] is '-' or '•' && line[1] == ' ' ? line[2..].Trim() : line;
            sentences.AddRange(Sentences.Split(text).Select(range => text[range]));
        }

        return sentences;
    }

    private static string? Shape(List<string> sentences)
    {
        var words = sentences.Sum(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        return words < FewestWords ? "empty or too short"
            : words > MostWords || sentences.Count > MostSentences ? "too long"
            : sentences.Exists(HasMarkup) ? "markup, a link or a mention"
            : sentences.Exists(s => !IsSentence(s)) ? "not in whole sentences"
            : null;
    }

    private static string? Content(string sentence, SourceWords source) =>
        !Quotations.AreIn(source, sentence) ? "a quotation that is not in the article"
        : !Figures.AreIn(source.Figures, sentence) ? "a number that is not in the article"
        : !Names.AreIn(source, sentence) ? "a name that is not in the article"
        : source.Share(sentence) < LeastKnown ? "words that are not the article's"
        : null;

    private static bool HasMarkup(string sentence) =>
        Markup().IsMatch(sentence) || sentence.Any(c => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.PrivateUse);

    private static bool IsSentence(string sentence) =>
        (char.IsUpper(sentence[0]) || char.IsDigit(sentence[0]) || sentence[0] is '"' or '“' or '‘' or '\'' or '$' or '£' or '€')
        && sentence.TrimEnd('"', '”', '’', '\'', ')') is [.., '.' or '!'];

    // Whatever a chat client could take for something other than words. A full stop between small letters is an address.
    [GeneratedRegex(@"[<>*_`~|\[\]{}\\^#@]|://|\bwww\.|\p{Ll}\.\p{Ll}{2,}|:\p{Ll}+:", RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Markup();
}

/// <summary>Whether a machine's text may stand.</summary>
public abstract record SummaryVerdict
{
    private SummaryVerdict()
    {
    }

    public sealed record Accepted(IReadOnlyList<string> Sentences) : SummaryVerdict;

    /// <param name="Reason">What is wrong with it, in words for admins; nothing of its text.</param>
    public sealed record Rejected(string Reason) : SummaryVerdict;
}
