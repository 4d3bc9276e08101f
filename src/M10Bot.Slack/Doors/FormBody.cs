using System.Text;

namespace M10Bot.Slack.Doors;

/// <summary>A form as Slack posts it.</summary>
internal static class FormBody
{
    /// <summary>By name; the last one where a name stands twice.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            fields[Decode(parts[0])] = parts.Length == 2 ? Decode(parts[1]) : "";
        }

        return fields;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
