using M10Bot.News.Doors;
using Microsoft.Extensions.Options;

namespace M10Bot.Web;

/// <summary>Names the key that cannot be used.</summary>
internal sealed class WebOptionsRules : IValidateOptions<WebOptions>
{
    public ValidateOptionsResult Validate(string? name, WebOptions options)
    {
        List<string> wrong = [];
        if (options.Address is { Length: > 0 } address && !IsListenable(address))
        {
            wrong.Add("Web:Address is not an address like http://127.0.0.1:8080: http, an IP address or localhost, a port, nothing after it. TLS belongs in front of it.");
        }

        if (options.PublicAddress is { Length: > 0 } outside && !IsPublic(outside))
        {
            wrong.Add("Web:PublicAddress is not an address like https://m10bot.example.org: https, or http on loopback.");
        }

        if (options.PublicAddress is { Length: > 0 } && options.Address is not { Length: > 0 })
        {
            wrong.Add("Web:PublicAddress is set and Web:Address is not: set the address that this process listens on.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsListenable(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery is "/" && uri.UserInfo.Length == 0
        && (uri.Host is "localhost" || uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6);

    private static bool IsPublic(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Query.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
