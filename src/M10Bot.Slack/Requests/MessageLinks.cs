using System.Text.RegularExpressions;
using M10Bot.News.Chat;

namespace M10Bot.Slack.Requests;

/// <summary>A link to a message, as “Copy link” gives it, names the message's thread in a typed command.</summary>
internal static partial class MessageLinks
{
    /// <summary>Such links become channel tokens (<c>&lt;#C1/1790000001.000200&gt;</c>), which the commands know; all else stays as it is.</summary>
    public static string AsThreads(string text) =>
        Link().Replace(text, link => link.Groups["channel"].Value[0] == 'D' ? link.Value // direct messages are no place to bring a thread to
            : link.Groups["thread"] is { Success: true } thread
            ? Token(link, thread.Value)
            : Token(link, $"{link.Groups["seconds"].Value}.{link.Groups["micros"].Value}"));

    /// <summary>What a link to a message names, and nothing but a link: its channel, its time stamp, and the thread it is a reply in.</summary>
    public static (string Channel, string Ts, string? Thread)? Read(string text)
    {
        var link = Link().Match(text.Trim());
        if (!link.Success || link.Length != text.Trim().Length)
        {
            return null;
        }

        var ts = $"{link.Groups["seconds"].Value}.{link.Groups["micros"].Value}";
        var thread = link.Groups["thread"] is { Success: true, Value: var root } && root != ts ? root : null;
        return (link.Groups["channel"].Value, ts, thread);
    }

    private static string Token(Match link, string thread) => $"<#{link.Groups["channel"].Value}{Destination.ThreadMark}{thread}>";

    // Slack sends a typed link in angle brackets, with what is shown of it after a bar.
    [GeneratedRegex(
        @"<?https://[a-z0-9.-]{1,100}\.slack(-gov)?\.com/archives/(?<channel>[CDG][A-Z0-9]{1,39})/p(?<seconds>[0-9]{10})(?<micros>[0-9]{6})(\?thread_ts=(?<thread>[0-9]{10}\.[0-9]{6})(&[^\s>|]{0,200})?)?(\|[^>]{0,400})?>?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Link();
}
