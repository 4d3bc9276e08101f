using M10Bot.Discord.Rendering;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Interactions;

/// <summary>A button's command as <c>custom_id</c>: <c>command|option=value|…</c>, at most 100 characters. Values are opaque keys, never outside text.</summary>
internal static class CustomId
{
    private const int Most = 100;

    /// <summary>Null where the action is no command or does not fit.</summary>
    public static string? Encode(CardAction action)
    {
        if (action.Command is not { Length: > 0 } command)
        {
            return null;
        }

        var parts = action.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{Escape(a.Key)}={Escape(a.Value)}");
        var id = string.Join('|', parts.Prepend(Escape(command)));
        return DiscordText.Length(id) <= Most ? id : null;
    }

    public static bool TryDecode(string? id, out string command, out IReadOnlyDictionary<string, string> arguments)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        arguments = read;
        command = "";
        if (id is null || DiscordText.Length(id) > Most)
        {
            return false;
        }

        var parts = id.Split('|');
        command = Uri.UnescapeDataString(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !read.TryAdd(Uri.UnescapeDataString(part[..at]), Uri.UnescapeDataString(part[(at + 1)..])))
            {
                return false;
            }
        }

        return command.Length > 0;
    }

    private static string Escape(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("|", "%7C", StringComparison.Ordinal)
        .Replace("=", "%3D", StringComparison.Ordinal);
}
