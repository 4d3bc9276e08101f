using System.Text.RegularExpressions;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Webhooks;

/// <summary>A webhook of a channel. Whoever knows its token may write there: never logged, never shown.</summary>
/// <param name="Channel">The channel it writes in; empty while that is not known.</param>
internal sealed partial record Webhook(string Id, string Token, string Channel)
{
    private const char Mark = '/';

    /// <summary>The webhook that a pasted URL names; null for anything else. Only id and token are taken of it: where requests go is never a stranger's choice.</summary>
    public static Webhook? Parse(string text) =>
        UrlPattern().Match(text.Trim().TrimStart('<').TrimEnd('>')) is { Success: true } match ? new Webhook(match.Groups["id"].Value, match.Groups["token"].Value, "") : null;

    /// <summary>The receipt of a message that it wrote: its id stands beside the channel, for nobody but it can change the message.</summary>
    public Receipt Receipt(string channel, string message) => new($"{channel}{Mark}{Id}", message);

    /// <summary>The channel or thread of such a message, and who wrote it; null for one that the bot itself wrote.</summary>
    public static (string Channel, string Webhook)? WriterOf(Receipt receipt) =>
        receipt.Channel.Split(Mark) is [var channel, var webhook] ? (channel, webhook) : null;

    /// <summary>The thread to be named where something is in one.</summary>
    public string? ThreadOf(string place) => string.Equals(place, Channel, StringComparison.Ordinal) ? null : place;

    public override string ToString() => $"webhook {Id}";

    [GeneratedRegex(
        @"^https://(?:(?:canary|ptb)\.)?discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/(?<id>[0-9]{1,20})/(?<token>[A-Za-z0-9_-]{1,200})/?(?:\?[^\s#]*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000)]
    private static partial Regex UrlPattern();
}
