using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace M10Bot.News.Articles;

/// <summary>What the Topics that ship with M10Bot are called in other languages, out of the tables in Names. The English name is the key.</summary>
/// <remarks>Of our own: with invariant globalisation the runtime knows no country by name. A language is read when it is first asked for.</remarks>
public static class TopicNames
{
    /// <summary>ISO 639-1, in the order of the tables' columns.</summary>
    public static readonly IReadOnlyList<string> Languages = ["de", "fr", "es", "uk"];

    private static readonly ConcurrentDictionary<string, FrozenDictionary<string, string[]>> Read = new(StringComparer.Ordinal);

    /// <summary>The name to show; the English one where there is no other.</summary>
    public static string In(string language, string english) => Of(language, english) is [var name, ..] ? name : english;

    /// <summary>The name to show; a reader's own words stay as they are.</summary>
    /// <param name="code">Of the Topic.</param>
    /// <param name="english">Its name.</param>
    public static string In(string language, string code, string english) =>
        code.StartsWith(Topic.WordPrefix, StringComparison.Ordinal) ? english : In(language, english);

    /// <summary>All by which people look for it, the one to show first; none in English or where the tables lack it.</summary>
    public static IReadOnlyList<string> Of(string language, string english) =>
        Languages.Contains(language, StringComparer.Ordinal) ? Read.GetOrAdd(language, Table).GetValueOrDefault(english, []) : [];

    private static FrozenDictionary<string, string[]> Table(string language)
    {
        var column = Languages.ToList().IndexOf(language) + 1;
        return ((string[])["places", "subjects", "organisations", "people"]).SelectMany(Rows).ToFrozenDictionary(
            row => row[0],
            row => row[column].Split(';', StringSplitOptions.TrimEntries).Select(name => name is "=" ? row[0] : name).ToArray(),
            StringComparer.Ordinal);
    }

    private static IEnumerable<string[]> Rows(string file)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"M10Bot.News.Articles.Names.{file}.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line.Split('|', StringSplitOptions.TrimEntries);
            }
        }
    }
}
