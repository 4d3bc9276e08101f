using System.Text.RegularExpressions;
using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>An article without the lines that are about it, cut into sentences.</summary>
/// <param name="Lines">Paragraphs and section headings as they stand.</param>
/// <param name="Sentences">Of the paragraphs only.</param>
internal sealed partial record ArticleText(string Headline, string Language, IReadOnlyList<string> Lines, IReadOnlyList<Sentence> Sentences)
{
    private const int HeadingLimit = 90;
    private const int DatelineLimit = 120;
    private const int MostSentences = 400;

    public static ArticleText Of(Article article)
    {
        var lines = new List<string>();
        var sentences = new List<Sentence>();
        var openQuotation = false;
        var told = new HashSet<string>(StringComparer.Ordinal) { Bare(article.Headline) };
        foreach (var line in article.Body.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Boilerplate.Is(line))
            {
                continue;
            }

            lines.Add(line);
            if (IsHeading(line))
            {
                openQuotation = false;
                continue;
            }

            var text = line[DatelineLength(line)..];
            var paragraph = lines.Count;
            foreach (var range in News.Reading.Sentences.Split(text).Take(MostSentences - sentences.Count))
            {
                var sentence = text[range];
                var half = News.Reading.Sentences.IsHalfQuote(sentence);
                if (told.Add(Bare(sentence))) // feeds repeat their headline, and one sentence again and again
                {
                    sentences.Add(new Sentence(sentence, sentences.Count, paragraph, half || openQuotation));
                }

                openQuotation = half ? IsLeftOpen(sentence, openQuotation) : openQuotation;
            }
        }

        return new ArticleText(article.Headline, article.Language, lines, sentences);
    }

    /// <summary>The sentences that may be read by themselves, in their order.</summary>
    public static IEnumerable<string> Standing(Article article, string language) =>
        Of(article with { Language = language }).Sentences.Where(SentenceGuard.MayStand).Select(s => s.Text);

    // Letters and digits alone.
    private static string Bare(string sentence) => string.Create(sentence.Count(char.IsLetterOrDigit), sentence, static (bare, of) =>
    {
        var i = 0;
        foreach (var c in of)
        {
            if (char.IsLetterOrDigit(c))
            {
                bare[i++] = char.ToLowerInvariant(c);
            }
        }
    });

    private static bool IsLeftOpen(string sentence, bool wasOpen)
    {
        var curly = sentence.Count(c => c is '“' or '„' or '«') - sentence.Count(c => c is '”' or '»');
        return curly > 0 || (curly == 0 && !wasOpen);
    }

    // Without a full stop a short line is a heading, a list's piece or a caption: none of them speaks for itself.
    private static bool IsHeading(string line) =>
        line.Length <= HeadingLimit && line.TrimEnd('"', '”', '’', '\'', ')', '»', ' ') is not [.., '.' or '!' or '?' or '…' or '。' or ',' or ':'];

    private static int DatelineLength(string line) => Dateline().Match(line[..Math.Min(line.Length, DatelineLimit)]) is { Success: true } match ? match.Length : 0;

    [GeneratedRegex(@"^(([A-Z][\w.'’/-]*[ ,]{1,2}){0,8}(\d{1,2}[ ,]+)?\((CNN|Reuters|REUTERS|AP|AFP|BBC|dpa|UPI|TASS|Xinhua|ANSA|[A-Z][\w ]{1,18} News|M10News)( Business| Student News)?\)\s*(--?|—|–)?\s*|[A-Z]{3}[A-Z .,'’/-]{0,40}(, [A-Z][a-z]+\.? \d{1,2})?\s(—|–|--?)\s+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Dateline();
}

/// <param name="Text">An exact piece of the article.</param>
/// <param name="Index">Its place among the sentences.</param>
/// <param name="Paragraph">Number of its line.</param>
/// <param name="IsHalfQuote">Part of a quotation that goes on elsewhere.</param>
internal sealed record Sentence(string Text, int Index, int Paragraph, bool IsHalfQuote)
{
    public int WordCount { get; } = CountWords(Text);

    private static int CountWords(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            count += !char.IsWhiteSpace(text[i]) && (i == 0 || char.IsWhiteSpace(text[i - 1])) ? 1 : 0;
        }

        return count;
    }
}
