using M10Bot.News.Feeds;
using System.Net;

namespace M10Bot.News.Tests.Feeds;

public sealed class NetworkGuardTests
{
    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)] // cloud metadata
    [InlineData("168.63.129.16", false)] // Azure's own
    [InlineData("100.100.100.200", false)] // Alibaba's metadata
    [InlineData("192.0.0.192", false)] // Oracle's metadata
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("::169.254.169.254", false)]
    [InlineData("2002:a9fe:a9fe::", false)] // 6to4 of metadata
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("64:ff9b:1::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)] // NAT64 of loopback
    [InlineData("2002:7f00:1::", false)] // 6to4 of loopback
    [InlineData("2001::1", false)] // Teredo
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)] // cloud metadata
    [InlineData("ff02::1", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_the_public_internet_is_reached(string address, bool isPublic) => NetworkGuard.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Theory]
    [InlineData("https://example.org/rss", null)]
    [InlineData("http://example.org:8080/rss", null)]
    [InlineData("https://example.org:22/", "port 22")]
    [InlineData("http://feeds.inner:9000/rss", null)]
    [InlineData("http://192.168.1.10/rss", "private network")]
    [InlineData("http://[::1]/rss", "private network")]
    [InlineData("http://localhost/rss", "private network")]
    [InlineData("https://8.8.8.8/rss", null)]
    [InlineData("ftp://example.org/rss", "no web address")]
    [InlineData("file:///etc/passwd", "no web address")]
    [InlineData("https://name:secret@example.org/rss", "in the clear")]
    public void An_address_that_may_not_be_fetched_is_refused_in_words(string address, string? reason)
    {
        var options = new FeedOptions { InnerHosts = { "feeds.inner" } };

        if (reason is null)
        {
            NetworkGuard.Refusal(new Uri(address), options).ShouldBeNull();
        }
        else
        {
            NetworkGuard.Refusal(new Uri(address), options)!.ShouldContain(reason);
        }
    }

    [Theory]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public async Task However_a_number_is_written_it_is_refused(string address)
    {
        var options = new FeedOptions();
        using var client = new FeedClient(Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System);

        (await client.GetAsync(new Uri(address), null, null, CancellationToken.None)).ShouldBeOfType<FetchResult.Failed>().Reason.ShouldBe("it leads to a private network, which the bot does not enter");
        (await client.PostAsync(new Uri(address), new Dictionary<string, string>(StringComparer.Ordinal), CancellationToken.None)).ShouldBe("it leads to a private network, which the bot does not enter");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    public async Task A_name_or_number_of_the_own_machine_is_refused_where_it_is_connected_to(string host) =>
        await Should.ThrowAsync<GuardException>(async () => await NetworkGuard.ConnectAsync(new DnsEndPoint(host.Trim('[', ']'), 80), new FeedOptions(), CancellationToken.None));
}
