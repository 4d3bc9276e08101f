namespace M10Bot.Slack.Requests;

/// <summary>Our action ids: <c>m10.0.v3</c> for a button, its place on the card and the card's version; <c>m10.pick.latest.topic</c> for a select.</summary>
internal static class ButtonIds
{
    public const string Prefix = "m10.";

    private const string Pick = "m10.pick.";

    public static bool IsOurs(string? actionId) => actionId?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    public static string PickOf(string command, string option) => $"{Pick}{command}.{option}";

    /// <summary>The command and the option that a select fills; false for what is no select of ours.</summary>
    public static bool IsPick(string? actionId, out string command, out string option)
    {
        var parts = actionId?.StartsWith(Pick, StringComparison.Ordinal) == true ? actionId[Pick.Length..].Split('.') : [];
        (command, option) = parts is [var first, var second] ? (first, second) : ("", "");
        return command.Length > 0 && option.Length > 0;
    }
}
