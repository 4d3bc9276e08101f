using System.Text;
using M10Bot.News.Feeds;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Feeds;

public sealed class OpmlTests
{
    [Fact]
    public void Feeds_are_found_however_deep_once_each()
    {
        var feeds = Read("""
            <?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
            <opml version="1.1"><body>
            <outline text="World"><outline text="Europe"><outline type="rss" text="Example &amp; Sons" title="Example &lt;b&gt;News&lt;/b&gt;" xmlUrl="https://example.org/rss" htmlUrl="https://example.org/"/></outline></outline>
            <outline text="&x;" XMLURL='http://two.example.org/atom'/><outline xmlUrl="https://example.org/rss"/><outline xmlUrl="https://three.example.org/feed"/>
            <outline text="Bad" xmlUrl="javascript:alert(1)"/><outline text="Bad" xmlUrl="file:///etc/passwd"/><outline text="Bad" xmlUrl="https://name:secret@example.org/rss"/><outline text="A folder"/>
            """);

        feeds.Refused.ShouldBe(["javascript:alert(1)", "file:///etc/passwd", "https://name:secret@example.org/rss"]);
        feeds.IsCut.ShouldBeFalse();
        feeds.Feeds.ShouldBe(
        [
            new OpmlFeed("https://example.org/rss", "Example News", "https://example.org/"),
            new OpmlFeed("http://two.example.org/atom", "&x;", null),
            new OpmlFeed("https://three.example.org/feed", "three.example.org", null),
        ]);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        OpmlFeed[] feeds = [new("https://example.org/rss?a=1&b=2", "Quotes \" & 'more'", "https://example.org/"), new("https://two.example.org/", "日本", null)];

        Opml.Read(Opml.Write(feeds, DateTimeOffset.UnixEpoch)).Feeds.ShouldBe(feeds);
    }

    [Fact]
    public void A_hostile_list_ends()
    {
        Read(string.Concat(Enumerable.Repeat("<outline>", 200_000))).Feeds.ShouldBeEmpty();
        Read("<outline " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}='x' "))).Feeds.ShouldBeEmpty();
        var full = string.Concat(Enumerable.Range(0, Opml.Most).Select(i => $"<outline xmlUrl='https://example.org/{i}'/>"));
        Read(full + "<outline xmlUrl='https://example.org/0'/>").IsCut.ShouldBeFalse("all of it was taken");
        Read(full + "<outline xmlUrl='https://example.org/more'/>").ShouldSatisfyAllConditions(list => list.Feeds.Count.ShouldBe(Opml.Most), list => list.IsCut.ShouldBeTrue());
        Read(string.Concat(Enumerable.Repeat("<outline xmlUrl='urn:x'/>", 100_000))).Refused.Count.ShouldBe(Opml.Most);
        Opml.Read([0xFF, 0xFE, 0x00]).Feeds.ShouldBeEmpty();
        Opml.Read([]).Feeds.ShouldBeEmpty();
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_list_is_polled_and_what_was_here_stays_as_it_was(string engine)
    {
        await using var data = await TestDatabase.CreateAsync(engine);
        var store = new FeedStore(data.Database, TimeProvider.System);
        var known = await store.OfferAsync("https://example.org/2", "Known", null, "U1", TimeSpan.FromMinutes(5), default);
        OpmlFeed[] feeds = [.. Enumerable.Range(0, 5).Select(i => new OpmlFeed($"https://example.org/{i}", $"Feed {i}", i == 0 ? null : "https://example.org/"))];

        (await store.ImportAsync(feeds, "U1", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), default)).ShouldBe(4);
        (await store.ImportAsync(feeds, "U1", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), default)).ShouldBe(0);

        (await store.FindAsync(known.Id, default))!.Standing.ShouldBe("offered");
        (await store.ExportAsync(default)).ShouldBe(feeds.Where((_, i) => i != 2));
    }

    private static OpmlList Read(string opml) => Opml.Read(Encoding.UTF8.GetBytes(opml));
}
