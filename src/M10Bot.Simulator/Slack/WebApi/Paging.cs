using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>Pages with an opaque cursor that names the last thing shown.</summary>
internal static class Paging
{
    // Slack says that cursors expire and not when.
    private const int CursorSeconds = 3_600;

    /// <summary>A refusal, or null and one page of <paramref name="all"/>.</summary>
    public static SlackAnswer? Cut<T>(SlackCall call, IReadOnlyList<T> all, Func<T, string> key, int most, out IReadOnlyList<T> page, out string next)
    {
        page = [];
        next = "";
        var args = call.Args;
        var now = call.Core.Time.GetUtcNow().ToUnixTimeSeconds();
        most = Math.Min(most, call.Core.Limits.LongestPage);
        var limit = args.Number("limit") ?? Math.Min(100, most);
        if (limit < 1 || limit > 1_000)
        {
            return SlackAnswer.No("invalid_limit");
        }

        var start = 0;
        if (args.Text("cursor") is { Length: > 0 } cursor)
        {
            var last = Decode(cursor, now);
            while (start < all.Count && !key(all[start]).Is(last))
            {
                start++;
            }

            if (start++ == all.Count)
            {
                return SlackAnswer.No("invalid_cursor");
            }
        }

        page = [.. all.Skip(start).Take(Math.Min(limit, most))];
        if (page.Count > 0 && start + page.Count < all.Count)
        {
            next = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"next:{now}:{key(page[^1])}")));
        }

        return null;
    }

    public static JsonObject Metadata(string next) => new() { ["next_cursor"] = next };

    public static bool IsBound(string? text, long otherwise, out long bound)
    {
        bound = otherwise;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds > 100_000_000_000m)
        {
            return false;
        }

        bound = (long)(seconds * 1_000_000m);
        return true;
    }

    private static string? Decode(string cursor, long now)
    {
        var bytes = new byte[cursor.Length];
        if (!Convert.TryFromBase64String(cursor, bytes, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 3);
        return parts is ["next", var made, var key] && long.TryParse(made, CultureInfo.InvariantCulture, out var at) && now - at <= CursorSeconds ? key : null;
    }
}
