using M10Bot.News.Articles;
using M10Bot.News.Reading;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Reading;

/// <summary>A publisher's own codes are understood in every spelling, and stand before what the words let guess.</summary>
public sealed class PublisherCodesTests
{
    [Theory]
    [InlineData("20000574", "medtop:20000574")]
    [InlineData("medtop:20000574", "medtop:20000574")]
    [InlineData("mediatopic:20000574", "medtop:20000574")]
    [InlineData("http://cv.iptc.org/newscodes/mediatopic/20000574", "medtop:20000574")]
    [InlineData("https://cv.iptc.org/newscodes/mediatopic/20000574/", "medtop:20000574")]
    [InlineData("http://tt.se/spec/subref/1.0/16000000", "medtop:16000000")]
    [InlineData("subj:04011000", "medtop:04000000")]
    [InlineData("medtop:20000822", "medtop:15000000")]
    [InlineData("medtop:20000346", "medtop:20000344")]
    [InlineData("medtop:20009999", null)]
    [InlineData("medtop:2000057", null)]
    [InlineData("99000000", null)]
    [InlineData("election", null)]
    public void A_subjects_code(string words, string? topic) => (PublisherCodes.Subject(words, TopicCatalogue.Default)?.Code).ShouldBe(topic);

    [Theory]
    [InlineData("UA", "place:ukraine")]
    [InlineData("ukr", "place:ukraine")]
    [InlineData("http://cvx.iptc.org/iso3166-1a2/it", "place:italy")]
    [InlineData("iso3166-1a3:COD", "place:dr-congo")]
    [InlineData("country:XK", "place:kosovo")]
    [InlineData("ZZ", null)]
    [InlineData("Ukraine", null)]
    public void A_countrys_code(string words, string? topic) => (PublisherCodes.Country(words, TopicCatalogue.Default)?.Code).ShouldBe(topic);

    [Theory]
    [InlineData("Politics", "medtop:11000000")]
    [InlineData("Sports", "medtop:15000000")]
    [InlineData("BUSINESS", "medtop:04000000")]
    [InlineData("News/World/Ukraine", "place:ukraine")]
    [InlineData("World > Europe > Latvia", "place:latvia")]
    [InlineData("http://cv.iptc.org/newscodes/mediatopic/17000000", "medtop:17000000")]
    [InlineData("Top stories", null)]
    [InlineData("all", null)]
    [InlineData("", null)]
    public void A_feeds_category(string words, string? topic) => (PublisherCodes.Category(words, TopicCatalogue.Default)?.Code).ShouldBe(topic);

    [Fact]
    public void Every_place_that_is_a_country_has_its_codes_and_every_code_leads_to_a_place()
    {
        var places = TopicCatalogue.Default.All.Where(t => t.Kind == TopicKind.Place).Select(t => t.Code).ToHashSet(StringComparer.Ordinal);
        var lines = CatalogueFile.Lines("countries").ToList();
        lines.Count.ShouldBeGreaterThan(195);
        lines.ShouldAllBe(l => l.Length == 3 && l[1].Length == 2 && l[2].Length == 3 && places.Contains("place:" + l[0]));
        lines.SelectMany(l => l.Skip(1)).Distinct(StringComparer.Ordinal).Count().ShouldBe(lines.Count * 2);
        CatalogueFile.Lines("mediatopics").ShouldAllBe(l => TopicCatalogue.Default.Find("medtop:" + l[1]) != null && TopicCatalogue.Default.Find("medtop:" + l[0]) == null);
    }

    [Fact]
    public void The_publishers_code_stands_before_every_guess()
    {
        var health = TopicCatalogue.Default.Find("health")!;
        var article = Some.Article("Ukraine war: missiles hit Kyiv as troops attack") with { Body = "Russia fired missiles at Kyiv. The war in Ukraine went on.", Topics = [health] };

        var topics = new ArticleReader().Read(article).Topics;

        topics[0].Topic.ShouldBe(health);
        topics.ShouldContain(t => t.Topic.Code == "place:ukraine");
    }
}
