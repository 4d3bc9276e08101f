using M10Bot.Testing;
using M10Bot.News.Articles;
using M10Bot.News.Reading;
using M10Bot.News.Wire;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Wire;

public sealed class WireTextTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_plain_text_gets_its_headline_from_a_first_line_without_a_full_stop()
    {
        var article = Accept("River bursts its banks in Alba\n\nThe river rose by three metres overnight.\nTwo bridges are closed.");

        article.Headline.ShouldBe("River bursts its banks in Alba");
        article.Body.ShouldBe("The river rose by three metres overnight.\nTwo bridges are closed.");
        article.Uri.ShouldBe("wire:river-story");
        article.Version.ShouldBe(0);
        article.Published.ShouldBe(Now);
        article.Source.ShouldBe("Alba Press");
    }

    [Fact]
    public void Without_a_headline_the_first_sentence_is_cut_at_a_word()
    {
        const string sentence = "The council of Alba has decided after a debate of nine hours that the old harbour shall be closed to all ships from the first of May.";

        var article = Accept(sentence + " Nobody voted against it.\nThe mayor was absent.");

        article.Headline.Length.ShouldBeLessThanOrEqualTo(100);
        article.Headline.ShouldEndWith("…");
        sentence.ShouldStartWith(article.Headline[..^1] + " ");
        article.Body.ShouldStartWith(sentence);
    }

    [Theory]
    [InlineData("FLASH: Quake hits Alba", 1, ArticleStatus.Usable)]
    [InlineData("Breaking: Quake hits Alba", 3, ArticleStatus.Usable)]
    [InlineData("URGENT: Quake hits Alba", 3, ArticleStatus.Usable)]
    [InlineData("CORRECTED: Quake hits Alba", null, ArticleStatus.Correction)]
    [InlineData("KILL: Quake hits Alba", null, ArticleStatus.Kill)]
    [InlineData("FLASH: CORRECTED: Quake hits Alba", 1, ArticleStatus.Correction)]
    public void A_marker_before_the_headline_sets_urgency_or_status(string line, int? urgency, ArticleStatus status)
    {
        var article = Accept(line);

        article.Headline.ShouldBe("Quake hits Alba");
        (article.Urgency?.Value).ShouldBe(urgency);
        article.Status.ShouldBe(status);
        article.Body.ShouldBe("");
    }

    [Fact]
    public void A_word_that_only_looks_like_a_marker_stays() =>
        Accept("Hold: a play about waiting opens\n\nIt opens on Friday.").Headline.ShouldBe("Hold: a play about waiting opens");

    [Fact]
    public void Every_header_line_is_taken()
    {
        var article = Accept("""
            urgency: 2
            TOPICS: Ukraine, nato; conflict, war and peace
            Slug: Alba-Harbour
            Embargo: 2026-03-10T06:00+01:00
            Version: 4
            Status: correction
            Headline: Harbour of Alba closed
            Link: https://example.org/alba
            Byline: Ada Lund
            Note: An earlier version gave the wrong date.
            Language: en-GB
            Credit: Alba Desk
            Published: 2026-03-09 11:30:00Z

            The harbour is closed.
            """);

        article.Urgency.ShouldBe(new Urgency(2));
        article.Topics.Select(t => t.Code).ShouldBe(["place:ukraine", "org:nato", "medtop:16000000"]);
        article.Slug.ShouldBe("Alba-Harbour");
        article.Uri.ShouldBe("wire:alba-harbour");
        article.Embargo.ShouldBe(new DateTimeOffset(2026, 3, 10, 5, 0, 0, TimeSpan.Zero));
        article.Version.ShouldBe(4);
        article.Status.ShouldBe(ArticleStatus.Correction);
        article.Headline.ShouldBe("Harbour of Alba closed");
        article.Link.ShouldBe("https://example.org/alba");
        article.Byline.ShouldBe("Ada Lund");
        article.Note.ShouldBe("An earlier version gave the wrong date.");
        article.Language.ShouldBe("en-GB");
        article.Credit.ShouldBe("Alba Desk");
        article.Published.ShouldBe(new DateTimeOffset(2026, 3, 9, 11, 30, 0, TimeSpan.Zero));
        article.Body.ShouldBe("The harbour is closed.");
    }

    [Theory]
    [InlineData("Topics: Ukraine, Nato", "place:ukraine org:nato")]
    [InlineData("Topics: conflict, war and peace", "medtop:16000000")]
    [InlineData("Topics: Ukraine, conflict, war and peace, Russia", "place:ukraine medtop:16000000 place:russia")]
    [InlineData("Topics: conflict, war and peace; Russia", "medtop:16000000 place:russia")]
    [InlineData("Topics: EU\nTopics: côte d'ivoire, EU", "org:european-union place:ivory-coast")]
    public void Topics_are_found_by_any_name(string header, string codes) =>
        string.Join(' ', Accept(header + "\n\nSomething happened.").Topics.Select(t => t.Code)).ShouldBe(codes);

    [Theory]
    [InlineData("Urgency: 12", "Line 1", "1 (flash) to 9")]
    [InlineData("Slug: a\nStatus: gone", "Line 2", "hold or kill")]
    [InlineData("Embargo: 2026-03-10T06:00", "Line 1", "zone")]
    [InlineData("Embargo: tomorrow", "Line 1", "zone")]
    [InlineData("Version: 0", "Line 1", "whole number")]
    [InlineData("Link: javascript:alert(1)", "Line 1", "https://")]
    [InlineData("Language: English!", "Line 1", "language tag")]
    [InlineData("Topics: Ukriane", "Line 1", "Did you mean Ukraine?")]
    [InlineData("Topics: qqqqqqqq", "Line 1", "topic list")]
    [InlineData("Slug: a\nSlug: b", "Line 2", "twice")]
    [InlineData("Slug: a\nUrgncy: 1", "Line 2", "Did you mean Urgency?")]
    [InlineData("Urgncy: 1\nSlug: a", "Line 1", "Did you mean Urgency?")]
    [InlineData("Urgncy: 1", "Line 1", "Did you mean Urgency?")]
    public void A_wrong_header_line_is_refused_with_its_number_and_the_remedy(string header, string line, string remedy)
    {
        var reason = Refuse(header + "\n\nSomething happened.");

        reason.ShouldStartWith(line);
        reason.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Slug: a\n")]
    public void A_line_of_a_million_characters_before_a_colon_is_text_and_ends_nothing(string before) =>
        Accept($"{before}{new string('x', 1_000_000)}: y\n\nSomething happened.").Headline.Length.ShouldBeLessThanOrEqualTo(100);

    [Fact]
    public void A_kill_may_be_header_lines_only()
    {
        var article = Accept("Slug: alba-harbour\nStatus: kill\nNote: The report was not true.");

        article.Status.ShouldBe(ArticleStatus.Kill);
        article.Uri.ShouldBe("wire:alba-harbour");
        article.Note.ShouldBe("The report was not true.");
        article.Headline.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_kill_that_names_no_story_is_refused() => Refuse("Status: kill\nNote: It was not true.").ShouldContain("Slug");

    [Fact]
    public void A_header_without_text_is_refused() => Refuse("Slug: alba\nUrgency: 1").ShouldContain("no text");

    [Fact]
    public void A_status_and_a_marker_that_disagree_are_refused() =>
        Refuse("Status: usable\n\nKILL: Harbour of Alba closed").ShouldContain("agree");

    [Fact]
    public void Footer_lines_become_credit_and_copyright_and_leave_the_text()
    {
        var article = Accept("""
            Harbour of Alba closed
            By Ada Lund
            The harbour is closed.
            Editing by Alba Press Night Desk | Contact: desk@example.org
            © 2026 Alba Press. All rights reserved. Unauthorised reproduction is prohibited
            """);

        article.Byline.ShouldBe("Ada Lund");
        article.Credit.ShouldBe("Alba Press Night Desk");
        article.Copyright.ShouldBe("© 2026 Alba Press");
        article.Body.ShouldBe("The harbour is closed.");
    }

    [Fact]
    public void Lines_wrapped_by_hand_become_one_paragraph_again() =>
        Accept("Harbour closed\n\nThe harbour of Alba has been closed to all ships\nuntil further notice, the council said.\n\nNobody knows why.")
            .Body.ShouldBe("The harbour of Alba has been closed to all ships until further notice, the council said.\nNobody knows why.");

    [Fact]
    public void The_sample_article_reads_as_the_desk_means_it()
    {
        if (Shared.Find("articles/m10news-security-guarantees.txt") is not { } file)
        {
            output.WriteLine("Skipped: ../shared/articles is not here.");
            return;
        }

        var article = Accept(File.ReadAllText(file), Path.GetFileName(file));

        article.Headline.ShouldStartWith("US President Donald Trump has said");
        article.Headline.Length.ShouldBeLessThanOrEqualTo(100);
        article.Credit.ShouldBe("M10News International Desk");
        article.Copyright.ShouldBe("© 2025 M10News");
        article.Body.ShouldNotContain("@");
        article.Body.ShouldEndWith("deterring Moscow.");
    }

    [Fact]
    public void Strangers_bytes_never_throw()
    {
        var random = new Random(7);
        const string seed = "Urgency: 1\nTopics: a, b;\nEmbargo: 2026-\n\nFLASH: “A. B?” — 's…\n© | Editing by : \u2028\uFEFF";
        for (var i = 0; i < 3000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 80)).Select(_ => seed[random.Next(seed.Length)])]);

            var reading = WireText.Read("x.txt", text, Context);

            (reading is WireReading.Accepted { Article.Headline.Length: > 0 } or WireReading.Refused { Reason.Length: > 0 }).ShouldBeTrue(text);
        }
    }

    private static WireContext Context => new("Alba Press", "en", Now, TopicCatalogue.Default);

    private static Article Accept(string text, string file = "River story.txt") =>
        WireText.Read(file, text, Context).ShouldBeOfType<WireReading.Accepted>().Article;

    private static string Refuse(string text) => WireText.Read("a.txt", text, Context).ShouldBeOfType<WireReading.Refused>().Reason;
}
