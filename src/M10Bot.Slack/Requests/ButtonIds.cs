namespace M10Bot.Slack.Requests;

/// <summary>Our buttons' action ids: <c>m10.0.v3</c>, the place on the card and the card's version.</summary>
internal static class ButtonIds
{
    public const string Prefix = "m10.";

    public static bool IsOurs(string? actionId) => actionId?.StartsWith(Prefix, StringComparison.Ordinal) == true;
}
