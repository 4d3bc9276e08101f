using M10Bot.News.Reading;

namespace M10Bot.Testing.Reading;

/// <summary>How well topics are learned from an archive.</summary>
public static class TopicMeasures
{
    /// <param name="MicroF1">Over all decisions, in per cent.</param>
    /// <param name="MacroF1">Of each topic, and then the mean, in per cent.</param>
    public sealed record Learned(int Topics, double MicroF1, double MacroF1, double Seconds);

    /// <summary>ModApte: learns from its part for training, tells the topics of its part for testing; topics with at least one report in both (R90).</summary>
    public static Learned ModApte(IReadOnlyList<Corpora.Report> reports)
    {
        var began = Environment.CpuUsage.TotalTime;
        var used = reports.Where(r => r.IsTopical).ToList();
        var trained = TopicTrainer.Train([.. used.Where(r => r.Split is "TRAIN").Select(r => new TopicExample(r.Title, r.Body, r.Topics))], CancellationToken.None);
        var test = used.Where(r => r.Split is "TEST").ToList();
        var told = test.ConvertAll(r => trained.Model.Find(r.Title, r.Body).Select(t => t.Code).ToHashSet(StringComparer.Ordinal));
        var codes = used.Where(r => r.Split is "TRAIN").SelectMany(r => r.Topics).Intersect(test.SelectMany(r => r.Topics), StringComparer.Ordinal).ToList();
        var counts = codes.ConvertAll(code => (
            Hits: Enumerable.Range(0, test.Count).Count(i => told[i].Contains(code) && test[i].Topics.Contains(code, StringComparer.Ordinal)),
            Said: told.Count(t => t.Contains(code)),
            Wanted: test.Count(r => r.Topics.Contains(code, StringComparer.Ordinal))));
        return new Learned(
            codes.Count,
            200.0 * counts.Sum(c => c.Hits) / counts.Sum(c => c.Said + c.Wanted),
            counts.Average(c => 200.0 * c.Hits / (c.Said + c.Wanted)),
            (Environment.CpuUsage.TotalTime - began).TotalSeconds);
    }
}
