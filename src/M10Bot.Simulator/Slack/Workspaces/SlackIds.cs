using System.Globalization;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>Ids of the app, and the shape of those that are made as it goes.</summary>
internal static class SlackIds
{
    public const string App = "A0M10BOT";
    public const string BotName = "m10bot";

    /// <summary>The bot's user id where an organisation installed the app and no workspace has it yet.</summary>
    public const string OrgBotUser = "U0ORGBOT";

    /// <summary>Microseconds as Slack writes a message's id: seconds, a point, six digits.</summary>
    public static string Ts(long microseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000}.{microseconds % 1_000_000:D6}");

    public static bool IsTs(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point is >= 1 and <= 11
            && text.Length - point == 7
            && text.AsSpan(0, point).IndexOfAnyExceptInRange('0', '9') < 0
            && text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    /// <summary>For bounds, where Slack takes seconds with or without a fraction.</summary>
    public static long? Microseconds(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000m
            ? (long)(seconds * 1_000_000m)
            : null;
}
