using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Doors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>Has hubs push what is new in a feed (WebSub, w3.org/TR/websub), where others can reach this bot.</summary>
/// <remarks>
/// Callback and secret of a subscription are made from <c>Feeds:HubSecret</c> and the feed's number, so that every replica
/// knows them, they outlive a restart, and no table holds them.
/// </remarks>
internal sealed partial class FeedHubs(FeedHubStore store, FeedClient client, IOptions<FeedOptions> options, IOptions<WebOptions> web, ILogger<FeedHubs> logger)
{
    /// <summary>Where hubs call.</summary>
    public const string Path = "/feeds/push";

    /// <summary>How long an answer of the hub is waited for before it is asked again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const int LeaseSeconds = 10 * 24 * 60 * 60;
    private static readonly TimeSpan AgainAfterFault = TimeSpan.FromHours(1);

    public bool IsOn => web.Value.PublicAddress is { Length: > 0 } && options.Value.HubSecret is { Length: > 0 };

    /// <summary>Notes what a document, or the header of its answer, says of hubs.</summary>
    public async Task OfferedAsync(Feed feed, FeedDocument document, FetchResult.Fetched fetched, CancellationToken ct)
    {
        if (!IsOn)
        {
            return;
        }

        var said = fetched.Links.ToLookup(l => l.Relation, l => l.Address, StringComparer.Ordinal);
        var hub = said["hub"].Concat(document.Hubs).FirstOrDefault(h => Uri.TryCreate(h, UriKind.Absolute, out var address) && NetworkGuard.Refusal(address, options.Value) is null);
        if (hub is null)
        {
            await store.WithdrawAsync(feed.Id, ct);
        }
        else
        {
            await store.OfferAsync(feed.Id, hub, said["self"].FirstOrDefault() ?? document.Self ?? feed.Url, ct);
        }
    }

    /// <summary>A poll found what the hub had not pushed: the hub is asked anew, and the feed polled as if there were none until it confirms.</summary>
    public Task DistrustAsync(Feed feed, CancellationToken ct) => store.RefusedAsync(feed.Id, TimeSpan.Zero, ct);

    public async Task AskAsync(FeedHub feed, CancellationToken ct)
    {
        var fault = Uri.TryCreate(feed.Hub, UriKind.Absolute, out var hub)
            ? await client.PostAsync(
                hub,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["hub.mode"] = "subscribe",
                    ["hub.topic"] = feed.Topic!,
                    ["hub.callback"] = Callback(feed.Id),
                    ["hub.secret"] = SecretOf(feed.Id),
                    ["hub.lease_seconds"] = LeaseSeconds.ToString(CultureInfo.InvariantCulture),
                },
                ct)
            : "its address cannot be read";
        if (fault is not null)
        {
            LogRefused(logger, feed.Id, fault);
            await store.RefusedAsync(feed.Id, AgainAfterFault, ct);
        }
    }

    /// <summary>Only a hub that was given the callback knows its key.</summary>
    public bool IsKey(long feed, string? key) =>
        key is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(KeyOf(feed)), Encoding.UTF8.GetBytes(key));

    /// <param name="header"><c>sha256=…</c>; also sha1, sha384 and sha512 (WebSub §8).</param>
    public bool IsSigned(long feed, string? header, ReadOnlySpan<byte> body)
    {
        var parts = header?.Split('=', 2) ?? [];
        if (parts.Length != 2 || Hash(parts[0].Trim(), Encoding.UTF8.GetBytes(SecretOf(feed)), body) is not { } own)
        {
            return false;
        }

        var given = new byte[own.Length];
        return Convert.FromHexString(parts[1].Trim(), given, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == own.Length && CryptographicOperations.FixedTimeEquals(own, given);
    }

    public string Callback(long feed) => string.Create(CultureInfo.InvariantCulture, $"{web.Value.PublicAddress!.TrimEnd('/')}{Path}?feed={feed}&key={KeyOf(feed)}");

    public string SecretOf(long feed) => Made("secret", feed);

    private string KeyOf(long feed) => Made("callback", feed)[..32];

    private string Made(string what, long feed) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(options.Value.HubSecret ?? ""), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}:{feed}"))));

#pragma warning disable CA5350 // SHA-1 is what many hubs still sign with; as a keyed hash it is not broken
    private static byte[]? Hash(string method, byte[] secret, ReadOnlySpan<byte> body) => method.ToLowerInvariant() switch
    {
        "sha1" => HMACSHA1.HashData(secret, body),
        "sha256" => HMACSHA256.HashData(secret, body),
        "sha384" => HMACSHA384.HashData(secret, body),
        "sha512" => HMACSHA512.HashData(secret, body),
        _ => null,
    };
#pragma warning restore CA5350

    [LoggerMessage(LogLevel.Warning, "The hub of feed {Feed} does not take the subscription: {Reason}; the feed is polled, and the hub asked again in an hour")]
    private static partial void LogRefused(ILogger logger, long feed, string reason);
}
