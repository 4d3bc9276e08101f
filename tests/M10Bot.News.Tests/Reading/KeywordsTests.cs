using M10Bot.News.Reading;

namespace M10Bot.News.Tests.Reading;

public sealed class KeywordsTests
{
    [Theory]
    [InlineData("Data Centre", "word:data centre")]
    [InlineData("“Kraków’s”", "word:krakow")]
    [InlineData("word:grain deal", "word:grain deal")]
    [InlineData("  F-35  ", "word:f 35")]
    [InlineData("the", null)]
    [InlineData("2026", null)]
    [InlineData("ab", null)]
    [InlineData("one two three four", null)]
    [InlineData("@everyone!!", "word:everyone")]
    [InlineData("", null)]
    public void What_can_be_followed_is_up_to_three_words_that_say_something(string typed, string? code) => Keywords.Of(typed)?.Code.ShouldBe(code);

    [Fact]
    public void Words_are_found_side_by_side_as_they_stand()
    {
        var said = Keywords.In("Kraków's new Data-Centre opens.");

        said["word:data centre"].ShouldBe("Data-Centre");
        said["word:krakow new data"].ShouldBe("Kraków's new Data");
        said.Keys.ShouldNotContain("word:krakow data", StringComparer.Ordinal);
    }

    [Fact]
    public void An_article_of_any_length_is_read_to_a_bound() =>
        Keywords.In(string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"w{i}"))).Count.ShouldBeLessThan(4600);
}
