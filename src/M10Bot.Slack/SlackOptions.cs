using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace M10Bot.Slack;

/// <summary>Section <c>Slack</c>. With neither token set the bot runs without Slack.</summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary>Secret. The workspace's bot token, <c>xoxb-…</c>.</summary>
    public string BotToken { get; set; } = "";

    /// <summary>Secret. The app-level token with <c>connections:write</c>, <c>xapp-…</c>.</summary>
    public string AppToken { get; set; } = "";

    /// <summary>Where the Web API is; plain http is for loopback only.</summary>
    [Required]
    public Uri ApiBase { get; set; } = new("https://slack.com/api");

    /// <summary>The slash command as it stands in the app's manifest.</summary>
    [Required]
    [RegularExpression("^/[a-z0-9_-]{1,31}$")]
    public string Command { get; set; } = "/m10";

    /// <summary>User ids that are admins whatever Slack says of them.</summary>
    public IList<string> Admins { get; } = [];

    /// <summary>User ids that are editors.</summary>
    public IList<string> Editors { get; } = [];

    /// <summary>A story's updates and corrections also come as replies under its message, which is edited as ever.</summary>
    public bool UpdatesInThread { get; set; }

    /// <summary>A correction's reply is shown in the channel too; an edit alone notifies nobody.</summary>
    public bool BroadcastCorrections { get; set; } = true;

    /// <summary>Sockets held open at once; Slack allows ten per app.</summary>
    [Range(1, 10)]
    public int Connections { get; set; } = 2;

    /// <summary>Time between the opening of one socket and the next, so that they do not expire together.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ConnectionSpacing { get; set; } = TimeSpan.FromSeconds(30);

    [Range(0.1, 1000)]
    public double ChannelPerSecond { get; set; } = 1;

    [Range(1, 1000)]
    public int ChannelBurst { get; set; } = 3;

    [Range(0.1, 10000)]
    public double WorkspacePostsPerSecond { get; set; } = 5;

    [Range(1, 10000)]
    public int WorkspacePostsBurst { get; set; } = 20;

    /// <summary>Each for edits and for deletions.</summary>
    [Range(1, 600000)]
    public int UpdatesPerMinute { get; set; } = 50;

    [Range(1, 10000)]
    public int UpdatesBurst { get; set; } = 10;

    /// <summary>The longest one post, edit or withdrawal may take, pacing and a second try included.</summary>
    [Range(typeof(TimeSpan), "00:00:03", "00:01:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an attempt without an end rests before the channel's history is believed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A command that answers within this time does so in the acknowledgement; Slack's limit for that is 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:02.500")]
    public TimeSpan QuickReply { get; set; } = TimeSpan.FromSeconds(2);
}

[OptionsValidator]
internal sealed partial class SlackOptionsValidator : IValidateOptions<SlackOptions>;

/// <summary>The rules that attributes can't say.</summary>
internal sealed class SlackTokensValidator : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(SlackOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.BotToken))
        {
            yield return "Slack:BotToken is missing: Slack:AppToken alone is not enough. Set both, or neither to run without Slack.";
        }
        else if (!options.BotToken.StartsWith("xoxb-", StringComparison.Ordinal))
        {
            yield return "Slack:BotToken must be a bot token; those start with xoxb-.";
        }

        if (string.IsNullOrWhiteSpace(options.AppToken))
        {
            yield return "Slack:AppToken is missing: Slack:BotToken alone is not enough. Set both, or neither to run without Slack.";
        }
        else if (!options.AppToken.StartsWith("xapp-", StringComparison.Ordinal))
        {
            yield return "Slack:AppToken must be an app-level token; those start with xapp-.";
        }

        if (!SlackHosts.IsAllowed(options.ApiBase, Uri.UriSchemeHttps, Uri.UriSchemeHttp))
        {
            yield return "Slack:ApiBase must be an absolute https address; http is for loopback only.";
        }
    }
}
