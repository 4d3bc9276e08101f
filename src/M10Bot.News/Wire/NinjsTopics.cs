using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Wire;

/// <summary>What a ninjs item says it is about, as far as we have Topics for it.</summary>
internal static class NinjsTopics
{
    private const int Most = 12;
    private const int CodeLength = 8;

    private static readonly string[][] Lists = [["subjects", "subject"], ["places", "place"], ["people", "person"], ["organisations", "organisation"], ["events", "event"]];

    public static IReadOnlyList<Topic> Of(NinjsFields item, TopicCatalogue catalogue) =>
    [
        .. Lists.SelectMany(names => item.Many(names))
            .Where(IsAbout)
            .Select(concept => Find(concept, catalogue))
            .OfType<Topic>()
            .Where(topic => topic != Topic.Everything)
            .Distinct()
            .Take(Most),
    ];

    // What is only mentioned is left to reading: it decides by the text whether the article is about it.
    private static bool IsAbout(NinjsFields concept) => concept.Line("rel")?.EndsWith("mentions", StringComparison.OrdinalIgnoreCase) != true;

    private static Topic? Find(NinjsFields concept, TopicCatalogue catalogue)
    {
        var code = Tail(concept.Line("code") ?? concept.Line("uri") ?? "") is { Length: CodeLength } own ? own : concept.Line("literal") ?? "";
        if (code.Length == CodeLength && code.All(char.IsAsciiDigit)
            && (catalogue.Find($"medtop:{code}") ?? catalogue.Find($"medtop:{code[..2]}000000")) is { } subject)
        {
            return subject; // subject codes and media topics share their first level
        }

        return concept.Line("name") is { Length: <= 100 } name ? catalogue.Find(name) : null;
    }

    private static string Tail(string uri) => uri[(uri.AsSpan().LastIndexOfAny('/', ':') + 1)..];
}
