using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace M10Bot.Slack;

/// <summary>Section <c>Slack</c>. With no token and no client id set the bot runs without Slack.</summary>
public sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary>Secret. The workspace's bot token, <c>xoxb-…</c>.</summary>
    public string BotToken { get; set; } = "";

    /// <summary>Secret. The app-level token with <c>connections:write</c>, <c>xapp-…</c>.</summary>
    public string AppToken { get; set; } = "";

    /// <summary>For many workspaces: the app's client id. Each workspace installs the app from the bot's page <c>/slack/install</c>.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Secret. For many workspaces: the app's client secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Secret. For HTTP in the place of sockets: the app's signing secret; while it is being changed, the old one too, after a comma.</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>For many workspaces: where the keys lie that their tokens are encrypted with. Replicas share it.</summary>
    [Required]
    public string KeyFolder { get; set; } = "data/keys";

    /// <summary>Where the Web API is; plain http is for loopback only.</summary>
    [Required]
    public Uri ApiBase { get; set; } = new("https://slack.com/api");

    /// <summary>The slash command as it stands in the app's manifest.</summary>
    [Required]
    [RegularExpression("^/[a-z0-9_-]{1,31}$")]
    public string Command { get; set; } = "/m10";

    /// <summary>User ids that are admins whatever Slack says of them; <c>T1/U1</c> where there are many workspaces.</summary>
    public IList<string> Admins { get; } = [];

    /// <summary>User groups whose members are admins; needs the scope <c>usergroups:read</c>.</summary>
    public IList<string> AdminGroups { get; } = [];

    /// <summary>User ids that are editors; <c>T1/U1</c> where there are many workspaces.</summary>
    public IList<string> Editors { get; } = [];

    /// <summary>User groups whose members are editors; needs the scope <c>usergroups:read</c>.</summary>
    public IList<string> EditorGroups { get; } = [];

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
        var (isOne, isMany) = (options.BotToken.Length > 0, options.ClientId.Length > 0);
        if (isOne == isMany)
        {
            yield return isOne
                ? "Slack:BotToken serves one workspace and Slack:ClientId many: set one of the two."
                : "Slack:BotToken is missing: Slack:AppToken alone is not enough. Set both, or neither to run without Slack.";
        }

        if (isOne && !options.BotToken.StartsWith("xoxb-", StringComparison.Ordinal))
        {
            yield return "Slack:BotToken must be a bot token; those start with xoxb-.";
        }

        if (isMany && options.ClientSecret.Length == 0)
        {
            yield return "Slack:ClientSecret is missing: it stands beside the client id in the app's Basic Information.";
        }

        if (options.AppToken.Length == 0 && options.SigningSecret.Length == 0)
        {
            yield return "Slack:AppToken is missing: Slack:BotToken alone is not enough. Set it for sockets, or Slack:SigningSecret for HTTP.";
        }
        else if (options.AppToken.Length > 0 && !options.AppToken.StartsWith("xapp-", StringComparison.Ordinal))
        {
            yield return "Slack:AppToken must be an app-level token; those start with xapp-.";
        }

        if (!SlackHosts.IsAllowed(options.ApiBase, Uri.UriSchemeHttps, Uri.UriSchemeHttp))
        {
            yield return "Slack:ApiBase must be an absolute https address; http is for loopback only.";
        }
    }
}
