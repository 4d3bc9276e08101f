using System.Net;
using System.Text;
using M10Bot.News.Doors;
using M10Bot.News.Storage;
using M10Bot.Testing;
using M10Bot.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace M10Bot.Tests.Scenarios;

/// <summary>The web server in front of the doors, over real HTTP.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private readonly EchoDoor _echo = new();
    private readonly HttpClient _http = new();
    private TestDatabase _database = null!;
    private WebServer _server = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _server = new WebServer(
            [_echo, new HealthDoor(_database.Database, TimeProvider.System)],
            Options.Create(new WebOptions { Address = "http://127.0.0.1:0" }),
            NullLogger<WebServer>.Instance);
        await _server.StartAsync(CancellationToken.None);
        _http.BaseAddress = new Uri(_server.Listening!);
    }

    public async Task DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _http.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_request_reaches_its_door_as_it_was_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo?a=1&a=2") { Content = new StringContent("{ \"ü\": 1 }", Encoding.UTF8) };
        request.Headers.Add("X-Signature", "v0=abc");

        using var answer = await _http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("{ \"ü\": 1 }");
        var seen = _echo.Seen.ShouldHaveSingleItem();
        seen.Method.ShouldBe("POST");
        seen.Query["a"].ShouldBe("2");
        seen.Headers["x-signature"].ShouldBe("v0=abc");
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/echo/below", 404)]
    [InlineData("GET", "/echo", 405)]
    [InlineData("POST", "/health/live", 405)]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("HEAD", "/health/ready", 200)]
    [InlineData("GET", "/health/else", 404)]
    public async Task What_leads_nowhere_says_so(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await _http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        _echo.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_the_doors_limit_is_refused_unheard(bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/echo") { Content = new ByteArrayContent(new byte[_echo.MaxBytes + 1]) };
        request.Headers.TransferEncodingChunked = isChunked;

        using var answer = await _http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        _echo.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_behind_a_door_is_told_without_its_words()
    {
        _echo.Fault = new InvalidOperationException("secret");
        using var body = new StringContent("x");

        using var answer = await _http.PostAsync(new Uri("/echo", UriKind.Relative), body);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ready_means_that_the_database_answers()
    {
        await using var broken = new Database(new SqliteDialect($"Data Source={Path.GetTempPath()}")); // a folder is no database
        var door = new HealthDoor(broken, TimeProvider.System);

        (await door.OpenAsync(new DoorRequest("GET", "/health/ready", Empty, Empty, default), CancellationToken.None)).Status.ShouldBe(503);
    }

    [Theory]
    [InlineData("https://0.0.0.0:8080", null, "Web:Address")]
    [InlineData("http://example.org:8080", null, "Web:Address")]
    [InlineData("http://0.0.0.0:8080/bot", null, "Web:Address")]
    [InlineData("http://0.0.0.0:8080", "http://m10bot.example.org", "Web:PublicAddress")]
    [InlineData(null, "https://m10bot.example.org", "Web:PublicAddress")]
    [InlineData("http://[::]:8080", "https://m10bot.example.org", null)]
    [InlineData("http://localhost:0", null, null)]
    [InlineData(null, null, null)]
    public void An_address_that_cannot_be_used_is_named(string? address, string? outside, string? named)
    {
        var result = new WebOptionsRules().Validate(null, new WebOptions { Address = address, PublicAddress = outside });

        result.Failed.ShouldBe(named is not null);
        (result.FailureMessage ?? "").ShouldContain(named ?? "");
    }

    private static readonly Dictionary<string, string> Empty = [];

    private sealed class EchoDoor : IHttpDoor
    {
        public List<DoorRequest> Seen { get; } = [];

        public Exception? Fault { get; set; }

        public IReadOnlyList<string> Methods => ["POST"];

        public string Path => "/echo";

        public int MaxBytes => 1000;

        public Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct)
        {
            Seen.Add(request);
            return Fault is { } fault ? throw fault : Task.FromResult(new DoorReply(202, "text/plain", request.Body));
        }
    }
}
