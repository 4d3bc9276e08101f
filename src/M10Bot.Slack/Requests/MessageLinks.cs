using System.Text.RegularExpressions;
using M10Bot.News.Chat;

namespace M10Bot.Slack.Requests;

/// <summary>A link to a message, as “Copy link” gives it, names the message's thread in a typed command.</summary>
internal static partial class MessageLinks
{
    /// <summary>Such links become channel tokens (<c>&lt;#C1/1790000001.000200&gt;</c>), which the commands know; all else stays as it is.</summary>
    public static string AsThreads(string text) =>
        Link().Replace(text, link => link.Groups["thread"] is { Success: true } thread
            ? Token(link, thread.Value)
            : Token(link, $"{link.Groups["seconds"].Value}.{link.Groups["micros"].Value}"));

    private static string Token(Match link, string thread) => $"<#{link.Groups["channel"].Value}{Destination.ThreadMark}{thread}>";

    // Slack sends a typed link in angle brackets, with what is shown of it after a bar.
    [GeneratedRegex(
        @"<?https://[a-z0-9.-]{1,100}\.slack(-gov)?\.com/archives/(?<channel>[CG][A-Z0-9]{1,39})/p(?<seconds>[0-9]{10})(?<micros>[0-9]{6})(\?thread_ts=(?<thread>[0-9]{10}\.[0-9]{6})(&[^\s>|]{0,200})?)?(\|[^>]{0,400})?>?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Link();
}
