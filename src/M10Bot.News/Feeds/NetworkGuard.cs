using System.Net;
using System.Net.Sockets;

namespace M10Bot.News.Feeds;

/// <summary>Which addresses a fetch may reach: the public Internet's, and the inner hosts that the operator allows by name.</summary>
/// <remarks>
/// After IANA's special-purpose registries. The check is made on the very address that is connected to, so that a name that
/// changes its mind between check and connection gains nothing.
/// </remarks>
internal static class NetworkGuard
{
    private const string Private = "it leads to a private network, which the bot does not enter";

    private static readonly IPNetwork[] Barred =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // 168.63.129.16 is Azure's own service to its machines. Of IPv6 only 2000::/3 is in public use; in it, documentation, benchmarks, Teredo and 6to4 lead elsewhere.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork PublicSix = IPNetwork.Parse("2000::/3");

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || PublicSix.Contains(plain)) && !Barred.Any(network => network.Contains(plain));
    }

    /// <summary>Why this address may not be fetched, in words for an admin; null where it may.</summary>
    public static string? Refusal(Uri address, FeedOptions options)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            return "it is no web address: it must begin with https:// or http://";
        }

        if (address.UserInfo.Length > 0)
        {
            return "a name or password stands in the address, and would be kept in the clear";
        }

        if (!IsAllowed(address.IdnHost, options) && (address.IsLoopback || (IPAddress.TryParse(address.IdnHost, out var literal) && !IsPublic(literal))))
        {
            return Private;
        }

        return IsAllowed(address.IdnHost, options) || address.Port is 80 or 443 or 8080 or 8443 ? null : $"port {address.Port} is not one that the web uses";
    }

    /// <summary>Connects to the first public address of the host; to any address of an allowed inner host.</summary>
    /// <exception cref="GuardException">The host has no address that may be reached.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, FeedOptions options, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host.Host, ct);
        var open = IsAllowed(host.Host, options) ? addresses : Array.FindAll(addresses, IsPublic);
        if (open.Length == 0)
        {
            throw new GuardException(Private);
        }

#pragma warning disable CA2000 // the stream owns it
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(open, host.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsAllowed(string host, FeedOptions options) =>
        options.InnerHosts.Any(allowed => allowed.Equals(host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase));
}

/// <summary>A fetch that must not be made.</summary>
internal sealed class GuardException(string message) : IOException(message);
