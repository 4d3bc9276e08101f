using System.Text;
using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Wire;

/// <summary>Reads a plain-text article as a desk writes it. The form: docs/newsroom.md.</summary>
public static class WireText
{
    private const int HeadlineLimit = 100;
    private const int HeadlineLineLimit = 160;

    public static WireReading Read(string fileName, string text, WireContext context)
    {
        var lines = Lines(text);
        var header = new WireHeader();
        if (header.Read(lines, context.Topics, out var next) is { } fault)
        {
            return new WireReading.Refused(fault);
        }

        var paragraphs = WireParagraphs.Of(lines.Skip(next));
        var footer = WireFooter.Take(paragraphs);
        var byline = header["Byline"] ?? WireFooter.TakeByline(paragraphs);
        var marks = new WireMarks(header.Urgency, header.Status);
        var headline = header["Headline"] is { } given ? marks.Strip(given) : TakeHeadline(paragraphs, ref marks);
        if (marks.Contradiction is { } contradiction)
        {
            return new WireReading.Refused(contradiction);
        }

        var status = marks.Status ?? ArticleStatus.Usable;
        if (headline.Length == 0 && status is ArticleStatus.Kill or ArticleStatus.Hold)
        {
            headline = header["Slug"] ?? "";
        }

        if (!headline.Any(char.IsLetterOrDigit))
        {
            return new WireReading.Refused(status is ArticleStatus.Kill or ArticleStatus.Hold
                ? "A kill or a hold without text needs a Slug line that names the story. Add it and drop the file again."
                : "There is no text. Write a headline or at least one sentence below the header lines.");
        }

        return new WireReading.Accepted(new Article
        {
            Source = context.Source,
            Uri = "wire:" + Key(header["Slug"] ?? Path.GetFileNameWithoutExtension(fileName)),
            Version = header.Version,
            Headline = headline,
            Body = string.Join('\n', paragraphs),
            Link = header["Link"],
            Slug = header["Slug"],
            Byline = byline,
            Credit = header["Credit"] ?? footer.Credit,
            Copyright = footer.Copyright,
            Published = header.Published ?? context.Received,
            Language = header["Language"] ?? context.Language,
            Urgency = marks.Urgency,
            Status = status,
            Embargo = header.Embargo,
            Note = header["Note"],
            Topics = header.Topics,
        });
    }

    internal static string[] Lines(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text.Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            clean.Append(c switch
            {
                '\n' or '\r' or '\u2028' or '\u2029' or '\u0085' => "\n",
                '\t' or '\u00A0' => " ",
                '\uFEFF' => "",
                _ when char.IsControl(c) => "",
                _ => c.ToString(),
            });
        }

        return [.. clean.ToString().Split('\n').Select(line => line.Trim())];
    }

    private static string TakeHeadline(List<string> paragraphs, ref WireMarks marks)
    {
        if (paragraphs.Count == 0)
        {
            return "";
        }

        var first = marks.Strip(paragraphs[0]);
        if (paragraphs.Count > 1 && first.Length <= HeadlineLineLimit && !EndsSentence(first))
        {
            paragraphs.RemoveAt(0);
            return first;
        }

        paragraphs[0] = first;
        var headline = FirstSentence(first);
        if (paragraphs.Count == 1 && Sentences.First(first) is { Length: <= HeadlineLimit } sentence && sentence.Length == first.Length)
        {
            paragraphs.Clear();
        }

        return headline;
    }

    /// <summary>A headline for a text that has none: its first sentence, cut at a word.</summary>
    internal static string FirstSentence(string text)
    {
        var sentence = Sentences.First(text);
        return sentence.Length > HeadlineLimit ? Cut(sentence)
            : sentence.EndsWith('.') && !sentence.EndsWith("..", StringComparison.Ordinal) ? sentence[..^1]
            : sentence;
    }

    private static string Cut(string sentence)
    {
        var end = sentence.LastIndexOf(' ', HeadlineLimit - 1);
        return sentence[..(end > HeadlineLimit / 2 ? end : HeadlineLimit - 2)].TrimEnd(' ', ',', ';', ':', '–', '—', '-', '\uD83D') + "…";
    }

    private static bool EndsSentence(string line) =>
        line.TrimEnd('"', '”', '’', '\'', ')', '»').EndsWith('.') && !line.EndsWith("...", StringComparison.Ordinal);

    private static string Key(string words)
    {
        var key = new StringBuilder(words.Length);
        foreach (var c in words.Trim().ToLowerInvariant())
        {
            key.Append(char.IsLetterOrDigit(c) || c is '.' or '_' or '/' ? c : '-');
        }

        return key.ToString();
    }
}
