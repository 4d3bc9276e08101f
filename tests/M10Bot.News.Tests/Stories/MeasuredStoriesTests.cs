using M10Bot.Testing;
using M10Bot.Testing.Reading;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Stories;

/// <summary>Marks that stories must keep, on news with answers by people; the whole table is the benchmark's (docs/benchmarks.md).</summary>
public sealed class MeasuredStoriesTests(ITestOutputHelper output)
{
    [Fact]
    public void Accounts_of_look_alike_events_are_told_apart()
    {
        if (Find("news/ecbplus.jsonl") is not { } file)
        {
            return;
        }

        var all = Corpora.Ecb(file);
        var tested = all.Where(a => a.Topic >= 36).ToList();
        var test = StoryMeasures.Cluster(tested, seed: 0);
        var shuffled = Enumerable.Range(1, 4).Average(seed => StoryMeasures.Cluster(tested, seed).F1);
        var whole = StoryMeasures.Cluster(all, seed: 0);

        output.WriteLine($"B³ F1: test topics {test.F1:F1}, in four other orders {shuffled:F1}, all {whole.F1:F1}");
        test.F1.ShouldBeGreaterThanOrEqualTo(92);
        shuffled.ShouldBeGreaterThanOrEqualTo(92);
        whole.F1.ShouldBeGreaterThanOrEqualTo(89);
    }

    [Fact]
    public void Snaps_meet_their_full_stories_and_no_story_swells()
    {
        if (Find("news/reuters.jsonl.gz") is not { } file)
        {
            return;
        }

        var snaps = StoryMeasures.Wire(Corpora.Reuters(file));

        output.WriteLine($"{snaps}");
        snaps.Joined.ShouldBeGreaterThanOrEqualTo(85);
        snaps.SecondPushes.ShouldBe(0);
        snaps.Largest.ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public void Edited_copies_are_found_and_different_texts_are_not()
    {
        if (Find("news/reuters.jsonl.gz") is not { } file)
        {
            return;
        }

        var copies = StoryMeasures.NearDuplicates([.. Corpora.Reuters(file).Where(r => r.Body.Length > 600).Where((_, i) => i % 3 == 0).Take(2325)]);

        output.WriteLine($"{string.Join(", ", copies.Found.Select(f => $"{f.Edit} {f.Found:F1} %"))}; {copies.False} taken for one another in {copies.Pairs:N0} pairs");
        copies.Found.ShouldAllBe(f => f.Found >= 99);
        copies.False.ShouldBeLessThanOrEqualTo(100);
    }

    private string? Find(string name)
    {
        var file = Shared.Find(name);
        if (file is null)
        {
            output.WriteLine("Skipped: ../shared/news is not here.");
        }

        return file;
    }
}
