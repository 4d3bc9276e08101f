using System.Text;
using M10Bot.News.Feeds;
using M10Bot.News.Markup;

namespace M10Bot.News.Tests.Feeds;

public sealed class FeedReaderTests
{
    private static readonly DateTimeOffset Third = new(2026, 3, 3, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_stray_empty_item_inside_an_item_is_neither_an_item_nor_its_end()
    {
        var entry = Read("<rss><channel><title>t</title><item><guid>1</guid><item/><title>First</title><link>https://example.org/1</link><item /></item></channel></rss>").Entries.ShouldHaveSingleItem();

        (entry.Id, entry.Title, entry.Link).ShouldBe(("1", "First", "https://example.org/1"));
    }

    [Fact]
    public void An_Atom_entry_that_stands_alone_is_read()
    {
        var document = Read("""<?xml version="1.0"?><entry xmlns="http://www.w3.org/2005/Atom"><title>Alone</title><id>urn:1</id><updated>2026-11-02T13:30:00Z</updated><link href="https://example.org/1"/></entry>""");

        (document.Format, document.Entries.ShouldHaveSingleItem().Title).ShouldBe((FeedFormat.Atom, "Alone"));
    }

    [Fact]
    public void Rss_is_read_with_its_modules()
    {
        var feed = Read(FeedSamples.Rss);
        feed.Format.ShouldBe(FeedFormat.Rss);
        feed.Title.ShouldBe("Harbour Gazette & Mail");
        feed.Link.ShouldBe("https://gazette.example/");
        feed.Self.ShouldBe("https://gazette.example/rss");
        feed.Hubs.ShouldBe(["https://hub.example/"]);
        feed.Language.ShouldBe("en-GB");
        feed.Rhythm.ShouldBe(TimeSpan.FromMinutes(15));
        feed.Updated.ShouldBe(Third.AddHours(18).AddMinutes(5));
        feed.Entries.Count.ShouldBe(2);

        var entry = feed.Entries[0];
        entry.Title.ShouldBe("Ferry Aurora runs aground");
        entry.Link.ShouldBe("https://gazette.example/aurora");
        entry.Id.ShouldBe("gazette-1");
        entry.Author.ShouldBe("Ann Other, Ben Some");
        entry.Published.ShouldBe(Third.AddHours(18).AddMinutes(4).AddSeconds(9));
        entry.Tags.ShouldBe(["Shipping", "Coast"]);
        entry.Body.ShouldBe("<p>All 212 passengers are <b>safe</b>.</p>");
        entry.Summary.ShouldBe("All 212 \"passengers\" are safe.");
        entry.Media.ShouldBe(["https://gazette.example/aurora.mp3", "https://gazette.example/aurora.jpg"]);
        feed.Entries[1].Link.ShouldBe("https://gazette.example/second");
    }

    [Fact]
    public void Atom_is_read_with_bases_and_inherited_authors()
    {
        var feed = Read(FeedSamples.Atom);
        feed.Format.ShouldBe(FeedFormat.Atom);
        feed.Title.ShouldBe("Das <Blatt>");
        feed.Link.ShouldBe("https://blatt.example/");
        feed.Self.ShouldBe("https://blatt.example/feed.atom");
        feed.Language.ShouldBe("de");

        var entry = feed.Entries.ShouldHaveSingleItem();
        entry.Id.ShouldBe("tag:blatt.example,2026:1");
        entry.Title.ShouldBe("Sturm heute");
        entry.Link.ShouldBe("https://blatt.example/sturm");
        entry.Media.ShouldBe(["https://blatt.example/sturm.mp4"]);
        entry.Author.ShouldBe("Redaktion (post@blatt.example)");
        entry.Published.ShouldBe(Third.AddHours(16));
        entry.Updated.ShouldBe(Third.AddHours(16.5));
        entry.Tags.ShouldBe(["Wetter"]);
        MarkupText.ToPlain(entry.Body!).ShouldBe("Lang & breit");
        entry.Summary.ShouldBe("Kurz");
    }

    [Fact]
    public void Rdf_items_are_identified_by_what_they_are_about()
    {
        var feed = Read(FeedSamples.Rdf);
        feed.Format.ShouldBe(FeedFormat.Rdf);
        var entry = feed.Entries.ShouldHaveSingleItem();
        entry.Id.ShouldBe("https://old.example/1");
        entry.Link.ShouldBe("https://old.example/1.html");
        entry.Tags.ShouldBe(["history"]);
        entry.Published.ShouldBe(new DateTimeOffset(2026, 3, 3, 1, 2, 3, TimeSpan.Zero));
    }

    [Fact]
    public void Json_feed_is_read()
    {
        var feed = Read(FeedSamples.Json, "https://json.example/feed.json");
        feed.Format.ShouldBe(FeedFormat.Json);
        feed.Entries.Select(e => e.Id).ShouldBe(["7", "8"]);
        var entry = feed.Entries[0];
        entry.Link.ShouldBe("https://json.example/seven");
        entry.Author.ShouldBe("Cleo");
        entry.Tags.ShouldBe(["a", "b"]);
        entry.Media.ShouldBe(["https://json.example/7.mp3", "https://json.example/7.jpg"]);
        feed.Entries[1].Body.ShouldBe("é");
        feed.Entries[1].Author.ShouldBe("D, E");
    }

    [Fact]
    public void A_news_sitemap_is_read()
    {
        var feed = Read(FeedSamples.Sitemap);
        feed.Format.ShouldBe(FeedFormat.NewsSitemap);
        var entry = feed.Entries.ShouldHaveSingleItem();
        entry.Title.ShouldBe("A headline");
        entry.Link.ShouldBe("https://paper.example/a");
        entry.Author.ShouldBe("The Paper");
        entry.Published.ShouldBe(Third.AddHours(8));
        entry.Tags.ShouldBe(["one", "two"]);
        entry.Media.ShouldBe(["https://paper.example/a.jpg"]);
    }

    [Theory]
    [InlineData("<rss><channel><item><title>A & B < C</title><link>https://a.example/1", "A & B < C")]
    [InlineData("<rss><channel><item><title>One</title><link>https://a.example/1<guid>g</guid></item></channel>", "One")]
    [InlineData("<rss><channel><image><title>Logo</title><item><title>Two</title><link>https://a.example/1</link></item>", "Two")]
    [InlineData("<rss><channel></b><item></i><title>Three&nbsp;&hellip;</title><link>https://a.example/1</link>", "Three …")]
    [InlineData("<?xml version='1.0'><!-- never closed <rss> <rss><channel><item><title>Four</title><link>https://a.example/1</link></item>", "Four")]
    [InlineData("<rss><channel><item a=\"1><title>Five</title><link>https://a.example/1</link></item></channel></rss>", "Five")]
    [InlineData("<rss><channel><item><mystery:title>No</mystery:title><dc:title>Six</dc:title><atom:link href='https://a.example/1'/></item>", "Six")]
    public void Broken_markup_is_read_all_the_same(string document, string title)
    {
        var entry = Read(document).Entries.ShouldHaveSingleItem();
        entry.Title.ShouldBe(title);
        entry.Link.ShouldBe("https://a.example/1");
    }

    [Theory]
    [InlineData("<link>javascript:alert(1)</link><guid>https://a.example/1</guid>", "https://a.example/1")]
    [InlineData("<link>data:text/html,x</link><guid isPermaLink='true'>javascript:x</guid>", null)]
    [InlineData("<link>story?from=http://b.example/</link>", "https://a.example/feeds/story?from=http://b.example/")]
    [InlineData("<link rel='http://www.iana.org/assignments/relation/via' href='/via'/><link type='application/json' href='/json'/>", "https://a.example/via")]
    [InlineData("<link type='application/json' href='/json'/><link href='/page'/><link href='/other'/>", "https://a.example/page")]
    [InlineData("<link href='/page'/><feedburner:origLink>/orig</feedburner:origLink>", "https://a.example/orig")]
    [InlineData("<guid isPermaLink='false'>https://a.example/1</guid>", null)]
    public void The_link_is_the_first_usable_page(string inside, string? link) =>
        Read($"<rss><channel><item>{inside}</item></channel></rss>", "https://a.example/feeds/all").Entries[0].Link.ShouldBe(link);

    [Theory]
    [InlineData("<author>a@b.example (Ann)</author><dc:creator>Ann Other</dc:creator>", "a@b.example (Ann)")]
    [InlineData("<dc:creator>Ann</dc:creator><dc:creator>Ben</dc:creator><dc:creator>Ann</dc:creator>", "Ann, Ben")]
    [InlineData("<author><name>Ann</name><email>a@b.example</email></author><author><name>Ben</name></author>", "Ann (a@b.example), Ben")]
    [InlineData("<dc:publisher>Press</dc:publisher><dc:creator>Ann</dc:creator>", "Ann")]
    [InlineData("", "Desk")]
    public void Authors_of_one_kind_are_joined_and_the_feeds_is_inherited(string inside, string author) =>
        Read($"<rss><channel><item>{inside}</item><managingEditor>Desk</managingEditor></channel></rss>").Entries[0].Author.ShouldBe(author);

    [Theory]
    [InlineData("<title>1 &amp;lt; 2 &lt;b&gt;bold&lt;/b&gt;</title>", "<rss><channel>", "1 < 2 bold")]
    [InlineData("<title>1 &lt; 2 &lt;b&gt;bold&lt;/b&gt;</title>", "<feed>", "1 < 2 <b>bold</b>")]
    [InlineData("<title type='html'>1 &amp;lt; 2 &lt;b&gt;bold&lt;/b&gt;</title>", "<feed>", "1 < 2 bold")]
    [InlineData("<title>\n  if x&lt;y then\n </title>", "<rss><channel>", "if x<y then")]
    public void A_title_is_one_line_of_plain_text(string title, string start, string expected) => Read(start + title).Title.ShouldBe(expected);

    [Theory]
    [InlineData("utf-16", "<?xml version='1.0' encoding='utf-8'?>", null)]
    [InlineData("utf-16BE", "", null)]
    [InlineData("utf-32", "", null)]
    [InlineData("windows-1252", "", null)]
    [InlineData("windows-1252", "<?xml version='1.0' encoding='iso-8859-1'?>", null)]
    [InlineData("windows-1252", "<?xml version='1.0' encoding='utf-8'?>", null)]
    [InlineData("utf-8", "<?xml version='1.0' encoding='iso-8859-1'?>", "text/xml; charset=us-ascii")]
    [InlineData("iso-8859-2", "<?xml version='1.0' encoding='utf-8'?>", "text/xml; charset=\"iso-8859-2\"")]
    [InlineData("utf-8", "<?xml version='1.0' encoding='no-such-charset'?>", "text/xml; charset=utf-7")]
    public void Bytes_are_decoded_whatever_they_are_called(string charset, string declaration, string? contentType)
    {
        _ = FeedReader.Read([], null, null); // makes the code pages known
        var body = Encoding.GetEncoding(charset).GetBytes(declaration + "<rss><channel><title>Zürich é</title></channel></rss>");
        FeedReader.Read(body, contentType, null).ShouldBeOfType<FeedReading.Read>().Document.Title.ShouldBe("Zürich é");
    }

    [Fact]
    public void Characters_that_windows_wrote_as_controls_are_meant_as_typography() =>
        Read("<rss><channel><title>don&#146;t &#x85; &#x41; &#0;</title></channel></rss>").Title.ShouldBe("don’t … A \uFFFD");

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("<!DOCTYPE html><html><body><p>Hello", "it is a web page; look there for the address of its feed")]
    [InlineData("{\"items\":7}", "it is in no format that feeds are written in")]
    [InlineData("{\"items\":[", "it is in no format that feeds are written in")]
    public void What_is_no_feed_is_said_to_be_something_else(string document, string reason) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(document), null, null).ShouldBeOfType<FeedReading.NotAFeed>().Reason.ShouldBe(reason);

    [Theory]
    [InlineData("<content type='application/octet-stream'>SMOpbGxv</content>", "Héllo")]
    [InlineData("<content mode='base64'>SMOpbGxv</content>", "Héllo")]
    [InlineData("<content type='application/json'>{}</content>", "{}")]
    [InlineData("<content type='application/x-own'>Eight letters</content>", "Eight letters")]
    [InlineData("<content type='image/png'>/////w==</content><summary>S</summary>", "S")]
    [InlineData("<content type='html'><div>Escaped &lt;b&gt;twice&lt;/b&gt;</div></content>", "Escaped <b>twice</b>")]
    [InlineData("<content>first</content><content>second, longer</content>", "first")]
    [InlineData("<summary>short</summary><description>much longer</description>", "much longer")]
    public void The_body_is_what_the_feed_means_as_its_text(string inside, string body) =>
        Read($"<feed><entry>{inside}</entry></feed>").Entries[0].Body.ShouldBe(body);

    [Theory]
    [InlineData("<itunes:category text='Society'><itunes:category text='History'/></itunes:category>", "Society,History")]
    [InlineData("<category term='t' label='A label'/><category>plain</category>", "t,A label,plain")]
    [InlineData("<media:keywords>a, b;c</media:keywords><dc:subject> d\u0007  e </dc:subject>", "a,b,c,d e")]
    public void Tags_are_gathered_from_every_vocabulary(string inside, string tags) =>
        Read($"<rss><channel><item>{inside}</item></channel></rss>").Entries[0].Tags.ShouldBe(tags.Split(','));

    [Fact]
    public void Entities_of_a_doctype_are_not_expanded()
    {
        var title = Read("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'><!ENTITY y 'z'>]><rss><channel><title>&x;&y;</title></channel></rss>").Title;
        title.ShouldBe("&x;&y;");
    }

    [Fact]
    public void No_more_entries_are_kept_than_a_feed_may_have() =>
        Read("<rss><channel>" + string.Concat(Enumerable.Repeat("<item><title>a</title></item>", 10_050))).Entries.Count.ShouldBe(10_000);

    private static FeedDocument Read(string document, string? address = null) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(document), null, address is null ? null : new Uri(address)).ShouldBeOfType<FeedReading.Read>().Document;
}
