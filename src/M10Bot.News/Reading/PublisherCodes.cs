using System.Collections.Frozen;
using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>Codes and categories of publishers as Topics: IPTC Media Topics and subject codes, ISO 3166 countries, and plain names.</summary>
public static class PublisherCodes
{
    private const int CodeLength = 8;
    private const int LongestName = 100;

    private static readonly FrozenDictionary<string, string> PartOf =
        CatalogueFile.Lines("mediatopics").ToFrozenDictionary(l => l[0], l => l[1], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Countries =
        CatalogueFile.Lines("countries").SelectMany(l => l.Skip(1).Select(code => (code, Place: l[0]))).ToFrozenDictionary(c => c.code, c => c.Place, StringComparer.OrdinalIgnoreCase);

    /// <summary>A subject's code in any spelling: <c>20000574</c>, <c>medtop:20000574</c>, <c>http://cv.iptc.org/newscodes/mediatopic/20000574</c>.</summary>
    /// <returns>The Topic, or the one it is part of; null where it is no such code.</returns>
    public static Topic? Subject(string words, TopicCatalogue catalogue)
    {
        var code = Tail(words);
        if (code.Length != CodeLength || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        // Subject codes, which came before, share the first level with the media topics that are no 20…
        return catalogue.Find($"medtop:{code}")
            ?? (PartOf.TryGetValue(code, out var whole) ? catalogue.Find($"medtop:{whole}") : null)
            ?? (code.StartsWith("20", StringComparison.Ordinal) ? null : catalogue.Find($"medtop:{code[..2]}000000"));
    }

    /// <summary>A country's code in any spelling: <c>UA</c>, <c>UKR</c>, <c>iso3166-1a3:UKR</c>, <c>http://cvx.iptc.org/iso3166-1a2/ua</c>.</summary>
    public static Topic? Country(string words, TopicCatalogue catalogue) =>
        Tail(words) is { Length: 2 or 3 } code && Countries.TryGetValue(code, out var place) ? catalogue.Find($"place:{place}") : null;

    /// <summary>A feed's category: a code, a name, or a path whose last part that we know counts (<c>News/World/Ukraine</c>).</summary>
    public static Topic? Category(string words, TopicCatalogue catalogue)
    {
        if (words.Length > LongestName)
        {
            return null;
        }

        return Subject(words, catalogue)
            ?? (words.Contains("iso3166", StringComparison.OrdinalIgnoreCase) ? Country(words, catalogue) : null)
            ?? Named(words, catalogue)
            ?? words.Split(['/', '>', '|', '»'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Reverse().Select(part => Named(part, catalogue)).FirstOrDefault(topic => topic is not null);
    }

    // A category of all says nothing of what an article is about.
    private static Topic? Named(string words, TopicCatalogue catalogue) => catalogue.Find(words) is { } topic && topic != Topic.Everything ? topic : null;

    private static string Tail(string words) => words[(words.AsSpan().TrimEnd('/').LastIndexOfAny('/', ':') + 1)..].Trim().TrimEnd('/');
}
