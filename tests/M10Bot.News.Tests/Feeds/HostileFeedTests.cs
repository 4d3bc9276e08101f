using System.Diagnostics;
using System.Text;
using M10Bot.News.Feeds;
using M10Bot.Testing;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Feeds;

/// <summary>What strangers may send: the reader never throws, always ends, and takes time in proportion.</summary>
/// <remarks>The bound here is generous for machines that are busy; the benchmark verb <c>feeds</c> prints the figures.</remarks>
public sealed class HostileFeedTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Attacks => [.. HostileFeeds.All.Keys];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_hostile_document_is_read_in_bounded_time(string attack)
    {
        var body = Encoding.UTF8.GetBytes(HostileFeeds.All[attack]());
        var clock = Stopwatch.StartNew();
        FeedReader.Read(body, null, new Uri("https://news.example/feed")).ShouldNotBeNull();
        output.WriteLine($"{attack}: {body.Length:N0} bytes in {clock.Elapsed.TotalMilliseconds:0} ms");
        clock.Elapsed.ShouldBeLessThan(Bound);
    }

    [Fact]
    public void Mutated_samples_never_throw_and_always_end()
    {
        var samples = FeedSamples.All.Select(Encoding.UTF8.GetBytes).ToList();
        if (FeedCases.Folder is { } folder)
        {
            samples.AddRange(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(b => b.Length < 20_000));
        }
        else
        {
            output.WriteLine("Only this project's own samples: the feed cases are not beside this repository.");
        }

        var chance = new Random(20_061);
        var clock = Stopwatch.StartNew();
        const int Rounds = 20_000;
        for (var round = 0; round < Rounds; round++)
        {
            var body = Mutate(samples[chance.Next(samples.Count)], samples[chance.Next(samples.Count)], chance);
            var address = round % 2 == 0 ? new Uri("https://news.example/feeds/all.xml") : null;
            try
            {
                Walk(FeedReader.Read(body, round % 7 == 0 ? "text/xml; charset=koi8-r" : null, address));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"round {round} threw {e.GetType().Name}: {Convert.ToBase64String(body)}", e);
            }
        }

        output.WriteLine($"{Rounds:N0} mutations of {samples.Count} samples in {clock.Elapsed.TotalSeconds:0.0} s");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(6));
    }

    private static byte[] Mutate(byte[] sample, byte[] other, Random chance)
    {
        var body = sample.ToList();
        for (var i = chance.Next(1, 8); i > 0 && body.Count > 0; i--)
        {
            var at = chance.Next(body.Count);
            var length = Math.Min(chance.Next(1, 60), body.Count - at);
            switch (chance.Next(7))
            {
                case 0:
                    body[at] = (byte)chance.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, length);
                    break;
                case 2:
                    body.InsertRange(at, body.GetRange(at, length));
                    break;
                case 3:
                    body.RemoveRange(at, body.Count - at);
                    break;
                case 4:
                    body.Insert(at, (byte)"<>&\"'=/!?[]-; {}:\\0"[chance.Next(19)]);
                    break;
                case 5:
                    var from = chance.Next(other.Length + 1);
                    body.InsertRange(at, other.Skip(from).Take(length));
                    break;
                default:
                    body.InsertRange(at, Encoding.ASCII.GetBytes(Pieces[chance.Next(Pieces.Length)]));
                    break;
            }
        }

        return [.. body];
    }

    private static readonly string[] Pieces =
    [
        "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE a [", "]>", "<?", "?>", "&#x110000;", "&#xD800;", "&#0;", "&#99999999999;", "&bogus;", "\\ud800",
        "</item>", "<item>", "<entry/>", "<title", " xmlns=''", " xml:base='http://[::1'", " xml:base='//'", " href='http://\u0000'", "9999-12-31T24:00:00-99:99",
        "0001-01-01T00:00:00+99:99", "31 Dec 9999 24:60:60", "9999999999999", "<content mode='base64'>!!", "http://xn--/", "http://a:99999/", "%%%", "../../..",
    ];

    private static void Walk(FeedReading reading)
    {
        if (reading is not FeedReading.Read(var document))
        {
            reading.ShouldBeOfType<FeedReading.NotAFeed>().Reason.ShouldNotBeEmpty();
            return;
        }

        document.Entries.Count.ShouldBeLessThanOrEqualTo(10_000);
        foreach (var entry in document.Entries)
        {
            (entry.Published ?? DateTimeOffset.UnixEpoch).Offset.ShouldBe(TimeSpan.Zero);
            entry.Tags.Count.ShouldBeLessThanOrEqualTo(200);
            entry.Media.Count.ShouldBeLessThanOrEqualTo(100);
            entry.Title?.ShouldNotContain("\n");
        }
    }
}
