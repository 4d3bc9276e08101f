using M10Bot.News.Reading;

namespace M10Bot.News.Wire;

/// <summary>Paragraphs out of lines: one a line, or lines wrapped by hand with an empty line between paragraphs.</summary>
internal static class WireParagraphs
{
    private const int WrapLimit = 100;
    private const int ShortLine = 45;

    public static List<string> Of(IEnumerable<string> lines)
    {
        var paragraphs = new List<string>();
        var block = new List<string>();
        foreach (var line in lines.Append(""))
        {
            if (line.Length > 0)
            {
                block.Add(line);
                continue;
            }

            Close(block, paragraphs);
            block.Clear();
        }

        return paragraphs;
    }

    private static void Close(List<string> block, List<string> paragraphs)
    {
        var wrapped = block.TrueForAll(line => line.Length <= WrapLimit);
        for (var i = 0; i < block.Count; i++)
        {
            if (wrapped && i > 0 && GoesOn(block[i - 1]) && !Boilerplate.Is(block[i - 1]) && !Boilerplate.Is(block[i]))
            {
                paragraphs[^1] += " " + block[i];
            }
            else
            {
                paragraphs.Add(block[i]);
            }
        }
    }

    // A section heading is short; a wrapped line is long and stops in mid-sentence.
    private static bool GoesOn(string line) =>
        line.Length >= ShortLine && !line.TrimEnd('"', '”', '’', '\'', ')').EndsWith('.') && line[^1] is not ('?' or '!' or '…' or ':' or '|');
}
