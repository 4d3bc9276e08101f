using M10Bot.Slack.Workspaces;

namespace M10Bot.Slack.Tests;

public sealed class SlackSessionWorkerTests : IDisposable
{
    private const string Us = """{"ok":true,"team_id":"T1","user_id":"U0BOT","bot_id":"B0BOT"}""";
    private readonly SlackRig _rig = new(isReady: false);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task An_outage_at_the_start_is_waited_out()
    {
        _rig.Slack.Unreachable("auth.test").Answer("auth.test", "<html>").Answer("auth.test", Us);

        await RunAsync();

        _rig.Installs.Of("T1").ShouldBe(SlackRig.Us);
    }

    [Fact]
    public async Task A_refused_token_is_said_once_and_asked_about_again_later()
    {
        const string Refused = """{"ok":false,"error":"invalid_auth"}""";
        _rig.Slack.Answer("auth.test", Refused).Answer("auth.test", Refused).Answer("auth.test", Us);

        await RunAsync();

        _rig.Log.Lines.Count(l => l.StartsWith("Critical", StringComparison.Ordinal)).ShouldBe(1);
        (_rig.Time.GetUtcNow() - _rig.Time.Start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(10));
    }

    private async Task RunAsync()
    {
        _rig.Options.RequestTimeout = TimeSpan.FromDays(1); // the clock runs fast here; no call may time out by it
        using var worker = new SlackSessionWorker(_rig.Web, _rig.Installs, _rig.Options, _rig.Time, _rig.Random, _rig.Log.For<SlackSessionWorker>());
        await SlackRig.Soon(worker.StartAsync(CancellationToken.None));
        await _rig.Time.StepUntilAsync(worker.ExecuteTask!, most: TimeSpan.FromHours(1));
    }
}
