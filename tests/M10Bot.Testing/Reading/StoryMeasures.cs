using M10Bot.News.Reading;
using M10Bot.News.Stories;

namespace M10Bot.Testing.Reading;

/// <summary>How well articles find their stories.</summary>
public static class StoryMeasures
{
    private const double TruePair = 0.75;
    private static readonly TimeSpan PairTime = TimeSpan.FromHours(3);

    /// <param name="F1">B³, in per cent.</param>
    public sealed record Clusters(double Precision, double Recall, double F1, int Stories);

    /// <param name="Joined">Of the pairs, in per cent.</param>
    /// <param name="SecondPushes">Full stories that would have been pushed beside their snap.</param>
    public sealed record Snaps(int Pairs, double Joined, int SecondPushes, int Largest, int Stories, double MeanMs, double P99Ms);

    /// <param name="Found">Of the edited copies, in per cent, by kind of edit.</param>
    public sealed record Copies(IReadOnlyList<(string Edit, double Found)> Found, long Pairs, int False);

    /// <summary>Files the accounts one by one, with no clock.</summary>
    /// <param name="seed">0 for the order of the file.</param>
    public static Clusters Cluster(IReadOnlyList<Corpora.Account> accounts, int seed)
    {
        var order = Enumerable.Range(0, accounts.Count).ToArray();
        if (seed > 0)
        {
            new Random(seed).Shuffle(order);
        }

        var index = new StoryIndex();
        var next = 0L;
        foreach (var i in order)
        {
            var text = StoryText.Of(accounts[i].Headline, accounts[i].Body);
            var likeness = index.Find(text, DateTimeOffset.UnixEpoch);
            index.Add(i, StoryPart.Of(likeness.Kind >= LikenessKind.Same ? likeness.Story : ++next), text, DateTimeOffset.UnixEpoch, isFixed: false);
            index.LookAgain(i);
        }

        var story = Enumerable.Range(0, accounts.Count).Select(i => index.StoryOf(i)!.Value).ToArray();
        var (precision, recall) = (0.0, 0.0);
        for (var i = 0; i < accounts.Count; i++)
        {
            var mine = Enumerable.Range(0, accounts.Count).Where(j => story[j] == story[i]).ToList();
            var hits = mine.Count(j => string.Equals(accounts[j].Cluster, accounts[i].Cluster, StringComparison.Ordinal));
            precision += 100.0 * hits / mine.Count / accounts.Count;
            recall += 100.0 * hits / accounts.Count(a => string.Equals(a.Cluster, accounts[i].Cluster, StringComparison.Ordinal)) / accounts.Count;
        }

        return new Clusters(precision, recall, 2 * precision * recall / (precision + recall), story.Distinct().Count());
    }

    /// <summary>Files a wire as it came. A snap's full story is the report of the next three hours that has most of its words, at least three quarters, and its first: whose news it is.</summary>
    public static Snaps Wire(IReadOnlyList<Corpora.Report> reports)
    {
        var index = new StoryIndex();
        var kinds = new LikenessKind[reports.Count];
        var times = new List<double>(reports.Count);
        var story = new long[reports.Count];
        for (var i = 0; i < reports.Count; i++)
        {
            var began = Environment.CpuUsage.TotalTime;
            var text = StoryText.Of(reports[i].Title, reports[i].Body);
            var likeness = index.Find(text, reports[i].At);
            kinds[i] = likeness.Kind;
            story[i] = likeness.Kind >= LikenessKind.Same ? likeness.Story : i + 1;
            index.Add(i, StoryPart.Of(story[i]), text, reports[i].At, isFixed: false);
            foreach (var move in index.LookAgain(i))
            {
                story[move.Article] = move.To.Story;
            }

            times.Add((Environment.CpuUsage.TotalTime - began).TotalMilliseconds);
            if (i % 500 == 0)
            {
                index.Forget(reports[i].At, 12_000);
            }
        }

        var pairs = Pairs(reports).ToList();
        times.Sort();
        return new Snaps(
            pairs.Count,
            100.0 * pairs.Count(p => story[p.Snap] == story[p.Full]) / pairs.Count,
            pairs.Count(p => story[p.Snap] != story[p.Full] && kinds[p.Full] == LikenessKind.None),
            story.GroupBy(s => s).Max(g => g.Count()),
            story.Distinct().Count(),
            times.Average(),
            times[times.Count * 99 / 100]);
    }

    /// <summary>Makes six kinds of edit of each report and looks for the original; then counts which reports are taken for one another.</summary>
    public static Copies NearDuplicates(IReadOnlyList<Corpora.Report> reports)
    {
        var index = new CopyIndex();
        var texts = reports.Select(r => StoryText.Of(r.Title, r.Body).Shingles).ToList();
        for (var i = 0; i < texts.Count; i++)
        {
            index.Add(i, texts[i]);
        }

        var found = Edits.All.Select(edit => (edit.Name, 100.0 * Enumerable.Range(0, reports.Count).Count(i =>
        {
            var other = reports[(i + (reports.Count / 2)) % reports.Count];
            var (title, body) = edit.Make(reports[i], other);
            return index.Find(StoryText.Of(title, body).Shingles).Any(f => f.Slot == i && f.Containment >= StoryIndex.Revision);
        }) / reports.Count)).ToList();
        var taken = Enumerable.Range(0, texts.Count).Sum(i => index.Find(texts[i]).Count(f => f.Slot < i && f.Containment >= StoryIndex.Revision));
        return new Copies(found, (long)texts.Count * (texts.Count - 1) / 2, taken);
    }

    private static IEnumerable<(int Snap, int Full)> Pairs(IReadOnlyList<Corpora.Report> reports)
    {
        var words = reports.Select(r => Words(r.IsSnap ? r.Title : $"{r.Title}\n{r.Body[..Math.Min(1500, r.Body.Length)]}")).ToList();
        for (var i = 0; i < reports.Count; i++)
        {
            if (!reports[i].IsSnap || words[i].Count < 4)
            {
                continue;
            }

            var best = (Full: -1, Share: TruePair);
            var who = FirstWord(reports[i].Title);
            for (var j = i + 1; j < reports.Count && reports[j].At - reports[i].At < PairTime; j++)
            {
                var share = reports[j].Body.Length <= 200 || !words[j].Contains(who) ? 0 : words[i].Count(words[j].Contains) / (double)words[i].Count;
                best = share > best.Share ? (j, share) : best;
            }

            if (best.Full >= 0)
            {
                yield return (i, best.Full);
            }
        }
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        Tokens.Read(text, (_, folded) =>
        {
            if (!StopWords.Contains(folded))
            {
                words.Add(StopWords.Stem(folded).ToString());
            }
        });
        return words;
    }

    private static string FirstWord(string title)
    {
        string? first = null;
        Tokens.Read(title, (_, folded) => first ??= StopWords.Contains(folded) ? null : StopWords.Stem(folded).ToString());
        return first ?? "";
    }
}
