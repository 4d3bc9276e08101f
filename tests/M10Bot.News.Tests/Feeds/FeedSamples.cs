namespace M10Bot.News.Tests.Feeds;

/// <summary>One small feed of each format, with the modules that news sites use.</summary>
internal static class FeedSamples
{
    public const string Rss = """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
             xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
             xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
          <channel>
            <title>Harbour Gazette &amp; Mail</title>
            <link>https://gazette.example/</link>
            <atom:link rel="self" href="https://gazette.example/rss"/>
            <atom:link rel="hub" href="https://hub.example/"/>
            <description>News of the coast</description>
            <language>en-GB</language>
            <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
            <image><title>Logo</title><url>https://gazette.example/logo.png</url><link>https://gazette.example/logo</link></image>
            <lastBuildDate>Tue, 03 Mar 2026 18:05:00 GMT</lastBuildDate>
            <item>
              <title>Ferry &lt;i&gt;Aurora&lt;/i&gt; runs aground</title>
              <link>https://track.example/1?to=x</link>
              <feedburner:origLink>https://gazette.example/aurora</feedburner:origLink>
              <guid isPermaLink="false">gazette-1</guid>
              <dc:creator>Ann Other</dc:creator><dc:creator>Ben Some</dc:creator>
              <pubDate>Tue, 3 Mar 2026 19:04:09 +0100</pubDate>
              <category>Shipping</category><category domain="x">Coast</category>
              <description>All 212 &quot;passengers&quot; are safe.</description>
              <content:encoded><![CDATA[<p>All 212 passengers are <b>safe</b>.</p>]]></content:encoded>
              <enclosure url="https://gazette.example/aurora.mp3" type="audio/mpeg" length="1"/>
              <media:group><media:content url="https://gazette.example/aurora.jpg"><media:title>The ship</media:title></media:content></media:group>
            </item>
            <item><title>Second</title><guid>https://gazette.example/second</guid><pubDate>2026-03-03</pubDate></item>
          </channel>
        </rss>
        """;

    public const string Atom = """
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://blatt.example/">
          <title type="html">Das &amp;lt;Blatt&amp;gt;</title><id>tag:blatt.example,2026:feed</id><updated>2026-03-03T18:00:00Z</updated>
          <author><name>Redaktion</name><email>post@blatt.example</email></author>
          <link rel="self" href="feed.atom"/><link href="/"/>
          <entry>
            <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Sturm <em>heute</em></div></title>
            <id>tag:blatt.example,2026:1</id>
            <link rel="edit" href="edit/1"/><link rel="alternate" type="text/html" href="sturm"/><link rel="enclosure" href="sturm.mp4"/>
            <published>2026-03-03T17:00:00+01:00</published><updated>2026-03-03T17:30:00+01:00</updated>
            <category term="Wetter"/><summary>Kurz</summary>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Lang &amp; breit</p></div></content>
            <source><id>other</id><title>Other</title></source>
          </entry>
        </feed>
        """;

    public const string Rdf = """
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
          <channel rdf:about="https://old.example/"><title>Old</title><link>https://old.example/</link><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>
          <item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1.html</link><dc:date>2026-03-03T01:02:03Z</dc:date>
            <dc:identifier>doi:1</dc:identifier><dc:subject>history</dc:subject></item>
        </rdf:RDF>
        """;

    public const string Json = """
        {"version":"https://jsonfeed.org/version/1.1","title":"Json","home_page_url":"https://json.example/","feed_url":"https://json.example/feed.json",
         "authors":[{"name":"Cleo"}],"items":[{"id":7,"title":"Seven","url":"/seven","content_html":"<p>seven</p>","summary":"7","date_published":"2026-03-03T07:00:00Z",
         "tags":["a","b"],"attachments":[{"url":"https://json.example/7.mp3"}],"image":"https://json.example/7.jpg"},{"id":"8","content_text":"\u00e9","authors":[{"name":"D"},{"name":"E"}]}]}
        """;

    public const string Sitemap = """
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
          <url><loc>https://paper.example/a</loc><lastmod>2026-03-03T09:00:00Z</lastmod>
            <news:news><news:publication><news:name>The Paper</news:name><news:language>en</news:language></news:publication>
            <news:publication_date>2026-03-03T08:00:00Z</news:publication_date><news:title>A headline</news:title><news:keywords>one, two</news:keywords></news:news>
            <image:image><image:loc>https://paper.example/a.jpg</image:loc></image:image></url>
        </urlset>
        """;

    public static IReadOnlyList<string> All { get; } = [Rss, Atom, Rdf, Json, Sitemap];
}
