using System.Text;
using Dapper;
using M10Bot.News.Doors;
using M10Bot.Slack.Doors;
using M10Bot.Slack.Workspaces;
using M10Bot.Testing;
using Microsoft.AspNetCore.DataProtection;

namespace M10Bot.Slack.Tests.Workspaces;

/// <summary>Many workspaces: installed through the page, kept encrypted, renewed, and removed without harm to a newer install.</summary>
public sealed class InstallTests : IAsyncLifetime
{
    private const string Installed = """
        {"ok":true,"access_token":"xoxb-team-one-secret","token_type":"bot","bot_user_id":"U1BOT","app_id":"A1","team":{"id":"T1","name":"Acme"},
         "enterprise":null,"is_enterprise_install":false,"authed_user":{"id":"U0IVY"},"expires_in":43200,"refresh_token":"xoxe-1-secret"}
        """;
    private readonly SlackRig _rig = new(isReady: false);
    private readonly EphemeralDataProtectionProvider _keys = new();
    private TestDatabase _data = null!;
    private InstallStore _store = null!;
    private SlackOAuth _oauth = null!;

    public async Task InitializeAsync()
    {
        _rig.Options.BotToken = "";
        _rig.Options.ClientId = "1.2";
        _rig.Options.ClientSecret = "client-secret";
        _data = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        _store = new InstallStore(_data.Database, _keys, _rig.Time);
        _oauth = new SlackOAuth(_rig.Web, _rig.Installs, _store, _rig.Options, _rig.Time, _rig.Log.For<SlackOAuth>());
    }

    public async Task DisposeAsync()
    {
        await _data.DisposeAsync();
        _rig.Dispose();
    }

    [Fact]
    public async Task A_workspace_is_installed_through_the_page_and_its_token_is_nowhere_in_clear()
    {
        var state = State();
        var start = await new InstallDoor(state).OpenAsync(Get("/slack/install"), CancellationToken.None);
        start.Status.ShouldBe(302);
        var to = new Uri(start.Headers["Location"]);
        to.GetLeftPart(UriPartial.Path).ShouldBe("https://slack.com/oauth/v2/authorize");
        to.Query.ShouldContain("redirect_uri=https%3A%2F%2Fm10.example.org%2Fslack%2Foauth");
        start.Headers["Set-Cookie"].ShouldContain("Secure; HttpOnly; SameSite=Lax");
        _rig.Slack.Answer("oauth.v2.access", Installed).Answer("auth.test", """{"ok":true,"team_id":"T1","user_id":"U1BOT","bot_id":"B1"}""");

        var page = await BackAsync(state, start, "code=abc");

        page.Status.ShouldBe(200);
        Encoding.UTF8.GetString(page.Body.Span).ShouldContain("M10Bot is installed");
        var redeemed = await _rig.Slack.NextAsync();
        redeemed.Authorization.ShouldBe("Basic " + Convert.ToBase64String("1.2:client-secret"u8));
        redeemed.Form["code"].ShouldBe("abc");
        (await _rig.Slack.NextAsync()).Authorization.ShouldBe("Bearer xoxb-team-one-secret");
        var install = _rig.Installs.Of("T1").ShouldNotBeNull();
        (install.User, install.Bot, install.Installer, install.Name).ShouldBe(("U1BOT", "B1", "U0IVY", "Acme"));
        var (kept, _) = await _store.ListAsync(CancellationToken.None);
        kept.ShouldHaveSingleItem().ShouldBe(install);
        var row = await _data.Database.ReadAsync(c => c.QuerySingleAsync<string>("select token || refresh_token from slack_install"), CancellationToken.None);
        row.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_way_back_that_did_not_set_out_here_is_refused_and_so_is_a_second_one()
    {
        var state = State();
        var start = await new InstallDoor(state).OpenAsync(Get("/slack/install"), CancellationToken.None);
        var other = await new InstallDoor(state).OpenAsync(Get("/slack/install"), CancellationToken.None);

        (await BackAsync(state, start, "code=abc", cookieOf: other)).Status.ShouldBe(400);
        (await new OAuthDoor(state, _oauth).OpenAsync(Get("/slack/oauth", "code=abc"), CancellationToken.None)).Status.ShouldBe(400);
        (await BackAsync(state, start, "code=abc&state=forged")).Status.ShouldBe(400);
        (await BackAsync(state, start, "error=access_denied")).Status.ShouldBe(200);

        _rig.Slack.Answer("oauth.v2.access", """{"ok":false,"error":"invalid_code"}""");
        (await BackAsync(state, start, "code=abc")).Status.ShouldBe(502);
        (await BackAsync(state, start, "code=abc")).Status.ShouldBe(400);

        _rig.Time.Advance(TimeSpan.FromMinutes(11));
        (await BackAsync(state, other, "code=abc")).Status.ShouldBe(400);
        _rig.Installs.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_way_back_that_one_replica_took_is_taken_by_no_other()
    {
        var (one, other) = (State(), State());
        var start = await new InstallDoor(one).OpenAsync(Get("/slack/install"), CancellationToken.None);
        _rig.Slack.Answer("oauth.v2.access", """{"ok":false,"error":"invalid_code"}""");

        (await BackAsync(one, start, "code=abc")).Status.ShouldBe(502);
        (await BackAsync(other, start, "code=abc")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Without_a_public_address_the_page_says_who_has_to_set_it()
    {
        var state = new InstallState(_rig.Options, new WebOptions(), _keys, new SeenStore(_data.Database, _rig.Time), _rig.Time);

        var page = await new InstallDoor(state).OpenAsync(Get("/slack/install"), CancellationToken.None);

        page.Status.ShouldBe(503);
        Encoding.UTF8.GetString(page.Body.Span).ShouldContain("Web:PublicAddress");
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_by_one_process_and_kept_before_it_is_used()
    {
        var install = await PutAsync("T1", refresh: "xoxe-1", lives: TimeSpan.FromHours(12));
        using var worker = Worker();
        await worker.LookAsync(CancellationToken.None);
        _rig.Slack.IsQuiet.ShouldBeTrue();

        _rig.Time.Advance(TimeSpan.FromHours(10.5));
        (await _store.ClaimAsync(install, TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldBeTrue(); // another process does it
        await worker.LookAsync(CancellationToken.None);
        _rig.Slack.IsQuiet.ShouldBeTrue();

        _rig.Time.Advance(TimeSpan.FromMinutes(2));
        _rig.Slack.Answer("oauth.v2.access", """{"ok":true,"access_token":"xoxe.xoxb-2-secret","token_type":"bot","refresh_token":"xoxe-2","expires_in":43200}""");
        await worker.LookAsync(CancellationToken.None);

        (await _rig.Slack.NextAsync()).Form["refresh_token"].ShouldBe("xoxe-1");
        _rig.Installs.Of("T1")!.Token.ShouldBe("xoxe.xoxb-2-secret");
        (await _store.ListAsync(CancellationToken.None)).Installs.ShouldHaveSingleItem().RefreshToken.ShouldBe("xoxe-2");
    }

    [Fact]
    public async Task A_token_that_slack_calls_expired_is_renewed_at_once()
    {
        await PutAsync("T1", refresh: "xoxe-1", lives: TimeSpan.FromHours(12));
        _rig.Slack.Answer("chat.postMessage", """{"ok":false,"error":"token_expired"}""");
        await _rig.ChatPlatform.PostAsync(SlackRig.News, SlackRig.Flash, SlackRig.Key, CancellationToken.None);
        _rig.Slack.Answer("oauth.v2.access", """{"ok":true,"access_token":"xoxe.xoxb-2-secret","token_type":"bot","refresh_token":"xoxe-2","expires_in":43200}""");
        using var worker = Worker();

        await worker.LookAsync(CancellationToken.None);

        _rig.Installs.Of("T1")!.Token.ShouldBe("xoxe.xoxb-2-secret");
    }

    [Fact]
    public async Task A_removed_app_loses_its_tokens_at_once_and_its_orders_after_a_month()
    {
        var install = await PutAsync("T1");
        var uninstall = new SlackUninstall(_rig.Installs, _store, _rig.Log.For<SlackUninstall>());
        _rig.Time.Advance(TimeSpan.FromHours(1));

        await uninstall.EndAsync(install, _rig.Time.GetUtcNow().ToUnixTimeSeconds(), CancellationToken.None);
        await uninstall.EndAsync(install, _rig.Time.GetUtcNow().ToUnixTimeSeconds(), CancellationToken.None);

        _rig.Installs.Of("T1").ShouldBeNull();
        (await _data.Database.ReadAsync(c => c.QuerySingleAsync<string>("select token from slack_install"), CancellationToken.None)).ShouldBeEmpty();
        using var worker = Worker();
        _rig.Time.Advance(TimeSpan.FromDays(29));
        await worker.LookAsync(CancellationToken.None);
        _rig.Places.Done.ShouldBeEmpty();
        _rig.Time.Advance(TimeSpan.FromDays(2));
        await worker.LookAsync(CancellationToken.None);
        _rig.Places.Done.ShouldBe(["forget T1"]);
    }

    [Fact]
    public async Task A_look_that_began_before_an_app_was_removed_does_not_bring_it_back()
    {
        var install = await PutAsync("T1");
        _rig.Time.Advance(TimeSpan.FromHours(1));
        var mark = _rig.Installs.Mark();
        var (read, _) = await _store.ListAsync(CancellationToken.None);

        await new SlackUninstall(_rig.Installs, _store, _rig.Log.For<SlackUninstall>()).EndAsync(install, _rig.Time.GetUtcNow().ToUnixTimeSeconds(), CancellationToken.None);
        _rig.Installs.Replace(read, mark);

        read.ShouldHaveSingleItem();
        _rig.Installs.Of("T1").ShouldBeNull();
    }

    [Fact]
    public async Task A_look_that_began_before_a_token_was_renewed_does_not_bring_the_old_one_back()
    {
        var install = await PutAsync("T1");
        var mark = _rig.Installs.Mark();

        _rig.Installs.Renew(install with { Token = "xoxb-next-secret" });
        _rig.Installs.Replace([install], mark);
        _rig.Installs.Of("T1")!.Token.ShouldBe("xoxb-next-secret");

        _rig.Installs.Replace([install with { Token = "xoxb-elsewhere-secret" }], _rig.Installs.Mark());
        _rig.Installs.Of("T1")!.Token.ShouldBe("xoxb-elsewhere-secret");
    }

    [Fact]
    public async Task A_renewal_that_overlaps_the_removal_does_not_bring_the_install_back()
    {
        var install = await PutAsync("T1", refresh: "xoxe-1", lives: TimeSpan.FromHours(1));
        _rig.Slack.Answer("oauth.v2.access", async (_, ct) =>
        {
            await new SlackUninstall(_rig.Installs, _store, _rig.Log.For<SlackUninstall>()).EndAsync(install, eventTime: null, ct);
            const string Next = """{"ok":true,"access_token":"xoxe.xoxb-2-secret","token_type":"bot","refresh_token":"xoxe-2","expires_in":43200}""";
            return new HttpResponseMessage { Content = new StringContent(Next, Encoding.UTF8, "application/json") };
        });
        using var worker = Worker();

        await SlackRig.Soon(worker.LookAsync(CancellationToken.None));

        _rig.Installs.Of("T1").ShouldBeNull();
        (await _store.ListAsync(CancellationToken.None)).Installs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_late_word_of_an_old_install_does_not_end_a_newer_one()
    {
        var old = await PutAsync("T1");
        var removed = _rig.Time.GetUtcNow().AddSeconds(10).ToUnixTimeSeconds();
        _rig.Time.Advance(TimeSpan.FromMinutes(5));
        await PutAsync("T1", token: "xoxb-newer-secret");
        var uninstall = new SlackUninstall(_rig.Installs, _store, _rig.Log.For<SlackUninstall>());

        await uninstall.EndAsync(old, removed, CancellationToken.None);

        _rig.Installs.Of("T1")!.Token.ShouldBe("xoxb-newer-secret");
    }

    [Fact]
    public async Task A_row_under_another_workspaces_key_or_without_its_keys_does_not_open()
    {
        await PutAsync("T1");
        await _data.Database.WriteAsync(tx => tx.Connection!.ExecuteAsync("update slack_install set team = 'T2'", transaction: tx), CancellationToken.None);
        using var worker = Worker();

        await worker.LookAsync(CancellationToken.None);

        _rig.Installs.Of("T2").ShouldBeNull();
        _rig.Log.Lines.ShouldContain(l => l.StartsWith("Critical", StringComparison.Ordinal) && l.Contains("/T2"));
    }

    [Fact]
    public async Task Each_workspace_is_spoken_to_with_its_own_token_and_an_organisations_workspaces_with_its_one()
    {
        await PutAsync("T1", token: "xoxb-one-secret");
        await PutAsync("", enterprise: "E1", token: "xoxb-org-secret");
        _rig.Installs.Of("T7", "E1").ShouldNotBeNull();
        foreach (var team in new[] { "T1", "T7" })
        {
            _rig.Slack.Answer("chat.postMessage", """{"ok":true,"channel":"C1","ts":"1.2"}""");
            await SlackRig.Soon(_rig.ChatPlatform.PostAsync(SlackRig.News with { Workspace = team }, SlackRig.Flash, SlackRig.Key, CancellationToken.None));
        }

        (await _rig.Slack.NextAsync()).Authorization.ShouldBe("Bearer xoxb-one-secret");
        (await _rig.Slack.NextAsync()).Authorization.ShouldBe("Bearer xoxb-org-secret");
        (await _rig.ChatPlatform.PostAsync(SlackRig.News with { Workspace = "T8" }, SlackRig.Flash, SlackRig.Key, CancellationToken.None))
            .ShouldBeOfType<M10Bot.News.Chat.PostOutcome.Deferred>().WholeLane.ShouldBeTrue();
    }

    private InstallState State() => new(_rig.Options, new WebOptions { PublicAddress = "https://m10.example.org/" }, _keys, new SeenStore(_data.Database, _rig.Time), _rig.Time);

    private InstallWorker Worker() => new(_rig.Installs, _store, _oauth, _rig.Places.Port, _rig.Time, _rig.Log.For<InstallWorker>());

    private async Task<SlackInstall> PutAsync(string team, string enterprise = "", string token = "xoxb-secret", string? refresh = null, TimeSpan? lives = null)
    {
        var install = new SlackInstall
        {
            Team = team,
            Enterprise = enterprise,
            User = "U1BOT",
            Token = token,
            RefreshToken = refresh,
            Expires = lives is { } span ? _rig.Time.GetUtcNow() + span : null,
            Installed = _rig.Time.GetUtcNow(),
        };
        await _store.SaveAsync(install, CancellationToken.None);
        _rig.Installs.Put(install);
        return install;
    }

    private async Task<DoorReply> BackAsync(InstallState state, DoorReply start, string query, DoorReply? cookieOf = null)
    {
        var given = System.Web.HttpUtility.ParseQueryString(new Uri(start.Headers["Location"]).Query)["state"]!;
        var all = query.Contains("state=", StringComparison.Ordinal) ? query : $"{query}&state={Uri.EscapeDataString(given)}";
        return await SlackRig.Soon(new OAuthDoor(state, _oauth).OpenAsync(Get("/slack/oauth", all, (cookieOf ?? start).Headers["Set-Cookie"].Split(';')[0]), CancellationToken.None));
    }

    private static DoorRequest Get(string path, string query = "", string cookie = "")
    {
        var fields = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Cookie"] = cookie };
        return new DoorRequest("GET", path, fields, headers, default);
    }
}
