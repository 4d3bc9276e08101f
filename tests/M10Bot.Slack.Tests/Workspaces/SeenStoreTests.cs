using System.Text.Json;
using Dapper;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.Workspaces;
using M10Bot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Slack.Tests.Workspaces;

/// <summary>What Slack sent is known again by every replica, for as long as Slack repeats it.</summary>
public sealed class SeenStoreTests
{
    [Fact]
    public async Task A_repeat_that_reaches_another_replica_is_known_again_and_forgotten_later()
    {
        await using var data = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        var time = new FakeTimeProvider();
        var (one, other) = (new SeenStore(data.Database, time), new SeenStore(data.Database, time));

        (await one.IsNewAsync("Ev1", CancellationToken.None)).ShouldBeTrue();
        (await other.IsNewAsync("Ev1", CancellationToken.None)).ShouldBeFalse();
        (await other.IsNewAsync(new string('x', 100_000), CancellationToken.None)).ShouldBeTrue();

        time.Advance(TimeSpan.FromMinutes(12));
        (await other.IsNewAsync("Ev2", CancellationToken.None)).ShouldBeTrue();
        (await data.Database.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from slack_seen"), CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task An_event_and_a_command_by_http_that_come_to_two_replicas_run_once()
    {
        await using var data = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        var seen = new SeenStore(data.Database, TimeProvider.System);
        using var one = new SlackRig(shared: seen);
        using var other = new SlackRig(shared: seen);
        one.Slack.Answer("users.info", """{"ok":true,"user":{"id":"U0ANN"}}""").Answer("chat.postMessage", """{"ok":true,"channel":"D9","ts":"1.2"}""");

        foreach (var rig in new[] { one, other })
        {
            await SendAsync(rig, "events_api", "/slack/events:Ev1", new { event_id = "Ev1", team_id = "T1", @event = new { type = "message", channel_type = "im", channel = "D9", user = "U0ANN", text = "latest" } });
            await SendAsync(rig, "slash_commands", "/slack/commands:v0=1", new { text = "latest", user_id = "U0ANN", team_id = "T1", channel_id = "C1", trigger_id = "1.2.x" });
        }

        (one.Commands.Ran.Count, other.Commands.Ran.Count).ShouldBe((2, 0));
    }

    private static Task SendAsync(SlackRig rig, string type, string id, object payload) => SlackRig.Soon(rig.Requests.HandleAsync(
        new Envelope { Type = type, EnvelopeId = id, AcceptsResponsePayload = true, Payload = JsonSerializer.SerializeToElement(payload) },
        (_, _) => Task.FromResult(true),
        CancellationToken.None));

    [Fact]
    public async Task Of_many_that_ask_at_once_one_takes_it()
    {
        await using var data = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        var stores = Enumerable.Range(0, 8).Select(_ => new SeenStore(data.Database, TimeProvider.System)).ToList();

        var taken = await Task.WhenAll(stores.Select(s => s.IsNewAsync("Ev1", CancellationToken.None)));

        taken.Count(t => t).ShouldBe(1);
    }
}
