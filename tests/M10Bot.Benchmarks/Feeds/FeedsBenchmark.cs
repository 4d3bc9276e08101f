using System.Diagnostics;
using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using M10Bot.News.Feeds;
using M10Bot.Testing;

namespace M10Bot.Benchmarks.Feeds;

/// <summary>Reading 1 MB of RSS beside <see cref="XmlReader"/> alone, which understands nothing, and beside two libraries; then hostile input.</summary>
/// <remarks>
/// Each round runs all of them, so that a busy machine slows them alike, and each several times from a clean heap, so that it
/// pays for its own garbage; the medians of the rounds' ratios are printed.
/// </remarks>
internal static class FeedsBenchmark
{
    private const int Size = 1_000_000;
    private const int WarmUps = 10;
    private const int Rounds = 41;
    private const int Reads = 8;

    public static int Run()
    {
        var body = Encoding.UTF8.GetBytes(Sample());
        (string Name, Action Read)[] readers =
        [
            ("XmlReader.Read", () => Floor(body)),
            ("M10Bot", () => FeedReader.Read(body, "application/rss+xml", null)),
            ("CodeHollow.FeedReader", () => CodeHollow.FeedReader.FeedReader.ReadFromByteArray(body)),
            ("System.ServiceModel.Syndication", () => Syndication(body)),
        ];
        var times = readers.Select(_ => new List<double>()).ToList();
        var bytes = new long[readers.Length];
        for (var round = -WarmUps; round < Rounds; round++)
        {
            for (var i = 0; i < readers.Length; i++)
            {
                GC.Collect();
                var before = GC.GetAllocatedBytesForCurrentThread();
                var took = Time(() =>
                {
                    for (var read = 0; read < Reads; read++)
                    {
                        readers[i].Read();
                    }
                });
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - before) / Reads;
                if (round >= 0)
                {
                    times[i].Add(took / Reads);
                }
            }
        }

        Print($"{body.Length:N0} bytes of RSS, {Rounds} rounds");
        for (var i = 0; i < readers.Length; i++)
        {
            var toFloor = Median(times[i].Zip(times[0], (a, b) => a / b));
            var toOurs = Median(times[i].Zip(times[1], (a, b) => a / b));
            Print($"{readers[i].Name,-32} {Median(times[i]),7:0.00} ms  {toFloor,5:0.00} x floor  {toOurs,5:0.00} x ours  allocates {(double)bytes[i] / body.Length:0.00} x the input");
        }

        foreach (var (name, make) in HostileFeeds.All)
        {
            var hostile = Encoding.UTF8.GetBytes(make());
            var each = Enumerable.Range(0, 5).Select(_ => Time(() => FeedReader.Read(hostile, null, new Uri("https://news.example/feed"))));
            Print($"{name,-32} {Median(each),7:0.0} ms  {hostile.Length,9:N0} bytes");
        }

        return 0;
    }

    private static void Floor(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body));
        while (reader.Read())
        {
        }
    }

    private static void Syndication(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body));
        _ = SyndicationFeed.Load(reader).Items.Count();
    }

    // What a news site's feed looks like: some text escaped, some in CDATA, two modules.
    private static string Sample()
    {
        var feed = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
            + "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel><title>Sample</title><link>https://news.example/</link>\n");
        for (var i = 0; feed.Length < Size; i++)
        {
            var words = string.Join(' ', Enumerable.Range(0, 45).Select(w => $"word{(i * 31) + (w * w)}"));
            feed.Append(CultureInfo.InvariantCulture, $"""
                <item>
                  <title>Headline {i}: ministers &amp; mayors meet</title>
                  <link>https://news.example/2026/03/story-{i}</link>
                  <guid isPermaLink="false">news-{i}</guid>
                  <pubDate>Tue, 03 Mar 2026 {i % 24:00}:{i % 60:00}:09 GMT</pubDate>
                  <dc:creator>Reporter {i % 40}</dc:creator>
                  <category>Politics</category><category>Region {i % 9}</category>
                  <description>&lt;p&gt;{words} &amp;amp; more.&lt;/p&gt;</description>
                  <content:encoded><![CDATA[<p>{words}</p><p>{words}</p><p><a href="https://news.example/more">{words}</a></p>]]></content:encoded>
                  <media:content url="https://news.example/images/{i}.jpg" medium="image"><media:title>Picture {i}</media:title></media:content>
                </item>

                """);
        }

        return feed.Append("</channel></rss>").ToString();
    }

    private static double Time(Action act)
    {
        var clock = Stopwatch.StartNew();
        act();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
