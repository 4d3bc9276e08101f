using System.Globalization;
using M10Bot.News.Stories;
using M10Bot.Testing;
using M10Bot.Testing.Reading;

namespace M10Bot.Benchmarks.Reading;

/// <summary>The table of all that reading and stories are measured by (docs/benchmarks.md).</summary>
internal static class ReadingBenchmark
{
    private const int Orders = 4;

    public static int Run()
    {
        if (Shared.Find("news/ecbplus.jsonl") is not { } ecb || Shared.Find("news/reuters.jsonl.gz") is not { } reuters || Shared.Find("news/summaries-dev.jsonl") is not { } summaries)
        {
            Console.WriteLine("../shared/news is not here: nothing to measure with.");
            return 1;
        }

        var reports = Corpora.Reuters(reuters);
        Summaries(Corpora.Summaries(summaries));
        Stories(Corpora.Ecb(ecb));
        Wire(reports);
        var places = ReadingMeasures.Places(reports, every: 1);
        Print($"| places of Reuters, test split: F1 (precision, recall) | {places.F1:F1} ({places.Precision:F1}, {places.Recall:F1}) | 75 |");
        var learned = TopicMeasures.ModApte(reports);
        Print($"| topics learned on ModApte, R90: micro, macro F1 | {learned.MicroF1:F1}, {learned.MacroF1:F1} ({learned.Seconds:F0} s of processor time) | 89, 57 |");
        Speed(Corpora.Summaries(summaries), reports);
        return 0;
    }

    private static void Summaries(IReadOnlyList<Corpora.Summarised> articles)
    {
        var scores = ReadingMeasures.Summaries(articles, (_, _) => { });
        Print($"| three sentences, at most 85 words: ROUGE-1, -2, -Lsum | {scores.Chosen.One:F1}, {scores.Chosen.Two:F1}, {scores.Chosen.Lsum:F1} | {scores.Lead.One:F1}, {scores.Lead.Two:F1}, {scores.Lead.Lsum:F1} (first three) |");
        Print($"| the same, mean over the first three | {scores.Gain:+0.00;-0.00} | +0.7 |");
        Print($"| one sentence, ROUGE-1 over the first sentence | {scores.OneGain:+0.00;-0.00} | +3 |");
    }

    private static void Stories(IReadOnlyList<Corpora.Account> all)
    {
        foreach (var (name, accounts, mark) in new[] { ("test topics", all.Where(a => a.Topic >= 36).ToList(), 92), ($"all {all.Count}", [.. all], 89) })
        {
            var file = StoryMeasures.Cluster(accounts, seed: 0);
            var shuffled = Enumerable.Range(1, Orders).Average(seed => StoryMeasures.Cluster(accounts, seed).F1);
            Print($"| ECB+ {name}, no clock: B³ F1 in the order of the file; mean of {Orders} shuffles | {file.F1:F1}; {shuffled:F1} | {mark} |");
        }
    }

    private static void Wire(IReadOnlyList<Corpora.Report> reports)
    {
        var copies = StoryMeasures.NearDuplicates([.. reports.Where(r => r.Body.Length > 600).Where((_, i) => i % 3 == 0).Take(2325)]);
        foreach (var (edit, found) in copies.Found)
        {
            Print($"| near-duplicates, {edit} | {found:F1} % found | 99 % |");
        }

        Print($"| near-duplicates, false in {copies.Pairs / 1e6:F1} million pairs | {copies.False} | 100 |");
        var snaps = StoryMeasures.Wire(reports);
        Print($"| Reuters snaps joined with their full story, of {snaps.Pairs} pairs | {snaps.Joined:F1} % | 85 % |");
        Print($"| second pushes; items of the largest of {snaps.Stories} stories | {snaps.SecondPushes}; {snaps.Largest} | 0; 60 |");
    }

    private static void Speed(IReadOnlyList<Corpora.Summarised> articles, IReadOnlyList<Corpora.Report> reports)
    {
        var speed = ReadingMeasures.Time([.. articles.Select(a => a.Text), .. reports.Where(r => !r.IsSnap).Take(900).Select(r => r.Body)]);
        Print($"| processor time to read an article: mean, p99 | {speed.MeanMs:F2}, {speed.P99Ms:F2} ms | 1, 10 ms |");
        Print($"| the same, a million characters | {speed.MillionMs:F0} ms | 100 ms |");
        var (stories, mean, p99) = Open(reports);
        Print($"| the same, finding the story among {stories} open ones: mean, p99 | {mean:F2}, {p99:F2} ms | p99 12 ms |");
    }

    /// <summary>The time to find and to look again once five thousand stories are open.</summary>
    private static (int Stories, double MeanMs, double P99Ms) Open(IReadOnlyList<Corpora.Report> reports)
    {
        var index = new StoryIndex();
        var times = new List<double>();
        var at = DateTimeOffset.UnixEpoch;
        for (var i = 0; i < reports.Count && times.Count < 1000; i++)
        {
            var began = Environment.CpuUsage.TotalTime;
            var text = StoryText.Of(reports[i].Title, reports[i].Body);
            var likeness = index.Find(text, at);
            index.Add(i, StoryPart.Of(likeness.Kind >= LikenessKind.Same ? likeness.Story : i), text, at, isFixed: false);
            index.LookAgain(i);
            var took = Environment.CpuUsage.TotalTime - began;
            if (index.Stories >= 5000)
            {
                times.Add(took.TotalMilliseconds);
            }
        }

        times.Sort();
        return (index.Stories, times.Average(), times[times.Count * 99 / 100]);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
