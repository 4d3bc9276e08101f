using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>What Slack makes of text: what it rewrites on the way in, and whom it alerts.</summary>
internal static partial class Wording
{
    private const int Patience = 1_000;

    /// <summary>Bare addresses come back in angle brackets and stray marks as entities, so a text is never what was sent.</summary>
    public static string Rewrite(string text)
    {
        if (text.AsSpan().IndexOfAny('<', '>', '&') < 0 && !text.Contains("://", StringComparison.Ordinal))
        {
            return text;
        }

        var written = new StringBuilder(text.Length + 16);
        var from = 0;
        foreach (var token in Token().EnumerateMatches(text))
        {
            AppendPlain(written, text[from..token.Index]);
            written.Append(text, token.Index, token.Length);
            from = token.Index + token.Length;
        }

        AppendPlain(written, text[from..]);
        return written.ToString();
    }

    /// <summary>Everyone the text and the blocks would alert, in order, none twice.</summary>
    public static IReadOnlyList<string> Alerts(string text, JsonElement? blocks, bool bareNames)
    {
        List<string>? found = null;
        Read(text, bareNames, ref found);
        if (blocks is { } array)
        {
            Walk(array, ref found);
        }

        return found is null ? [] : [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static void Walk(JsonElement element, ref List<string>? found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(item, ref found);
            }

            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        switch (element.Text("type"))
        {
            case "mrkdwn":
                Read(element.Text("text") ?? "", !element.Flag("verbatim"), ref found);
                return;
            case "markdown":
                Read(element.Text("text") ?? "", bareNames: true, ref found);
                return;
            case "broadcast":
                (found ??= []).Add(element.Text("range") ?? "channel");
                return;
            case "user" when element.Text("user_id") is { } user:
                (found ??= []).Add(user);
                return;
            case "usergroup" when element.Text("usergroup_id") is { } group:
                (found ??= []).Add(group);
                return;
        }

        foreach (var member in element.EnumerateObject())
        {
            Walk(member.Value, ref found);
        }
    }

    private static void Read(string text, bool bareNames, ref List<string>? found)
    {
        if (text.AsSpan().IndexOfAny('<', '@') < 0)
        {
            return;
        }

        foreach (Match mention in Mention().Matches(text))
        {
            (found ??= []).Add(mention.Groups["who"].Value);
        }

        if (bareNames)
        {
            foreach (Match mention in BareMention().Matches(text))
            {
                (found ??= []).Add(mention.Groups["who"].Value);
            }
        }
    }

    private static void AppendPlain(StringBuilder written, string plain)
    {
        var from = 0;
        foreach (var mark in Mark().EnumerateMatches(plain))
        {
            written.Append(plain, from, mark.Index - from);
            var found = plain.AsSpan(mark.Index, mark.Length);
            _ = found switch
            {
                "<" => written.Append("&lt;"),
                ">" => written.Append("&gt;"),
                "&" => written.Append("&amp;"),
                _ => written.Append('<').Append(found).Append('>'),
            };
            from = mark.Index + mark.Length;
        }

        written.Append(plain, from, plain.Length - from);
    }

    [GeneratedRegex(@"<(?:[@#!]|https?:|mailto:|tel:)[^<>\n]*>|&(?:amp|lt|gt);", RegexOptions.None, Patience)]
    private static partial Regex Token();

    [GeneratedRegex(@"https?://[^\s<>|&]+(?:&(?!amp;|lt;|gt;)[^\s<>|&]+)*|[<>&]", RegexOptions.None, Patience)]
    private static partial Regex Mark();

    [GeneratedRegex(@"<(?:!(?<who>here|channel|everyone)|@(?<who>[UW][A-Z0-9]+)|!subteam\^(?<who>S[A-Z0-9]+))(?:\|[^<>]*)?>", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Mention();

    [GeneratedRegex(@"(?<![\w<@!])@(?<who>here|channel|everyone)\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex BareMention();
}
