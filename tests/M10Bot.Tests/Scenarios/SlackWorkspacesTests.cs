using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using M10Bot.News.Storage;
using M10Bot.Simulator.Slack;
using M10Bot.Simulator.Slack.Workspaces;
using M10Bot.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Tests.Scenarios;

/// <summary>The whole bot in many workspaces, over HTTP request URLs: installed, served, its tokens renewed, removed, installed again.</summary>
public sealed class SlackWorkspacesTests : IAsyncLifetime
{
    private const string Room = "C0BREAKING";
    private const string Redirect = "https://m10.example.org/slack/oauth";
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("m10bot-keys-");
    private Chats _chats = null!;
    private RunningBot _bot = null!;
    private SlackTeam _other = null!;
    private string _web = "";
    private int _renewals;
    private int _hours;
    private string _headline = "";

    private SlackSimulator Slack => _chats.Simulator.Slack;

    private SlackTeam Newsroom => Slack.Newsroom;

    public async Task InitializeAsync()
    {
        _chats = await Chats.StartAsync();
        Slack.IsSocketMode = false;
        Slack.IsRotating = true;
        Slack.TokenLife = TimeSpan.FromHours(1); // the bot renews what ends within two: at every look
        Slack.RedirectUrls.Add(Redirect);
        Slack.OnCall = (method, args) => Interlocked.Add(ref _renewals, method is "oauth.v2.access" && args.Text("grant_type") is "refresh_token" ? 1 : 0);
        _other = Slack.AddTeamWithoutApp("T0OTHER", "Other");
        _other.AddPerson(new SlackPerson("admin", "U0ADMIN", "Somebody Else", "admin"));
        _other.AddChannel(Room, "not-the-same", SlackChannelKind.Public, _other.BotUser);
        _bot = await RunningBot.StartAsync(_chats, new Dictionary<string, string?>(_chats.FastSettings, StringComparer.Ordinal)
        {
            ["Slack:BotToken"] = "",
            ["Slack:AppToken"] = "",
            ["Slack:ClientId"] = "10.10",
            ["Slack:ClientSecret"] = "simulated-client-secret",
            ["Slack:SigningSecret"] = "simulated-signing-secret",
            ["Slack:KeyFolder"] = _keys.FullName,
            ["Web:Address"] = "http://127.0.0.1:0",
            ["Web:PublicAddress"] = "https://m10.example.org",
        });
        _web = _bot.Host.Services.GetServices<IHostedService>().OfType<WebServer>().Single().Listening!;
        (Slack.RequestUrls.Events, Slack.RequestUrls.Commands) = (new Uri($"{_web}/slack/events"), new Uri($"{_web}/slack/commands"));
        (Slack.RequestUrls.Interactivity, Slack.RequestUrls.Options) = (new Uri($"{_web}/slack/interactivity"), new Uri($"{_web}/slack/options"));
    }

    public async Task DisposeAsync()
    {
        await _bot.DisposeAsync();
        _browser.Dispose();
        _keys.Delete(recursive: true);
    }

    [Fact]
    public async Task An_install_is_served_while_its_token_is_renewed_and_no_other_suffers_when_it_ends()
    {
        (await Slack.RequestUrls.VerifyAsync(CancellationToken.None)).ShouldBeTrue();
        (await Slack.RequestUrls.CheckCertificateAsync(CancellationToken.None)).ShouldBeTrue();
        await InstallAsync("T0M10NEWS", "M10Bot is installed");
        await InstallAsync("T0OTHER", "M10Bot is installed");
        (await SecretsAsync()).ShouldAllBe(s => s.Length > 0 && !s.Contains("xox", StringComparison.Ordinal));
        await CommandAsync(Newsroom, "/m10 channel add here", "now gets everything");
        await CommandAsync(_other, "/m10 channel add here", "now gets everything");

        while (_renewals < 2)
        {
            await DeliveredAsync(Newsroom, _other); // one after the other, so that some are under way when the tokens change
        }

        await DeliveredAsync(Newsroom, _other);
        var left = DateTimeOffset.UtcNow;
        Newsroom.Uninstall();
        await _chats.UntilAsync(() => SecretsAsync().GetAwaiter().GetResult().Count(s => s.Length > 0) == 2, "the tokens of the one are wiped");
        await DeliveredAsync(_other);

        Newsroom.Reinstall();
        await InstallAsync("T0M10NEWS", "M10Bot is installed");
        await ShowsAsync("what came while it was away", Newsroom);
        Newsroom.TellUninstalled(left.AddMinutes(-1));
        await DeliveredAsync(Newsroom, _other);
        (await SecretsAsync()).ShouldAllBe(s => s.Length > 0);
        Newsroom.CountsByDeliveryKey().Values.Concat(_other.CountsByDeliveryKey().Values).ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task A_request_that_Slack_did_not_sign_or_that_is_old_runs_nothing()
    {
        await InstallAsync("T0OTHER", "M10Bot is installed");
        foreach (var fault in new[] { SlackFault.WrongSignature, SlackFault.OldTimestamp, SlackFault.MissingSignature })
        {
            Slack.Faults.Plan(fault, "slash_commands");
            (await _other.As("admin").CommandAsync(Room, "/m10 channel add here", CancellationToken.None)).IsFine.ShouldBeFalse($"{fault}");
        }

        await CommandAsync(_other, "/m10 status", "All channels are served");
        _other.AllMessages(Room).Select(m => m.Text).ShouldNotContain(t => t.Contains("now gets", StringComparison.Ordinal));
    }

    /// <summary>Walks through the install as an admin's browser does; the cookie that the page set goes back with it.</summary>
    private async Task InstallAsync(string team, string words)
    {
        using var start = await _browser.GetAsync(new Uri($"{_web}/slack/install"));
        start.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var cookie = start.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var ask = start.Headers.Location!;
        using var page = await _browser.GetAsync(ask);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, await page.Content.ReadAsStringAsync());
        var fields = QueryHelpers.ParseQuery(ask.Query).ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(fields, StringComparer.Ordinal) { ["team"] = team, ["person"] = "admin", ["answer"] = "allow" });
        using var allowed = await _browser.PostAsync(new Uri(ask.GetLeftPart(UriPartial.Path)), form);
        allowed.StatusCode.ShouldBe(HttpStatusCode.Redirect, await allowed.Content.ReadAsStringAsync());
        allowed.Headers.Location!.GetLeftPart(UriPartial.Path).ShouldBe(Redirect);
        using var back = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_web}/slack/oauth{allowed.Headers.Location.Query}"));
        back.Headers.Add("Cookie", cookie);
        using var end = await _browser.SendAsync(back);
        Regex.Replace(await end.Content.ReadAsStringAsync(), "<[^>]+>", " ", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldContain(words);
    }

    private async Task CommandAsync(SlackTeam team, string text, string words)
    {
        (await team.As("admin").CommandAsync(Room, text, CancellationToken.None)).Error.ShouldBeNull();
        await _chats.UntilAsync(
            () => team.AllMessages(Room).Any(m => m.EphemeralFor is not null && m.Text.Contains(words, StringComparison.OrdinalIgnoreCase)), $"{text}: {words}");
    }

    /// <summary>A new version of the story, or the first; shown in every one of these.</summary>
    private async Task DeliveredAsync(params SlackTeam[] teams)
    {
        _headline = $"Fire at Riga harbour burns for {++_hours} hours";
        await _bot.DropAsync($"Slug: riga-fire\n\n{_headline}\nThe harbour of Riga was closed on Sunday after a fire broke out; it had burned for {_hours} hours, the port authority said.");
        await ShowsAsync(_headline, teams);
    }

    private Task ShowsAsync(string what, params SlackTeam[] teams) =>
        _chats.UntilAsync(() => teams.All(t => t.Posts(Room).Where(m => !m.Text.Contains("EXERCISE", StringComparison.Ordinal)).ToList() is [var only] && only.Text.Contains(_headline, StringComparison.Ordinal)), what);

    private async Task<IReadOnlyList<string>> SecretsAsync() => [.. await _bot.Host.Services.GetRequiredService<Database>().ReadAsync(
        connection => connection.QueryAsync<string>("select token from slack_install union all select coalesce(refresh_token, '') from slack_install"), CancellationToken.None)];
}
