using System.Reflection;

namespace M10Bot.News.Reading;

/// <summary>The files in Catalogue: a line an entry, fields divided by bars, words in a field by commas.</summary>
internal static class CatalogueFile
{
    public static IEnumerable<string[]> Lines(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"M10Bot.News.Reading.Catalogue.{name}.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line.Split('|', StringSplitOptions.TrimEntries);
            }
        }
    }

    public static IEnumerable<string> Words(string field) =>
        field is "-" or "" ? [] : field.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
