using M10Bot.News.Reading;

namespace M10Bot.News.Wire;

/// <summary>What the last lines say: who is credited, and whose copyright it is. Contact lines go nowhere.</summary>
internal sealed record WireFooter(string? Credit, string? Copyright)
{
    /// <summary>Takes the footer lines off the end of the text.</summary>
    public static WireFooter Take(List<string> paragraphs)
    {
        var footer = new WireFooter(null, null);
        while (paragraphs.Count > 0 && Boilerplate.Footer(paragraphs[^1]) is { } line)
        {
            footer = new WireFooter(line.Credit ?? footer.Credit, line.Copyright ?? footer.Copyright);
            paragraphs.RemoveAt(paragraphs.Count - 1);
        }

        return footer;
    }

    /// <summary>Takes a line such as <c>By Jane Doe</c> from the first three; null where there is none.</summary>
    public static string? TakeByline(List<string> paragraphs)
    {
        for (var i = 0; i < Math.Min(3, paragraphs.Count); i++)
        {
            if (Boilerplate.Byline(paragraphs[i]) is { } byline)
            {
                paragraphs.RemoveAt(i);
                return byline;
            }
        }

        return null;
    }
}
