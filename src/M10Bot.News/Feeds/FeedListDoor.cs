using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Doors;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Feeds;

/// <summary>Where the list of feeds can be fetched as OPML, by a link that an admin was given.</summary>
public sealed class FeedListDoor(FeedListStore links, FeedStore feeds, IOptions<WebOptions> web, TimeProvider time) : IHttpDoor
{
    /// <summary>How long a link leads there.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromMinutes(15);

    private const int KeyBytes = 24;

    public IReadOnlyList<string> Methods { get; } = ["GET"];

    public string Path => "/feeds/list.opml";

    public int MaxBytes => 1024;

    /// <summary>A link that opens it for a while; null where nobody outside can reach this bot.</summary>
    public async Task<string?> LinkAsync(CancellationToken ct)
    {
        if (web.Value is not { Address: { Length: > 0 }, PublicAddress: { Length: > 0 } address })
        {
            return null;
        }

        var key = RandomNumberGenerator.GetHexString(KeyBytes * 2, lowercase: true);
        await links.OpenAsync(Hash(key), Open, ct);
        return $"{address.TrimEnd('/')}{Path}?key={key}";
    }

    public async Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct)
    {
        if (request.Query.GetValueOrDefault("key") is not { Length: KeyBytes * 2 } key || !await links.IsOpenAsync(Hash(key), ct))
        {
            return DoorReply.Text(404, "This link leads nowhere any more. Ask the bot for a new one: feed export.");
        }

        return new DoorReply(200, "text/x-opml; charset=utf-8", Opml.Write(await feeds.ExportAsync(ct), time.GetUtcNow()))
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Content-Disposition"] = "attachment; filename=\"m10bot-feeds.opml\"",
                ["Cache-Control"] = "no-store",
                ["Referrer-Policy"] = "no-referrer",
            },
        };
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
