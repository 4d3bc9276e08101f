using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using M10Bot.News.Articles;
using M10Bot.News.Reading;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Reading;

/// <summary>Quality on news with answers by people. The material lies beside the repository; nothing of it is in it.</summary>
public sealed partial class MeasuredReadingTests(ITestOutputHelper output)
{
    // The corpus is of 1987: states that are gone since count for what they became.
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
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

    [Fact]
    public void Summaries_beat_the_first_three_sentences_and_stay_in_the_articles_words()
    {
        if (Shared.Find("news/summaries-dev.jsonl") is not { } file)
        {
            output.WriteLine("Skipped: ../shared/news is not here.");
            return;
        }

        var reader = new ArticleReader();
        var scores = new List<(Rouge Lead, Rouge Chosen, Rouge First, Rouge One)>();
        var times = new List<double>();
        foreach (var line in File.ReadLines(file))
        {
            using var document = JsonDocument.Parse(line);
            var article = Some("", document.RootElement.GetProperty("article").GetString()!);
            var wanted = document.RootElement.GetProperty("ref").GetString()!.Split([" . ", " ! ", " ? "], StringSplitOptions.RemoveEmptyEntries);
            var began = Stopwatch.GetTimestamp();
            var summary = reader.Read(article).Summary;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            SummaryRules.Hold(summary, article);
            var text = ArticleText.Of(article);
            var sentences = text.Sentences.Select(s => s.Text).ToList();
            scores.Add((
                Rouge.Of([.. sentences.Take(3)], wanted), Rouge.Of(new SentenceRanking(text).Choose(85), wanted),
                Rouge.Of([.. sentences.Take(1)], wanted), Rouge.Of([summary.OneSentence], wanted)));
        }

        var lead = Say("first three sentences", scores.ConvertAll(s => s.Lead));
        var chosen = Say("chosen, at most 85 words", scores.ConvertAll(s => s.Chosen));
        var first = Say("first sentence", scores.ConvertAll(s => s.First));
        var one = Say("the one sentence", scores.ConvertAll(s => s.One));
        times.Sort();
        output.WriteLine($"{times.Count} articles, ms each: mean {times.Average():F2}, median {times[times.Count / 2]:F2}, p99 {times[times.Count * 99 / 100]:F2}");

        chosen.One.ShouldBeGreaterThanOrEqualTo(lead.One);
        chosen.Two.ShouldBeGreaterThanOrEqualTo(lead.Two);
        chosen.Lsum.ShouldBeGreaterThanOrEqualTo(lead.Lsum);
        chosen.Mean.ShouldBeGreaterThan(lead.Mean + 0.5);
        one.One.ShouldBeGreaterThan(first.One + 1);
    }

    [Fact]
    public void Places_of_wire_reports_are_found()
    {
        if (Shared.Find("news/reuters.jsonl.gz") is not { } file)
        {
            output.WriteLine("Skipped: ../shared/news is not here.");
            return;
        }

        var reader = new ArticleReader();
        var regions = CatalogueFile.Lines("regions").Select(fields => fields[0]).ToHashSet(StringComparer.Ordinal);
        var (hits, found, wanted) = (0, 0, 0);
        foreach (var (article, places) in Reports(file))
        {
            var codes = reader.Read(article).Topics
                .Where(t => t.Topic.Kind == TopicKind.Place).Select(t => t.Topic.Code["place:".Length..]).Where(code => !regions.Contains(code)).ToList();
            hits += codes.Count(places.Contains);
            found += codes.Count;
            wanted += places.Count;
        }

        var f1 = 200.0 * hits / (found + wanted);
        output.WriteLine($"precision {100.0 * hits / found:F1}, recall {100.0 * hits / wanted:F1}, F1 {f1:F1}");
        f1.ShouldBeGreaterThanOrEqualTo(75);
    }

    // Each fifth report of the part that is kept for testing.
    private static IEnumerable<(Article Article, HashSet<string> Places)> Reports(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        for (var i = 0; reader.ReadLine() is { } line; i++)
        {
            using var report = JsonDocument.Parse(line);
            var places = report.RootElement.GetProperty("places").EnumerateArray()
                .Select(p => Places.GetValueOrDefault(p.GetString()!, p.GetString()!)).ToHashSet(StringComparer.Ordinal);
            if (i % 5 == 0 && places.Count > 0 && report.RootElement.GetProperty("split").GetString() is "TEST")
            {
                var body = LineEnd().Replace(report.RootElement.GetProperty("body").GetString() ?? "", " ");
                yield return (Some(report.RootElement.GetProperty("title").GetString() ?? "", body), places);
            }
        }
    }

    private static Article Some(string headline, string body) =>
        new() { Source = "Alba Press", Uri = "a", Headline = headline, Body = body, Published = DateTimeOffset.UnixEpoch };

    private Rouge Say(string name, List<Rouge> scores)
    {
        var average = Rouge.Average(scores);
        output.WriteLine($"{name}: ROUGE-1 {average.One:F2}, -2 {average.Two:F2}, -Lsum {average.Lsum:F2}, mean {average.Mean:F2}");
        return average;
    }

    [GeneratedRegex(@"\s*\n(?!    )", RegexOptions.None, 1000)]
    private static partial Regex LineEnd();
}
