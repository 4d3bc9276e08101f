using M10Bot.News.Markup;

namespace M10Bot.News.Wire;

/// <summary>The text of a ninjs item as paragraphs.</summary>
internal static class NinjsBody
{
    private const string NoteRole = "correction";

    /// <summary>The body whose paragraphs can be told apart; where there is none, the description.</summary>
    public static List<string> Paragraphs(NinjsFields item, string headline)
    {
        var bodies = item.Texts("bodies", "body").Where(b => !b.IsXml).ToList();
        var plain = bodies.Where(b => !b.IsHtml).Select(Lines).ToList();
        var html = bodies.Where(b => b.IsHtml).Select(b => MarkupText.PlainParagraphs(b.Value).ToList());
        var paragraphs = plain.Where(lines => lines.Count > 1).Concat(html).Concat(plain).FirstOrDefault(lines => lines.Count > 0) ?? Description(item);
        if (paragraphs.Count > 0 && paragraphs[0].Equals(headline, StringComparison.OrdinalIgnoreCase))
        {
            paragraphs.RemoveAt(0);
        }

        return paragraphs;
    }

    /// <summary>The words to readers about what was wrong; ninjs has no field for them, so a description says so by its role.</summary>
    public static string? Note(NinjsFields item) =>
        item.Texts("descriptions", "description").FirstOrDefault(d => d.Role is NoteRole)?.Plain();

    private static List<string> Description(NinjsFields item) =>
        [.. item.Texts("descriptions", "description").Where(d => d.Role is not NoteRole).Select(d => d.Plain()).Take(1)];

    private static List<string> Lines(NinjsText body) => WireParagraphs.Of(WireText.Lines(body.Value));
}
