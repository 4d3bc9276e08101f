using M10Bot.Testing;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.News.Articles;
using M10Bot.News.Reading;
using M10Bot.News.Wire;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Wire;

public sealed class NinjsReaderTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_three_spellings_of_one_item_are_one_article()
    {
        var one = Accept("""
            {"uri":"urn:n:1","type":"text","version":"3","firstcreated":"2026-11-26T08:00:00Z","versioncreated":"2026-11-26T09:00:00Z","pubstatus":"usable","urgency":2,
             "copyrightholder":"TNA","copyrightnotice":"Copyright 2026 The News Agency (www.tna.org) - all rights reserved","language":"en","ednote":"not for readers","byline":"Ann Lee","headline":"Harbour closed","slugline":"alba-harbour",
             "place":[{"name":"Ukraine","rel":"about"}],"subject":[{"name":"x","code":"16000000"}],"body_text":"First.","body_xhtml":"<p>First.</p><p>Second.</p>"}
            """);
        var two = Accept("""
            {"uri":"urn:n:1","type":"text","version":"3","firstcreated":"2026-11-26T08:00:00Z","versioncreated":"2026-11-26T09:00:00Z","pubstatus":"usable","urgency":2,
             "copyrightholder":"TNA","copyrightnotice":"Copyright 2026 The News Agency (www.tna.org) - all rights reserved","language":"en","ednote":"not for readers","by":"Ann Lee","headlines":[{"role":"sub","value":"No"},{"role":"main","value":"Harbour closed"}],"slugline":"alba-harbour",
             "places":[{"name":"Ukraine"}],"subjects":[{"name":"x","uri":"http://cv.iptc.org/newscodes/mediatopic/16000000"}],"bodies":[{"contenttype":"text/html","value":"<p>First.</p><p>Second.</p>"}]}
            """);
        var three = Accept("""
            {"uri":"urn:n:1","type":"text","version":3,"firstCreated":"2026-11-26T08:00:00Z","versionCreated":"2026-11-26T09:00:00Z","pubStatus":"usable","urgency":2,
             "copyrightHolder":"TNA","copyrightNotice":"Copyright 2026 The News Agency (www.tna.org) - all rights reserved","language":"en","edNote":"not for readers","by":"Ann Lee","headlines":[{"value":"Harbour closed"}],"slugline":"alba-harbour",
             "places":[{"name":"Ukraine","literal":"UA"}],"subjects":[{"name":"x","literal":"16000000"}],"bodies":[{"contentType":"application/nitf+xml","value":"<nitf/>"},{"contentType":"text/plain","value":"First.\n\nSecond."}]}
            """);

        two.ShouldBeEquivalentTo(one);
        three.ShouldBeEquivalentTo(one);
        (one.Uri, one.Version, one.Headline, one.Body, one.Slug, one.Byline, one.Credit, one.Copyright, one.Language, one.Urgency, one.Status)
            .ShouldBe(("urn:n:1", 3, "Harbour closed", "First.\nSecond.", "alba-harbour", "Ann Lee", "TNA", "© 2026 The News Agency", "en", new Urgency(2), ArticleStatus.Usable));
        one.Published.ShouldBe(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
        one.Topics.Select(t => t.Code).ShouldBe(["medtop:16000000", "place:ukraine"]);
        JsonSerializer.Serialize(one).ShouldNotContain("not for readers");
    }

    [Theory]
    [InlineData("\"pubStatus\":\"withheld\"", ArticleStatus.Hold)]
    [InlineData("\"pubstatus\":\"canceled\"", ArticleStatus.Kill)]
    [InlineData("\"pubStatus\":\"http://cv.iptc.org/newscodes/pubstatusg2/canceled\"", ArticleStatus.Kill)]
    [InlineData("\"pubStatus\":\"usable\"", ArticleStatus.Usable)]
    [InlineData("\"signals\":[{\"uri\":\"http://cv.iptc.org/newscodes/signal/correction\"}]", ArticleStatus.Correction)]
    [InlineData("\"signal\":[{\"name\":\"Correction\",\"code\":\"correction\"}]", ArticleStatus.Correction)]
    [InlineData("\"signal\":\"sig:correction\"", ArticleStatus.Correction)]
    [InlineData("\"signals\":[\"sig:update\"]", ArticleStatus.Usable)]
    [InlineData("\"signals\":[\"sig:correction\"],\"pubStatus\":\"canceled\"", ArticleStatus.Kill)]
    public void Status_and_signals_say_what_may_be_done_with_it(string fields, ArticleStatus status) =>
        Accept($$"""{"uri":"urn:n:1",{{fields}},"headlines":[{"value":"Harbour closed"}]}""").Status.ShouldBe(status);

    [Theory]
    [InlineData("""{"headlines":[{"value":"x"}]}""", "no uri")]
    [InlineData("""{"uri":"urn:n:1"}""", "no headline and no text")]
    [InlineData("""{"uri":"urn:n:1","type":"picture","headlines":[{"value":"x"}]}""", "of type picture")]
    [InlineData("""{"uri":"urn:n:1","pubStatus":"secret","headlines":[{"value":"x"}]}""", "pubstatus is none we know")]
    [InlineData("""{"uri":"urn:n:1","urgency":12,"headlines":[{"value":"x"}]}""", "no whole number from 1 to 9")]
    [InlineData("""{"uri":"urn:n:1","urgency":2.5,"headlines":[{"value":"x"}]}""", "no whole number from 1 to 9")]
    [InlineData("""{"uri":"urn:n:1","embargoedUntil":"tomorrow","headlines":[{"value":"x"}]}""", "no time with a zone")]
    [InlineData("""{"uri":"urn:n:1","embargoed":"2026-12-01T06:00:00","headlines":[{"value":"x"}]}""", "no time with a zone")]
    [InlineData("""{"uri":"urn:n:1","pubStatus":"canceled","headlines":[{"value":"CORRECTED: x"}]}""", "Make them agree")]
    [InlineData("[]", "no uri")]
    [InlineData("7", "no uri")]
    public void What_cannot_be_used_is_refused_with_the_reason(string json, string reason) =>
        Read(json).Reading.ShouldBeOfType<WireReading.Refused>().Reason.ShouldContain(reason);

    [Fact]
    public void An_embargo_a_link_and_the_words_of_a_correction_are_taken()
    {
        var article = Accept("""
            {"uri":"http://example.org/id/1","version":"2","embargoedUntil":"2026-12-01T07:00:00+01:00","headlines":[{"value":"FLASH: Harbour <b>closed</b>","contentType":"text/html"}],
             "signals":["sig:correction"],"descriptions":[{"role":"correction","value":"The harbour is Alba's, not Alma's."},{"role":"text","value":"It closed."}],
             "renditions":[{"name":"thumb","contentType":"image/png","href":"https://example.org/1.png"},{"name":"web","contentType":"text/html","href":"https://example.org/1"}]}
            """);

        (article.Headline, article.Urgency, article.Status, article.Note, article.Body, article.Link)
            .ShouldBe(("Harbour closed", Urgency.Flash, ArticleStatus.Correction, "The harbour is Alba's, not Alma's.", "It closed.", "https://example.org/1"));
        article.Embargo.ShouldBe(new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero));
        Accept("""{"uri":"http://example.org/id/1","headlines":[{"value":"x"}],"altids":[{"role":"url","value":"https://example.org/2"}]}""").Link.ShouldBe("https://example.org/2");
        Accept("""{"uri":"http://example.org/id/1","headlines":[{"value":"x"}],"renditions":{"web":{"href":"javascript:alert(1)","mimetype":"text/html"}}}""").Link.ShouldBeNull();
    }

    [Fact]
    public void A_kill_needs_no_text_and_no_item_needs_a_headline()
    {
        Accept("""{"uri":"urn:n:1","pubStatus":"canceled","slugline":"alba"}""").Headline.ShouldBe("alba");
        Accept("""{"uri":"urn:n:1","bodies":[{"value":"The harbour of Alba closed on Monday. Ships wait."}]}""").Headline.ShouldBe("The harbour of Alba closed on Monday");
    }

    [Fact]
    public void Vendors_disagree_on_urgency_so_each_source_has_its_own_map()
    {
        var sender = new WireSender { Source = "TNA", Urgency = { ["1"] = 3, ["4"] = 1, ["none"] = 5 } };
        var read = (string json) => ((WireReading.Accepted)Read(json, sender).Reading).Article.Urgency;

        read("""{"uri":"u","urgency":1,"headlines":[{"value":"x"}]}""").ShouldBe(Urgency.Urgent);
        read("""{"uri":"u","urgency":4,"headlines":[{"value":"x"}]}""").ShouldBe(Urgency.Flash);
        read("""{"uri":"u","urgency":7,"headlines":[{"value":"x"}]}""").ShouldBe(new Urgency(7));
        read("""{"uri":"u","headlines":[{"value":"x"}]}""").ShouldBe(Urgency.Routine);
        Accept("""{"uri":"u","headlines":[{"value":"x"}]}""").Urgency.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"uri":"u","version":"2","headlines":[{"value":"x"}]}""", "2", false)]
    [InlineData("""{"uri":"u","version":"2.1","versioncreated":"2026-11-26T09:00:00Z","headlines":[{"value":"x"}]}""", "2.1", true)]
    [InlineData("""{"uri":"u","versionCreated":"2026-11-26T09:00:00Z","headlines":[{"value":"x"}]}""", "2026-11-26T09:00:00Z", true)]
    public void An_item_is_known_again_by_its_version_else_by_when_it_was_made(string json, string version, bool hasTime)
    {
        var mark = Read(json).Mark.ShouldBeOfType<WireMark.Item>();

        (mark.Version, mark.Made is not null).ShouldBe((version, hasTime));
    }

    [Theory]
    [InlineData("""{"uri":"urn:\ud800","headlines":[{"value":"x"}]}""")]
    [InlineData("""{"uri":"urn:n:1","headlines":[{"value":"\udfff half"}]}""")]
    [InlineData("""{"uri":"urn:n:1","\ud800":1,"headlines":[{"value":"x"}]}""")]
    [InlineData("""{"uri":"urn:n:1","signals":["\ud800"],"headlines":[{"value":"x"}]}""")]
    public void Half_a_character_is_refused(string json) => Read(json).Reading.ShouldBeOfType<WireReading.Refused>().Reason.ShouldContain("half a character");

    [Fact]
    public void Whatever_an_item_holds_is_read_or_refused()
    {
        const string Whole = """{"uri":"urn:n:1","type":"text","version":"3","versioncreated":"2026-11-26T09:00:00Z","embargoed":"2026-11-26T09:00:00Z","pubstatus":"usable","urgency":2,"language":"en","signals":[{"code":"sig:correction"}],"headlines":[{"role":"main","value":"Harbour closed"}],"places":[{"name":"Ukraine","literal":"UA"}],"renditions":{"web":{"href":"https://example.org","mimetype":"text/html"}},"altids":[{"role":"url","value":"https://example.org/2"}],"bodies":[{"contenttype":"text/html","value":"<p>First.</p><p>Second &amp; last.</p>"}]}""";
        string[] pieces = ["null", "7", "-1e400", "\"\"", "[]", "{}", "[[[{}]]]", "\"HALF\"", "\"<\"", "true", "\"\\u0000\"", "{\"value\":7}", "[null,{}]"];
        var random = new Random(5);
        var read = 0;
        for (var i = 0; i < 5000; i++)
        {
            var fields = JsonNode.Parse(Whole)!.AsObject();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var name = fields.ElementAt(random.Next(fields.Count)).Key;
                fields[name] = JsonNode.Parse(pieces[random.Next(pieces.Length)]);
            }

            var item = Read(fields.ToJsonString().Replace("HALF", "\\ud800", StringComparison.Ordinal));
            read += item.Reading is WireReading.Accepted(var article) && article.Headline.Length > 0 && !article.Headline.Contains('\0', StringComparison.Ordinal) ? 1 : 0;
        }

        read.ShouldBeInRange(500, 4500);
    }

    [Fact]
    public void The_examples_of_the_standard_are_read()
    {
        if (Shared.Find("specs/ninjs/examples") is not { } folder)
        {
            output.WriteLine("specs/ninjs/examples is not there: nothing was read.");
            return;
        }

        var read = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToDictionary(f => Path.GetFileName(f), f => Accept(File.ReadAllText(f)), StringComparer.Ordinal);
        foreach (var (name, article) in read)
        {
            output.WriteLine($"{name}: {article.Language} u{article.Urgency} v{article.Version} {article.Headline} | {string.Join(", ", article.Topics.Select(t => t.Code))} | {article.Credit} · {article.Copyright} | {article.Body.Split('\n').Length} paragraphs");
        }

        read["1.4-ninjsExMediumText1.json"].Body.ShouldBe(read["3.1-005_complex_text_article.json"].Body.Replace("4,200", "4,2000", StringComparison.Ordinal));
        read["1.4-ninjsExMediumText1.json"].Body.Split('\n').Length.ShouldBe(4);
        (read["2.1-dpa_text.json"] with { Uri = "" }).ShouldBeEquivalentTo(read["3.0-dpa_text.json"] with { Uri = "" });
        (read["2.1-dpa_text.json"].Copyright, read["2.1-dpa_text.json"].Body.Split('\n').Length).ShouldBe(("© 2019 dpa", 9));
        read["2.1-tt_text_image_2.json"].Body.ShouldNotContain("TTNITF");
        read["2.1-tt_text_image_2.json"].Body.ShouldNotStartWith(read["2.1-tt_text_image_2.json"].Headline);
        read["3.0-ntb_text.json"].Topics.ShouldContain(t => t.Code == "medtop:04000000");
        read.Values.ShouldAllBe(a => a.Body.Length > 0 && !a.Body.Contains('<', StringComparison.Ordinal));
    }

    private static Article Accept(string json) => Read(json).Reading.ShouldBeOfType<WireReading.Accepted>().Article;

    private static NinjsItem Read(string json, WireSender? sender = null)
    {
        using var document = JsonDocument.Parse(json);
        return new NinjsReader(sender ?? new WireSender { Source = "M10News" }, "en", TopicCatalogue.Default, Now).Read(document.RootElement);
    }
}
