using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Simulator.Tests;

public sealed class ControlTests
{
    [Fact]
    public void A_moved_clock_rings_what_is_due_and_shortens_what_is_not()
    {
        var real = new FakeTimeProvider();
        var clock = new SimulatedClock(real);
        var rung = new List<string>();
        using var once = clock.CreateTimer(_ => rung.Add("once"), null, TimeSpan.FromMinutes(15), Timeout.InfiniteTimeSpan);
        using var often = clock.CreateTimer(_ => rung.Add("often"), null, TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1));

        var before = (clock.GetUtcNow(), clock.GetTimestamp());
        clock.Advance(TimeSpan.FromMinutes(15));
        real.Advance(TimeSpan.Zero);
        (clock.GetUtcNow() - before.Item1).ShouldBe(TimeSpan.FromMinutes(15));
        clock.GetElapsedTime(before.Item2).ShouldBe(TimeSpan.FromMinutes(15));
        rung.ShouldBe(["once"]);

        real.Advance(TimeSpan.FromMinutes(5));
        real.Advance(TimeSpan.FromMinutes(1));
        rung.ShouldBe(["once", "often", "often"]);
    }

    [Fact]
    public void A_timer_that_was_disposed_or_stopped_does_not_ring()
    {
        var real = new FakeTimeProvider();
        var clock = new SimulatedClock(real);
        var rung = 0;
        var gone = clock.CreateTimer(_ => rung++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        using var stopped = clock.CreateTimer(_ => rung++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        gone.Dispose();
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromHours(1));
        real.Advance(TimeSpan.FromHours(1));
        rung.ShouldBe(0);
    }

    [Fact]
    public async Task The_clock_is_moved_and_the_journal_read_over_loopback()
    {
        await using var host = await StartAsync(new SimulatedClock(TimeProvider.System));
        using var http = new HttpClient { BaseAddress = new Uri(host.Address) };
        var before = DateTimeOffset.Parse((string)JsonNode.Parse(await http.GetStringAsync("/control/clock"))!["now"]!, null);
        using var order = Json("""{"advance_seconds": 3600}""");
        var answer = await http.PostAsync("/control/clock", order);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        var after = DateTimeOffset.Parse((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["now"]!, null);
        (after - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(1));

        await http.GetAsync("/api/v10/users/@me");
        var journal = JsonNode.Parse(await http.GetStringAsync("/control/journal?platform=discord&last=5"))!["entries"]!.AsArray();
        ((string)journal.Single()!["verdict"]!).ShouldBe("403");
    }

    [Theory]
    [InlineData("""{"advance_seconds": -1}""", "application/json", 400)]
    [InlineData("""{"advance_seconds": "much"}""", "application/json", 400)]
    [InlineData("""[]""", "application/json", 400)]
    [InlineData("""{"advance""", "application/json", 400)]
    [InlineData("""{"advance_seconds": 1}""", "text/plain", 400)]
    public async Task An_order_that_makes_no_sense_is_refused_in_words(string body, string type, int status)
    {
        await using var host = await StartAsync(new SimulatedClock(TimeProvider.System));
        using var http = new HttpClient { BaseAddress = new Uri(host.Address) };
        using var order = new StringContent(body, Encoding.UTF8, type);
        var answer = await http.PostAsync("/control/clock", order);
        ((int)answer.StatusCode).ShouldBe(status);
        ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!).ShouldStartWith("Send ");
    }

    [Fact]
    public async Task Nobody_moves_a_clock_that_is_the_machines_and_no_stranger_moves_any()
    {
        await using var host = await StartAsync(TimeProvider.System);
        using var http = new HttpClient { BaseAddress = new Uri(host.Address) };
        using var order = Json("""{"advance_seconds": 1}""");
        ((int)(await http.PostAsync("/control/clock", order)).StatusCode).ShouldBe(409);
        using var stranger = new HttpRequestMessage(HttpMethod.Post, "/control/clock") { Content = Json("""{"advance_seconds": 1}""") };
        stranger.Headers.Host = "evil.example";
        ((int)(await http.SendAsync(stranger)).StatusCode).ShouldBe(403);
    }

    private static Task<SimulatorHost> StartAsync(TimeProvider time) =>
        SimulatorHost.StartAsync(new SimulatorOptions(), time, new Random(1), CancellationToken.None);

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
