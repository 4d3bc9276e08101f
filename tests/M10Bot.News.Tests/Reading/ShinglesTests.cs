using M10Bot.News.Reading;

namespace M10Bot.News.Tests.Reading;

public sealed class ShinglesTests
{
    private const string Text = "The harbour of Alba was closed to all ships on Monday after a fire broke out in the old grain store near the northern pier.";

    [Fact]
    public void A_shortened_copy_is_contained_in_whole() =>
        Shingles.Containment(new Shingles(Text), new Shingles(Text[..60])).ShouldBeGreaterThan(0.8);

    [Fact]
    public void Letters_accents_and_punctuation_do_not_matter() =>
        Shingles.Containment(new Shingles("Élan vital in Alba, today!"), new Shingles("elan vital – in “alba” TODAY")).ShouldBe(1);

    [Fact]
    public void An_edited_copy_stays_above_the_threshold_and_another_story_below()
    {
        var edited = Text.Replace("Monday", "Tuesday", StringComparison.Ordinal).Replace("old grain store", "warehouse", StringComparison.Ordinal);

        Shingles.Containment(new Shingles(Text), new Shingles(edited)).ShouldBeGreaterThan(0.3);
        Shingles.Containment(new Shingles(Text), new Shingles("The council of Berg opened a new school on Monday after years of delay and debate.")).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void A_text_of_three_words_has_no_shingles_and_is_contained_in_nothing()
    {
        var tiny = new Shingles("Alba harbour closed");

        tiny.Count.ShouldBe(0);
        Shingles.Containment(tiny, new Shingles(Text)).ShouldBe(0);
    }
}
