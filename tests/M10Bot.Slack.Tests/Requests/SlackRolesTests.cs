using M10Bot.News.Chat;

namespace M10Bot.Slack.Tests.Requests;

public sealed class SlackRolesTests : IDisposable
{
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("""{"is_admin":true,"team_id":"T1"}""", Role.Admin)]
    [InlineData("""{"is_owner":true}""", Role.Admin)]
    [InlineData("""{"is_primary_owner":true}""", Role.Admin)]
    [InlineData("""{"is_admin":false}""", Role.Member)]
    [InlineData("""{"is_admin":true,"deleted":true}""", Role.Member)]
    [InlineData("""{"is_admin":true,"is_bot":true}""", Role.Member)]
    [InlineData("""{"is_admin":true,"is_stranger":true}""", Role.Member)]
    [InlineData("""{"is_admin":true,"team_id":"T2"}""", Role.Member)]
    [InlineData("""{"is_admin":true,"is_restricted":true}""", Role.Member)]
    public async Task Slacks_own_flags_decide(string user, Role role)
    {
        _rig.Slack.Answer("users.info", $$"""{"ok":true,"user":{{user}}}""");

        (await WhoAsync()).ShouldBe(role);
    }

    [Theory]
    [InlineData("U0ANN", "", Role.Admin)]
    [InlineData("", "U0ANN", Role.Editor)]
    [InlineData("U0BOB", "U0BOB", Role.Member)]
    public async Task The_lists_of_the_settings_count_even_where_slack_does_not_answer(string admin, string editor, Role role)
    {
        _rig.Options.Admins.Add(admin);
        _rig.Options.Editors.Add(editor);
        _rig.Slack.Break("users.info").Answer("users.info", """{"ok":true,"user":{}}""");

        (await WhoAsync()).ShouldBe(role);
        (await WhoAsync()).ShouldBe(role);
    }

    [Fact]
    public async Task What_slack_said_is_believed_for_five_minutes_and_a_failure_for_none()
    {
        _rig.Slack.Answer("users.info", """{"ok":false,"error":"internal_error"}""")
            .Answer("users.info", """{"ok":true,"user":{"is_admin":true}}""")
            .Answer("users.info", """{"ok":true,"user":{"is_admin":false}}""");

        (await WhoAsync()).ShouldBe(Role.Member);
        (await WhoAsync()).ShouldBe(Role.Admin);
        _rig.Time.Advance(TimeSpan.FromMinutes(4.9));
        (await WhoAsync()).ShouldBe(Role.Admin);
        _rig.Time.Advance(TimeSpan.FromMinutes(0.2));
        (await WhoAsync()).ShouldBe(Role.Member);
    }

    private async Task<Role> WhoAsync() => (await SlackRig.Soon(_rig.Roles.WhoAsync("T1", "U0ANN", CancellationToken.None))).Caller.Role;
}
