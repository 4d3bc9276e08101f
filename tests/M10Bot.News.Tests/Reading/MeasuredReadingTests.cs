using M10Bot.Testing;
using M10Bot.Testing.Reading;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Reading;

/// <summary>Marks that reading must keep, on news with answers by people; the whole table is the benchmark's (docs/benchmarks.md).</summary>
public sealed class MeasuredReadingTests(ITestOutputHelper output)
{
    [Fact]
    public void Summaries_beat_the_first_sentences_and_stay_in_the_articles_words()
    {
        if (Shared.Find("news/summaries-dev.jsonl") is not { } file)
        {
            output.WriteLine("Skipped: ../shared/news is not here.");
            return;
        }

        var scores = ReadingMeasures.Summaries(Corpora.Summaries(file), (article, summary) => SummaryRules.Hold(summary, article));

        output.WriteLine($"{scores}");
        scores.Chosen.One.ShouldBeGreaterThanOrEqualTo(scores.Lead.One);
        scores.Chosen.Two.ShouldBeGreaterThanOrEqualTo(scores.Lead.Two);
        scores.Chosen.Lsum.ShouldBeGreaterThanOrEqualTo(scores.Lead.Lsum);
        scores.Gain.ShouldBeGreaterThanOrEqualTo(0.7);
        scores.OneGain.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void Places_of_wire_reports_are_found()
    {
        if (Shared.Find("news/reuters.jsonl.gz") is not { } file)
        {
            output.WriteLine("Skipped: ../shared/news is not here.");
            return;
        }

        var places = ReadingMeasures.Places(Corpora.Reuters(file), every: 5);

        output.WriteLine($"{places}");
        places.F1.ShouldBeGreaterThanOrEqualTo(75);
    }
}
