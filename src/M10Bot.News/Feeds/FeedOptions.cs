using System.ComponentModel.DataAnnotations;

namespace M10Bot.News.Feeds;

/// <summary>Section <c>Feeds</c>: how feeds are polled.</summary>
public sealed class FeedOptions
{
    /// <summary>False polls nothing here.</summary>
    public bool IsPolling { get; set; } = true;

    /// <summary>Shown to publishers in the User-Agent: where they learn who polls them.</summary>
    [Required, StringLength(200), RegularExpression("https?://[^\\s()]+")]
    public string Contact { get; set; } = "https://m10news.com";

    /// <summary>No feed is asked more often.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Fastest { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>No healthy feed is asked less often.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Slowest { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A trusted feed is asked at least this often, whatever it says of its rhythm.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Hot { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest one fetch may take, redirects and body included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A longer document, decompressed, is refused.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Fetches under way at once.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 64;

    /// <summary>Of them to one host.</summary>
    [Range(1, 1000)]
    public int PerHost { get; set; } = 2;

    /// <summary>Time between the starts of two fetches from one host.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HostSpacing { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Failures in a row until the admin is told.</summary>
    [Range(1, 100)]
    public int TellAfter { get; set; } = 5;

    /// <summary>Secret. With <c>Web:PublicAddress</c> it lets hubs push (WebSub); what they sign with is made from it. At least 24 characters.</summary>
    [MinLength(24)]
    public string? HubSecret { get; set; }

    /// <summary>Host names and addresses of the operator's own network that may be fetched all the same, on any port.</summary>
    public IList<string> InnerHosts { get; } = [];
}
