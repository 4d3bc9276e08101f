using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.Testing.Reading;

/// <summary>How well single articles are read.</summary>
public static class ReadingMeasures
{
    private const int Words = 85; // what the marks are set for

    // The corpus is of 1987: states that are gone since count for what they became.
    private static readonly Dictionary<string, string> Became = new(StringComparer.Ordinal)
    {
        ["usa"] = "united-states",
        ["us-virgin-islands"] = "united-states",
        ["uk"] = "united-kingdom",
        ["west-germany"] = "germany",
        ["east-germany"] = "germany",
        ["ussr"] = "russia",
        ["uae"] = "united-arab-emirates",
        ["zaire"] = "dr-congo",
        ["congo"] = "dr-congo",
        ["yemen-arab-republic"] = "yemen",
        ["yemen-demo-republic"] = "yemen",
        ["yugoslavia"] = "serbia",
        ["czechoslovakia"] = "czechia",
        ["burma"] = "myanmar",
        ["kampuchea"] = "cambodia",
        ["swaziland"] = "eswatini",
        ["antigua"] = "antigua-barbuda",
    };

    public sealed record SummaryScores(Rouge Lead, Rouge Chosen, Rouge First, Rouge One, double Gain, double OneGain);

    public sealed record Score(double Precision, double Recall, double F1);

    public sealed record Speed(double MeanMs, double P99Ms, double MillionMs);

    /// <param name="hold">Gets every article with its summary: what must hold for all of them.</param>
    public static SummaryScores Summaries(IReadOnlyList<Corpora.Summarised> articles, Action<Article, Summary> hold)
    {
        var reader = new ArticleReader();
        var scores = new List<(Rouge Lead, Rouge Chosen, Rouge First, Rouge One)>();
        foreach (var (body, wanted) in articles)
        {
            var article = Corpora.ToArticle("", body);
            var summary = reader.Read(article).Summary;
            hold(article, summary);
            var text = ArticleText.Of(article);
            var sentences = text.Sentences.Select(s => s.Text).ToList();
            scores.Add((
                Rouge.Of([.. sentences.Take(3)], wanted), Rouge.Of(new SentenceRanking(new SentenceWords(text)).Choose(Words), wanted),
                Rouge.Of([.. sentences.Take(1)], wanted), Rouge.Of([summary.OneSentence], wanted)));
        }

        var (lead, chosen) = (Rouge.Average(scores.ConvertAll(s => s.Lead)), Rouge.Average(scores.ConvertAll(s => s.Chosen)));
        var (first, one) = (Rouge.Average(scores.ConvertAll(s => s.First)), Rouge.Average(scores.ConvertAll(s => s.One)));
        return new SummaryScores(lead, chosen, first, one, chosen.Mean - lead.Mean, one.One - first.One);
    }

    /// <param name="every">Each so many-th report of the part that is kept for testing.</param>
    public static Score Places(IReadOnlyList<Corpora.Report> reports, int every)
    {
        var reader = new ArticleReader();
        var regions = CatalogueFile.Lines("regions").Select(fields => fields[0]).ToHashSet(StringComparer.Ordinal);
        var (hits, found, wanted) = (0, 0, 0);
        foreach (var report in reports.Where(r => r.Split is "TEST" && r.Places.Count > 0).Where((_, i) => i % every == 0))
        {
            var places = report.Places.Select(p => Became.GetValueOrDefault(p, p)).ToHashSet(StringComparer.Ordinal);
            var codes = reader.Read(Corpora.ToArticle(report.Title, report.Body)).Topics
                .Where(t => t.Topic.Kind == TopicKind.Place).Select(t => t.Topic.Code["place:".Length..]).Where(code => !regions.Contains(code)).ToList();
            hits += codes.Count(places.Contains);
            found += codes.Count;
            wanted += places.Count;
        }

        return new Score(100.0 * hits / found, 100.0 * hits / wanted, 200.0 * hits / (found + wanted));
    }

    /// <summary>Reads each article once warm, and one of a million characters five times: the best counts.</summary>
    public static Speed Time(IReadOnlyList<string> bodies)
    {
        var reader = new ArticleReader();
        foreach (var body in bodies)
        {
            reader.Read(Corpora.ToArticle("", body));
        }

        var times = bodies.Select(body => Clock(() => reader.Read(Corpora.ToArticle("", body)))).Order().ToList();
        var million = string.Concat(Enumerable.Repeat(string.Join('\n', bodies.Take(40)) + "\n", 20))[..1_000_000];
        return new Speed(times.Average(), times[times.Count * 99 / 100], Enumerable.Range(0, 5).Min(_ => Clock(() => reader.Read(Corpora.ToArticle("Noise", million)))));
    }

    private static double Clock(Action act)
    {
        var began = Environment.CpuUsage.TotalTime;
        act();
        return (Environment.CpuUsage.TotalTime - began).TotalMilliseconds;
    }
}
