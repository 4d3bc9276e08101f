using M10Bot.News.Feeds;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Tests.Feeds;

/// <summary>The guarded client against a real server on loopback.</summary>
public sealed class FeedClientTests : IDisposable
{
    private readonly HttpListener _server = new();
    private readonly string _base;

    public FeedClientTests()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _base = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _server.Prefixes.Add(_base);
        _server.Start();
    }

    [Fact]
    public async Task Without_leave_the_own_machine_is_not_reached()
    {
        var result = await GetAsync("http://127.0.0.1/", allowed: false);

        result.ShouldBeOfType<FetchResult.Failed>().Reason.ShouldBe("it leads to a private network, which the bot does not enter");
    }

    [Fact]
    public async Task A_redirect_into_the_private_network_is_not_followed()
    {
        Serve(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.RedirectLocation = "http://localhost/secret";
        });

        (await GetAsync(_base)).ShouldBeOfType<FetchResult.Failed>().Reason.ShouldBe("it leads to a private network, which the bot does not enter");
    }

    /// <remarks>Seen red: a space stood before the full stop of a sentence with a code that has no words of its own.</remarks>
    [Theory]
    [InlineData(404, "the server answers 404 (not found)")]
    [InlineData(418, "the server answers 418")]
    public async Task What_a_server_answers_is_a_phrase_without_loose_ends(int code, string reason)
    {
        Serve(context => context.Response.StatusCode = code);

        (await GetAsync(_base)).ShouldBeOfType<FetchResult.Failed>().Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task A_small_answer_that_unpacks_to_a_large_one_is_refused()
    {
        Serve(context =>
        {
            context.Response.AddHeader("Content-Encoding", "gzip");
            using var zip = new GZipStream(context.Response.OutputStream, CompressionLevel.Fastest);
            for (var i = 0; i < 3 * 1024; i++)
            {
                zip.Write(new byte[1024]);
            }
        });

        (await GetAsync(_base)).ShouldBeOfType<FetchResult.Failed>().Reason.ShouldBe("it is longer than 1 MB");
    }

    [Fact]
    public async Task An_endless_chain_of_redirects_ends()
    {
        Serve(context =>
        {
            context.Response.StatusCode = 301;
            context.Response.RedirectLocation = "/again";
        });

        (await GetAsync(_base)).ShouldBeOfType<FetchResult.Failed>().Reason.ShouldContain("more than 5 times");
    }

    [Fact]
    public async Task A_publisher_sees_who_asks_and_says_how_long_the_answer_is_fresh()
    {
        var agent = "";
        Serve(context =>
        {
            agent = context.Request.UserAgent ?? "";
            context.Response.AddHeader("Cache-Control", "max-age=120");
            context.Response.AddHeader("ETag", "\"x\"");
            context.Response.OutputStream.Write("<rss/>"u8);
        });

        var fetched = (await GetAsync(_base)).ShouldBeOfType<FetchResult.Fetched>();

        (fetched.FreshFor, fetched.Etag, fetched.MovedTo).ShouldBe((TimeSpan.FromSeconds(120), "\"x\"", null));
        agent.ShouldMatch(@"^M10Bot/\d+\.\d+ \(\+https://m10news\.com\)$");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_from_a_name_that_is_not()
    {
        _server.Stop();

        (await GetAsync(_base)).ShouldBeOfType<FetchResult.Failed>().Reason.ShouldBe("the server cannot be reached");
    }

    public void Dispose() => _server.Close();

    private static async Task<FetchResult> GetAsync(string address, bool allowed = true)
    {
        var options = new FeedOptions { MaxBytes = 1024 * 1024 };
        if (allowed)
        {
            options.InnerHosts.Add("127.0.0.1");
        }

        using var client = new FeedClient(Options.Create(options), TimeProvider.System);
        return await client.GetAsync(new Uri(address), null, null, CancellationToken.None);
    }

    private void Serve(Action<HttpListenerContext> answer) => _ = Task.Run(async () =>
    {
        while (_server.IsListening)
        {
            var context = await _server.GetContextAsync();
            try
            {
                answer(context);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
            {
                // The client has heard enough.
            }
        }
    });
}
