using M10Bot.News.Reading;

namespace M10Bot.Testing.Reading;

/// <summary>What desks do to a text that they take over.</summary>
internal static class Edits
{
    public static readonly IReadOnlyList<(string Name, Func<Corpora.Report, Corpora.Report, (string Title, string Body)> Make)> All =
    [
        ("another headline", (r, other) => (other.Title, r.Body)),
        ("the first third", (r, _) => (r.Title, string.Join(' ', Parts(r.Body).Take(Math.Max(2, Parts(r.Body).Count / 3))))),
        ("sentences in another order", (r, _) => (r.Title, string.Join(' ', Parts(r.Body).AsEnumerable().Reverse()))),
        ("as much of another text before it", (r, other) => (r.Title, $"{other.Body[..Math.Min(other.Body.Length, r.Body.Length)]}\n{r.Body}")),
        ("every tenth word another", (r, _) => (r.Title, string.Join(' ', r.Body.Split(' ').Select((word, i) => i % 10 == 9 ? "other" : word)))),
        ("capitals, and a sentence dropped", (r, _) => (r.Title, string.Join(' ', Parts(r.Body).Where((_, i) => i != 1)).ToUpperInvariant())),
    ];

    private static List<string> Parts(string body) => [.. body.Split('\n').SelectMany(line => Sentences.Split(line).Select(range => line[range]))];
}
