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

    [Fact]
    public async Task What_only_a_few_may_do_is_not_decided_from_an_old_memory()
    {
        _rig.Slack.Answer("users.info", """{"ok":true,"user":{"is_admin":true}}""").Answer("users.info", """{"ok":true,"user":{"is_admin":false}}""");

        (await WhoAsync()).ShouldBe(Role.Admin);
        _rig.Time.Advance(TimeSpan.FromSeconds(11));
        (await SlackRig.Soon(_rig.Roles.WhoAsync("T1", "U0ANN", isFresh: true, CancellationToken.None))).Caller.Role.ShouldBe(Role.Member);
    }

    [Fact]
    public async Task What_changed_in_slack_is_asked_again()
    {
        _rig.Slack.Answer("users.info", """{"ok":true,"user":{"is_admin":true}}""").Answer("users.info", """{"ok":true,"user":{"is_admin":false}}""");

        (await WhoAsync()).ShouldBe(Role.Admin);
        _rig.Roles.Forget("T1", "U0ANN");
        (await WhoAsync()).ShouldBe(Role.Member);
    }

    [Fact]
    public async Task An_admin_is_an_editor_only_by_the_editors_list()
    {
        _rig.Options.Editors.Add("U0BOB");
        _rig.Slack.Answer("users.info", """{"ok":true,"user":{"is_admin":true}}""").Answer("users.info", """{"ok":true,"user":{"is_admin":true}}""");

        (await CallerAsync("U0ANN")).IsEditor.ShouldBeFalse();
        (await CallerAsync("U0BOB")).ShouldBe(new Caller("U0BOB", Role.Admin) { IsEditor = true });
    }

    [Fact]
    public async Task Among_many_workspaces_a_bare_id_is_nobody_and_the_installer_is_an_admin()
    {
        _rig.Options.BotToken = "";
        _rig.Options.Editors.Add("U0ANN");
        _rig.Options.Editors.Add("T1/U0EVA");
        _rig.Installs.Put(SlackRig.Us with { Installer = "U0IVY" });
        for (var i = 0; i < 3; i++)
        {
            _rig.Slack.Answer("users.info", """{"ok":true,"user":{}}""");
        }

        (await CallerAsync("U0ANN")).ShouldBe(new Caller("U0ANN", Role.Member));
        (await CallerAsync("U0EVA")).ShouldBe(new Caller("U0EVA", Role.Editor));
        (await CallerAsync("U0IVY")).ShouldBe(new Caller("U0IVY", Role.Admin));
    }

    [Fact]
    public async Task Who_is_in_a_group_of_the_settings_has_its_right_and_nobody_gains_it_by_a_fault()
    {
        _rig.Options.AdminGroups.Add("S0ADM");
        _rig.Options.EditorGroups.Add("T1/S0EDI");
        _rig.Options.EditorGroups.Add("T2/S0EDI");
        _rig.Slack.Answer("usergroups.users.list", """{"ok":false,"error":"missing_scope"}""").Answer("usergroups.users.list", """{"ok":true,"users":["U0ANN"]}""")
            .Answer("users.info", """{"ok":true,"user":{"real_name":"Ann"}}""");

        (await CallerAsync("U0ANN")).ShouldBe(new Caller("U0ANN", Role.Editor));
        _rig.Roles.NamesOf("T1", c => c.IsEditor).ShouldBe("Ann");
        _rig.Roles.NamesOf("T1", c => c.Role == Role.Admin).ShouldBeNull();
        _rig.Roles.NamesOf("T2", c => c.IsEditor).ShouldBeNull();
    }

    private async Task<Caller> CallerAsync(string user) => (await SlackRig.Soon(_rig.Roles.WhoAsync("T1", user, isFresh: false, CancellationToken.None))).Caller;

    private async Task<Role> WhoAsync() => (await SlackRig.Soon(_rig.Roles.WhoAsync("T1", "U0ANN", isFresh: false, CancellationToken.None))).Caller.Role;
}
