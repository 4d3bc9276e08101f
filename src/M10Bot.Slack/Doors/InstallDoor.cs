using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Doors;
using M10Bot.Slack.Workspaces;
using Microsoft.AspNetCore.DataProtection;

namespace M10Bot.Slack.Doors;

/// <summary>What the two install pages share: the addresses, and the state that binds the way back to the browser that set out.</summary>
internal sealed class InstallState(SlackOptions options, WebOptions web, IDataProtectionProvider protection, SeenStore used, TimeProvider time)
{
    public const string Start = "/slack/install";
    public const string Back = "/slack/oauth";

    private const string Cookie = "m10-slack-state";
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("M10Bot.Slack.State");

    /// <summary>Where Slack sends the browser back to; null where the bot has no public address.</summary>
    public string? RedirectUri => web.PublicAddress is { Length: > 0 } address ? $"{address.TrimEnd('/')}{Back}" : null;

    /// <summary>A state for the address, and the cookie that must come back with it.</summary>
    public (string State, string Cookie) New()
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var until = (time.GetUtcNow() + Lives).ToUnixTimeSeconds();
        var secure = RedirectUri?.StartsWith("https", StringComparison.Ordinal) == true ? " Secure;" : "";
        return (_protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{nonce}.{until}")), $"{Cookie}={nonce}; Path=/slack;{secure} HttpOnly; SameSite=Lax; Max-Age={(int)Lives.TotalSeconds}");
    }

    /// <summary>Ours, of this browser, in time, and for the first time on any replica.</summary>
    public async Task<bool> IsGoodAsync(string? state, string? cookies, CancellationToken ct)
    {
        var nonce = (cookies ?? "").Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(c => c.StartsWith(Cookie + "=", StringComparison.Ordinal))?[(Cookie.Length + 1)..];
        if (state is not { Length: > 0 and < 2000 } || nonce is null)
        {
            return false;
        }

        try
        {
            return _protector.Unprotect(state).Split('.') is [var known, var until]
                && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(known), Encoding.ASCII.GetBytes(nonce))
                && long.Parse(until, CultureInfo.InvariantCulture) >= time.GetUtcNow().ToUnixTimeSeconds()
                && await used.IsNewAsync($"/slack/oauth:{known}", ct);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Slack's own page where a workspace's admin says yes.</summary>
    public string AuthorizeAddress(string state)
    {
        var api = options.ApiBase.AbsoluteUri.TrimEnd('/');
        var origin = api.EndsWith("/api", StringComparison.Ordinal) ? api[..^4] : api;
        var scopes = string.Join(',', SlackManifest.Scopes);
        return $"{origin}/oauth/v2/authorize?client_id={Uri.EscapeDataString(options.ClientId)}&scope={Uri.EscapeDataString(scopes)}"
            + $"&redirect_uri={Uri.EscapeDataString(RedirectUri ?? "")}&state={Uri.EscapeDataString(state)}";
    }
}

/// <summary>Where a workspace's admin begins: remembers the browser and sends it to Slack.</summary>
internal sealed class InstallDoor(InstallState state) : IHttpDoor
{
    public IReadOnlyList<string> Methods { get; } = ["GET"];

    public string Path => InstallState.Start;

    public int MaxBytes => 0;

    public Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct)
    {
        if (state.RedirectUri is null)
        {
            return Task.FromResult(InstallPage.Of(503, "Not open yet", "The person who runs the bot has to set Web:PublicAddress first."));
        }

        var (value, cookie) = state.New();
        return Task.FromResult(DoorReply.Bare(302) with
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Location"] = state.AuthorizeAddress(value),
                ["Set-Cookie"] = cookie,
                ["Cache-Control"] = "no-store",
            },
        });
    }
}

/// <summary>Where Slack sends the browser back to: checks the state, redeems the code, says what to do next.</summary>
internal sealed class OAuthDoor(InstallState state, SlackOAuth oauth) : IHttpDoor
{
    public IReadOnlyList<string> Methods { get; } = ["GET"];

    public string Path => InstallState.Back;

    public int MaxBytes => 0;

    public async Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct)
    {
        if (request.Query.ContainsKey("error"))
        {
            return InstallPage.Of(200, "Not installed", "The installation was cancelled in Slack. Nothing has changed.", again: true);
        }

        // Also without a state, as when an organisation's admin begins inside Slack: the browser sets out from here once more.
        if (!await state.IsGoodAsync(request.Query.GetValueOrDefault("state"), request.Headers.GetValueOrDefault("Cookie"), ct))
        {
            return InstallPage.Of(400, "Begin here", "This installation did not set out from this page with this browser, or took longer than ten minutes.", again: true);
        }

        if (request.Query.GetValueOrDefault("code") is not { Length: > 0 } code || await oauth.RedeemAsync(code, state.RedirectUri!, ct) is not { } install)
        {
            return InstallPage.Of(502, "Not installed", "Slack did not take the installation. It can be tried again at once.", again: true);
        }

        return InstallPage.Of(200, "M10Bot is installed", $"In {(install.Name.Length > 0 ? install.Name : install.Team)}, type /m10 channel add in the channel that shall get the news.");
    }
}

/// <summary>A page of a few words.</summary>
internal static class InstallPage
{
    public static DoorReply Of(int status, string headline, string words, bool again = false)
    {
        var link = again ? $"<p><a href=\"{InstallState.Start}\">Add M10Bot to Slack</a></p>" : "";
        var html = $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{Encode(headline)}</title><h1>{Encode(headline)}</h1><p>{Encode(words)}</p>{link}</html>";
        return new DoorReply(status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html))
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Content-Security-Policy"] = "default-src 'none'",
                ["Cache-Control"] = "no-store",
                ["Referrer-Policy"] = "no-referrer",
            },
        };
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
