namespace M10Bot.Slack;

/// <summary>Which addresses we speak to.</summary>
internal static class SlackHosts
{
    /// <summary>The secure scheme anywhere, the plain one on loopback.</summary>
    public static bool IsAllowed(Uri? address, string secure, string plain) =>
        address is { IsAbsoluteUri: true, UserInfo: "" } && (Same(address.Scheme, secure) || (Same(address.Scheme, plain) && address.IsLoopback));

    /// <summary>A response_url comes from outside: only Slack's own hosts, or the very origin that is configured.</summary>
    public static bool IsResponseUrl(string? text, Uri apiBase, out Uri address)
    {
        address = apiBase;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var found) || found.UserInfo.Length > 0)
        {
            return false;
        }

        address = found;
        return IsSlack(found) || (apiBase.IsLoopback && Same(Origin(found), Origin(apiBase)));
    }

    private static bool IsSlack(Uri address) =>
        address is { IsDefaultPort: true, Host: var host } && Same(address.Scheme, Uri.UriSchemeHttps)
        && (IsUnder(host, "slack.com") || IsUnder(host, "slack-gov.com"));

    private static bool IsUnder(string host, string domain) =>
        Same(host, domain) || host.EndsWith("." + domain, StringComparison.Ordinal);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
