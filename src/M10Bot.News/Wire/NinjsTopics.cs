using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Wire;

/// <summary>What a ninjs item says it is about, as far as we have Topics for it.</summary>
internal static class NinjsTopics
{
    private const int Most = 12;

    private static readonly string[][] Lists = [["subjects", "subject"], ["places", "place"], ["people", "person"], ["organisations", "organisation"], ["events", "event"]];
    private static readonly string[] Codes = ["code", "uri", "qcode", "literal"];

    public static IReadOnlyList<Topic> Of(NinjsFields item, TopicCatalogue catalogue) =>
    [
        .. Lists.SelectMany(names => item.Many(names).Where(IsAbout).Select(concept => Find(concept, names[0] is "places", catalogue)))
            .OfType<Topic>()
            .Where(topic => topic != Topic.Everything)
            .Distinct()
            .Take(Most),
    ];

    // What is only mentioned is left to reading: it decides by the text whether the article is about it.
    private static bool IsAbout(NinjsFields concept) => concept.Line("rel")?.EndsWith("mentions", StringComparison.OrdinalIgnoreCase) != true;

    // Publishers put the same code into different fields, and a name in their own language beside it.
    private static Topic? Find(NinjsFields concept, bool isPlace, TopicCatalogue catalogue)
    {
        foreach (var code in Codes)
        {
            if (concept.Line(code) is { } words
                && (PublisherCodes.Subject(words, catalogue) ?? (isPlace || IsCountry(words, concept) ? PublisherCodes.Country(words, catalogue) : null)) is { } topic)
            {
                return topic;
            }
        }

        return concept.Line("name") is { Length: <= 100 } name ? catalogue.Find(name) : null;
    }

    private static bool IsCountry(string words, NinjsFields concept) =>
        words.Contains("iso3166", StringComparison.OrdinalIgnoreCase) || concept.Line("scheme")?.Contains("iso3166", StringComparison.OrdinalIgnoreCase) == true;
}
