using System.Net;
using M10Bot.News.Chat;

namespace M10Bot.Slack.Tests;

/// <summary>What waits for what.</summary>
public sealed class SlackLimitsTests : IDisposable
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1790000001.000200"}""";
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_rate_limit_of_edits_holds_up_all_edits_of_the_workspace_and_no_post()
    {
        _rig.Slack.Answer("chat.update", HttpStatusCode.TooManyRequests, "", "30").Answer("chat.postMessage", Posted);

        var deferred = (await EditAsync()).ShouldBeOfType<PostOutcome.Deferred>();

        deferred.WholeLane.ShouldBeTrue();
        deferred.OnlyItsKind.ShouldBeTrue();
        (await PostAsync()).ShouldBeOfType<PostOutcome.Posted>();
    }

    [Fact]
    public async Task While_slack_moves_a_workspace_it_is_asked_ever_later_and_a_success_starts_over()
    {
        List<double> rests = [];
        for (var i = 0; i < 7; i++)
        {
            _rig.Slack.Answer("chat.postMessage", Error("team_added_to_org"));
            rests.Add(((await PostAsync()).ShouldBeOfType<PostOutcome.Deferred>().Until - _rig.Time.GetUtcNow()).TotalSeconds);
            _rig.Time.Advance(TimeSpan.FromSeconds(rests[^1]));
        }

        _rig.Slack.Answer("chat.postMessage", Posted).Answer("chat.postMessage", Error("org_login_required"));
        await PostAsync();

        rests.ShouldBe([1, 3, 10, 30, 60, 300, 300]);
        (await PostAsync()).ShouldBeOfType<PostOutcome.Deferred>().Until.ShouldBe(_rig.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
    }

    private static string Error(string code) => $$"""{"ok":false,"error":"{{code}}"}""";

    private Task<PostOutcome> PostAsync() => SlackRig.Soon(_rig.ChatPlatform.PostAsync(SlackRig.News, SlackRig.Flash, SlackRig.Key, CancellationToken.None));

    private Task<PostOutcome> EditAsync() =>
        SlackRig.Soon(_rig.ChatPlatform.EditAsync(SlackRig.News, new Receipt("C1", "1.2"), SlackRig.Flash, SlackRig.Key, CancellationToken.None));
}
