using M10Bot.Testing;
using M10Bot.News.Articles;
using M10Bot.News.Reading;
using M10Bot.News.Wire;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Reading;

public sealed class ArticleReaderTests(ITestOutputHelper output)
{
    private static readonly ArticleReader Reader = new();

    [Fact]
    public void The_sample_article_is_about_what_it_is_about()
    {
        if (Sample() is not { } article)
        {
            return;
        }

        var reading = Reader.Read(article);

        reading.Topics.Take(6).Select(t => t.Topic.Code).Order(StringComparer.Ordinal).ShouldBe(
            ["medtop:11000000", "medtop:16000000", "org:nato", "place:russia", "place:ukraine", "place:united-states"]);
        reading.Topics.ShouldAllBe(t => t.Words.Count > 0);
        reading.Topics.First(t => t.Topic.Code is "place:ukraine").Words.ShouldContain("Kyiv", StringComparer.Ordinal);
        reading.Topics.Select(t => t.Weight).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void The_sample_article_is_summarised_in_its_own_words_within_the_limits()
    {
        if (Sample() is not { } article)
        {
            return;
        }

        var summary = Reader.Read(article).Summary;

        Hold(summary, article);
        summary.IsLead.ShouldBeFalse();
        summary.Points[0].ShouldStartWith("US President Donald Trump has said");
        string[] headings = ["European Role in Focus", "Pressure on Zelenskyy", "Balancing Act", "They feel very strongly", "M10News"];
        foreach (var sentence in summary.Points.Concat(summary.Paragraph).Append(summary.OneSentence))
        {
            headings.ShouldAllBe(heading => !sentence.Contains(heading, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("The harbour of Alba, pictured in March, is shut until the ferry strike in Alba ends.")]
    [InlineData("Ferry captain Ada Lund (left) at the harbour of Alba during the ferry strike in Alba.")]
    [InlineData("Ferry captain Ada Lund, right, at the harbour of Alba during the ferry strike in Alba.")]
    [InlineData("Read more: the ferry strike in Alba and what it means for the harbour of Alba.")]
    public void A_sentence_about_a_picture_or_another_article_is_no_summary(string sentence)
    {
        var summary = Reader.Read(Some("Ferry strike shuts the harbour of Alba", $"The ferry strike has shut the harbour for a week. {sentence} Bakers in the town complain about empty shelves.")).Summary;

        summary.OneSentence.ShouldBe("The ferry strike has shut the harbour for a week.");
        summary.Points.Concat(summary.Paragraph).ShouldNotContain(sentence, StringComparer.Ordinal);
    }

    [Fact]
    public void A_flash_of_one_line_says_its_headline()
    {
        var reading = Reader.Read(Some("Quake of magnitude 7 hits Japan", ""));

        reading.Summary.OneSentence.ShouldBe("Quake of magnitude 7 hits Japan");
        reading.Summary.Points.ShouldBeEmpty();
        reading.Summary.IsLead.ShouldBeTrue();
        reading.Topics.Select(t => t.Topic.Code).ShouldContain("place:japan", StringComparer.Ordinal);
    }

    [Fact]
    public void No_heading_footer_question_half_quote_or_orphan_pronoun_is_quoted()
    {
        var article = Some("Harbour of Alba closed", """
            Why is the harbour of Alba closed to every ship this spring?
            The harbour question
            He told the council of Alba that the harbour would stay closed to ships.
            “The harbour of Alba is closed and every ship must leave today.
            No ship may come back before the summer is over in Alba.”
            The council of Alba closed the harbour to all ships on Monday after a fire.
            Read more: harbour of Alba closed to ships in the winter as well, says the council.
            Editing by Alba Desk | Contact: desk@example.org
            """);

        var summary = Reader.Read(article).Summary;

        summary.OneSentence.ShouldBe("The council of Alba closed the harbour to all ships on Monday after a fire.");
        summary.Points.ShouldBe([summary.OneSentence]);
        summary.Paragraph.ShouldBe([summary.OneSentence]);
    }

    /// <remarks>Seen red by taking every sentence as often as it stands there.</remarks>
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void What_a_text_says_again_and_again_is_one_point(string language)
    {
        var article = Some("Harbour of Alba closed", """
            HARBOUR OF ALBA CLOSED.
            The council closed the harbour of Alba to all ships on Monday. The council closed the harbour of Alba to all ships on Monday.
            The council closed the harbour of Alba to all ships on Monday!
            The harbour will open again after the summer, the council of Alba says.
            """) with { Language = language };

        Reader.Read(article).Summary.Points.ShouldBe([
            "The council closed the harbour of Alba to all ships on Monday.", "The harbour will open again after the summer, the council of Alba says."]);
        Reader.Read(Some("Harbour of Alba closed", "Harbour of Alba closed.")).Summary.Points.ShouldBeEmpty("the card has that headline");
    }

    [Fact]
    public void A_language_without_rules_gets_its_lead()
    {
        var article = Some("Hafen gesperrt", "Der Hafen ist gesperrt. Kein Schiff darf hinein. Der Rat tagt heute. Morgen mehr.") with { Language = "de" };

        var summary = Reader.Read(article).Summary;

        summary.IsLead.ShouldBeTrue();
        summary.OneSentence.ShouldBe("Der Hafen ist gesperrt.");
        summary.Points.ShouldBe(["Der Hafen ist gesperrt.", "Kein Schiff darf hinein.", "Der Rat tagt heute."]);
    }

    [Fact]
    public void The_publishers_own_topics_come_first()
    {
        var own = TopicCatalogue.Default.Find("weather")!;

        var topics = Reader.Read(Some("War in Ukraine: Ukraine says Russia fired missiles", "Ukraine said so.") with { Topics = [own] }).Topics;

        topics[0].Topic.ShouldBe(own);
        topics[0].Words.ShouldBeEmpty();
        topics.Count(t => t.Topic == own).ShouldBe(1);
        topics[1].Weight.ShouldBeLessThan(topics[0].Weight);
    }

    [Theory]
    [InlineData("They ate turkey and told us to wait", "")]
    [InlineData("Michael Jordan signs a shoe", "")]
    [InlineData("US strikes a deal with Turkey", "place:turkey place:united-states")]
    [InlineData("The U.S. and the U.K. agree", "place:united-kingdom place:united-states")]
    [InlineData("Guinea-Bissau votes", "place:guinea-bissau")]
    [InlineData("Côte d’Ivoire’s president speaks in Abidjan", "place:ivory-coast")]
    [InlineData("The Washington Post has a new editor", "")]
    [InlineData("South Korean and North Korean officials meet", "place:north-korea place:south-korea")]
    [InlineData("Zelenskyy speaks", "place:ukraine")]
    public void Places_are_known_by_their_names_and_not_by_words_that_look_alike(string headline, string places) =>
        string.Join(' ', Reader.Read(Some(headline, "")).Topics.Where(t => t.Topic.Kind == TopicKind.Place).Select(t => t.Topic.Code).Order(StringComparer.Ordinal))
            .ShouldBe(places);

    [Fact]
    public void An_endless_text_is_read_in_bounded_work()
    {
        var body = string.Concat(Enumerable.Repeat("“A. B? ", 60_000));

        Hold(Reader.Read(Some("Noise", body)).Summary, Some("Noise", body));
    }

    private static void Hold(Summary summary, Article article) => SummaryRules.Hold(summary, article);

    private static Article Some(string headline, string body) =>
        new() { Source = "Alba Press", Uri = "a", Headline = headline, Body = body, Published = DateTimeOffset.UnixEpoch };

    private Article? Sample()
    {
        if (Shared.Find("articles/m10news-security-guarantees.txt") is not { } file)
        {
            output.WriteLine("Skipped: ../shared/articles is not here.");
            return null;
        }

        var context = new WireContext("M10News", "en", DateTimeOffset.UnixEpoch, TopicCatalogue.Default);
        return WireText.Read("sample.txt", File.ReadAllText(file), context).ShouldBeOfType<WireReading.Accepted>().Article;
    }
}

internal static class SummaryRules
{
    /// <summary>What holds for the summary of any article.</summary>
    public static void Hold(Summary summary, Article article)
    {
        foreach (var sentence in summary.Points.Concat(summary.Paragraph))
        {
            article.Body.Contains(sentence, StringComparison.Ordinal).ShouldBeTrue(sentence);
        }

        (article.Body.Contains(summary.OneSentence, StringComparison.Ordinal) || string.Equals(article.Headline, summary.OneSentence, StringComparison.Ordinal)).ShouldBeTrue(summary.OneSentence);
        summary.Points.Count.ShouldBeLessThanOrEqualTo(3);
        summary.Paragraph.Count.ShouldBeLessThanOrEqualTo(3);
        Words(summary.Points).ShouldBeLessThanOrEqualTo(75);
        Words(summary.Paragraph).ShouldBeLessThanOrEqualTo(90);
        if (!summary.IsLead)
        {
            Words([summary.OneSentence]).ShouldBeLessThanOrEqualTo(35);
        }
    }

    private static int Words(IReadOnlyList<string> sentences) => sentences.Sum(s => s.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
}
