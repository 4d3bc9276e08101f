using System.ComponentModel.DataAnnotations;
using M10Bot.Discord.Rest;
using Microsoft.Extensions.Options;

namespace M10Bot.Discord;

/// <summary>Section <c>Discord</c>. Without a token the bot runs without Discord.</summary>
public sealed class DiscordOptions
{
    /// <summary>The bot's token, without <c>Bot </c> before it. A secret.</summary>
    public string? Token { get; init; }

    /// <summary>The application's id; learnt at sign-in where it is not set.</summary>
    [RegularExpression("^[0-9]{1,20}$")]
    public string? ApplicationId { get; init; }

    /// <summary>The application's public key, 64 hexadecimal digits; set, interactions are taken over HTTP at <c>/discord/interactions</c>.</summary>
    [RegularExpression("^[0-9a-fA-F]{64}$")]
    public string? PublicKey { get; init; }

    /// <summary>Where the API is. Plain http is for loopback addresses alone.</summary>
    [Required]
    public string ApiBase { get; init; } = "https://discord.com/api/v10";

    /// <summary>Where the commands are registered: once for all servers, or in each server by itself (shown there at once).</summary>
    [EnumDataType(typeof(CommandScope))]
    public CommandScope CommandScope { get; init; } = CommandScope.Global;

    /// <summary>With Global: people can add the bot to their own account and use its commands everywhere, in direct messages too.</summary>
    public bool IsUserInstallable { get; init; } = true;

    /// <summary>With <see cref="CommandScope.Guild"/>: the only server to register in; null for every server the bot is in.</summary>
    [RegularExpression("^[0-9]{1,20}$")]
    public string? GuildId { get; init; }

    /// <summary>Requests per second over all routes but interactions. Discord allows 50.</summary>
    [Range(1, 1_000_000)]
    public int GlobalPerSecond { get; init; } = 45;

    /// <summary>Posts, and apart from them edits, per channel in five seconds; Discord's headers may ask for less.</summary>
    [Range(1, 1_000_000)]
    public int ChannelPer5Seconds { get; init; } = 5;

    /// <summary>Of those edits, how many in six seconds may be of messages more than an hour old.</summary>
    [Range(1, 1_000_000)]
    public int OldEditsPer6Seconds { get; init; } = 3;

    /// <summary>Edits per hour and channel of published announcements.</summary>
    [Range(1, 1_000_000)]
    public int PublishedEditsPerHour { get; init; } = 3;

    /// <summary>Announcements per hour and channel that are published to those who follow the channel.</summary>
    [Range(1, 1_000_000)]
    public int CrosspostsPerHour { get; init; } = 10;

    /// <summary>Direct messages opened in a minute; Discord takes many as abuse.</summary>
    [Range(1, 1_000_000)]
    public int DirectOpensPerMinute { get; init; } = 20;

    /// <summary>A limit that ends within this time is waited for in place; what a longer one holds up is put off.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often one request is sent that short limits turn away, before it is put off.</summary>
    [Range(1, 10)]
    public int TriesAtLimit { get; init; } = 3;

    /// <summary>How long a channel that Discord finds too busy gets one message in five seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan SlowFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Refused requests (401, 403, 429) in ten minutes at which the log warns.</summary>
    [Range(10, 9_000)]
    public int InvalidRequestWarning { get; init; } = 1_000;

    /// <summary>Refused requests (401, 403, 429) in ten minutes at which all traffic pauses. Discord bans the address at 10,000.</summary>
    [Range(10, 9_000)]
    public int InvalidRequestCeiling { get; init; } = 5_000;

    /// <summary>The longest one request may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after an attempt Discord surely still refuses a second message with the same nonce.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:03:00")]
    public TimeSpan NonceWindow { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>True renders cards as components, false as classic embeds.</summary>
    public bool UseComponents { get; init; } = true;

    /// <summary>Where the keys lie that webhooks are encrypted with. Replicas share it.</summary>
    [Required]
    public string KeyFolder { get; init; } = "data/keys";

    /// <summary>Asks the gateway for compressed messages.</summary>
    public bool CompressGateway { get; init; } = true;

    /// <summary>How many connections (shards) share the servers; 0 for as many as Discord advises. With replicas, set a number.</summary>
    [Range(0, 10_000)]
    public int ShardCount { get; init; }

    /// <summary>The first of the shards that this deployment keeps.</summary>
    [Range(0, 10_000)]
    public int FirstShard { get; init; }

    /// <summary>The last of them; null for all from the first on.</summary>
    [Range(0, 10_000)]
    public int? LastShard { get; init; }

    /// <summary>A command that is not done by then is answered by "in a moment" and its reply put in later. Discord allows 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:02")]
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The longest a command may run. Discord takes no reply after 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:14:00")]
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Members with one of these roles count as editors.</summary>
    public IReadOnlyList<string> EditorRoleIds { get; init; } = [];

    /// <summary>These people count as editors, in direct messages too.</summary>
    public IReadOnlyList<string> EditorUserIds { get; init; } = [];
}

/// <summary>Where the commands are registered.</summary>
public enum CommandScope
{
    Global,
    Guild,
}

[OptionsValidator]
internal sealed partial class DiscordOptionsRanges : IValidateOptions<DiscordOptions>;

/// <summary>What ranges can't say.</summary>
internal sealed class DiscordOptionsRules : IValidateOptions<DiscordOptions>
{
    public ValidateOptionsResult Validate(string? name, DiscordOptions options)
    {
        var faults = new List<string>();
        if (!Uri.TryCreate(options.ApiBase, UriKind.Absolute, out var api) || !SafeAddress.MayCarryToken(api))
        {
            faults.Add("Discord:ApiBase must be an https address; http is allowed for loopback addresses only.");
        }

        if (options.ShardCount > 0 && (options.FirstShard >= options.ShardCount || options.LastShard >= options.ShardCount))
        {
            faults.Add("Discord:FirstShard and Discord:LastShard must be below Discord:ShardCount; the first shard is 0.");
        }

        if (options.LastShard < options.FirstShard)
        {
            faults.Add("Discord:LastShard must not be below Discord:FirstShard.");
        }

        if (options.ShardCount == 0 && (options.FirstShard > 0 || options.LastShard is not null))
        {
            faults.Add("Discord:ShardCount must be set where Discord:FirstShard or Discord:LastShard is: all deployments must agree on it.");
        }

        if (options.Token is { } token && token.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            faults.Add("Discord:Token holds a space or a control character; give the bare token, without 'Bot ' before it.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
