using M10Bot.News.Reading;
using M10Bot.News.Stories;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Stories;

/// <summary>What becomes of stories that were begun apart.</summary>
public sealed class StoryIndexTests
{
    private const string Event = "A fire at the Kundzinsala oil terminal closed the port of Riga, said Janis Berzins of the Freeport Authority.";
    private const string Harm = "Two workers were burned and were taken to Gailezers hospital, where Ilze Ozola treats them.";
    private const string Ships = "Nine tankers wait off Jurmala, among them the Baltic Trader; Maersk sends its own to Ventspils.";
    private readonly StoryIndex _index = new();

    [Fact]
    public void Two_stories_that_turn_out_to_be_one_become_one_by_the_older_number()
    {
        TwoStories();

        Add(5, story: 20, Ships);

        _index.LookAgain(5).ShouldBe([Move(3, 20, 10), Move(4, 20, 10), Move(5, 20, 10)]);
        _index.Stories.ShouldBe(1);
    }

    [Fact]
    public void What_readers_have_seen_stays_and_the_older_story_comes_to_it()
    {
        TwoStories(isSeen: 3);

        Add(5, story: 20, Ships);

        _index.LookAgain(5).ShouldBe([Move(1, 10, 20), Move(2, 10, 20)]);
    }

    [Fact]
    public void Two_stories_that_readers_have_seen_stay_two()
    {
        TwoStories(isSeen: [1, 3]);

        Add(5, story: 20, Ships);

        _index.LookAgain(5).ShouldBeEmpty();
        _index.Stories.ShouldBe(2);
    }

    [Fact]
    public void Stories_that_share_a_place_and_a_word_or_two_stay_two()
    {
        TwoStories();

        _index.Add(5, StoryPart.Of(30), StoryText.Of("Mayor of Riga asks who pays for a pier", "Anna Kalnina said that the old pier was insured in London and that its owners paid no tax."), Some.Time, isFixed: false);

        _index.LookAgain(5).ShouldBeEmpty();
        _index.StoryOf(5).ShouldBe(30);
    }

    /// <summary>An article that leaves one story for another, and goes on with that one, has moved once.</summary>
    [Fact]
    public void Each_article_moves_once_from_where_it_was()
    {
        TwoStories();
        Add(5, story: 30, Ships);

        Add(6, story: 20, Ships);

        _index.LookAgain(6).ShouldBe([Move(3, 20, 10), Move(4, 20, 10), Move(5, 30, 10), Move(6, 20, 10)]);
    }

    [Fact]
    public void Figures_tell_more_than_names_and_names_more_than_other_words()
    {
        var text = StoryText.Of("", "On Friday it was told that 47 Riga tankers wait.");

        Weight(text, "47").ShouldBeGreaterThan(1.5 * Weight(text, "riga"));
        Weight(text, "riga").ShouldBeGreaterThan(1.1 * Weight(text, "tankers"));
    }

    [Fact]
    public void What_a_report_begins_with_counts_for_more_than_what_came_before()
    {
        var between = string.Concat(Enumerable.Repeat("It was so and so and so and so.\n", 40));
        var text = StoryText.Of("", $"The tankers wait.\n{between}The warehouses burned.");

        Weight(text, "tankers").ShouldBeGreaterThan(3 * Weight(text, "warehouses"));
    }

    private static double Weight(StoryText text, string word) => text.Words.Single(t => t.Hash == WordHash.Of(StopWords.Stem(word))).Weight;

    // Each of a pair is most like the other one, so none would leave by itself.
    private void TwoStories(params long[] isSeen)
    {
        foreach (var article in new long[] { 1, 2, 3, 4 })
        {
            Add(article, story: article < 3 ? 10 : 20, article < 3 ? Harm : Ships, isSeen.Contains(article));
        }
    }

    private void Add(long article, long story, string more, bool isFixed = false) =>
        _index.Add(article, StoryPart.Of(story), StoryText.Of("Fire at Riga port", $"{Event}\n{more}"), Some.Time, isFixed);

    private static StoryMove Move(long article, long from, long to) => new(article, StoryPart.Of(from), StoryPart.Of(to));
}
