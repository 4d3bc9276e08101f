using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>What a person sees come of what they did.</summary>
/// <param name="Error">Null where it went well; else Slack's word for it, e.g. <c>operation_timeout</c>.</param>
public sealed record SlackOutcome(string? Error)
{
    public static SlackOutcome Fine { get; } = new((string?)null);

    public bool IsFine => Error is null;

    /// <summary>True where the person asked for something that is not there: nothing reached the app.</summary>
    public bool IsImpossible { get; init; }

    /// <summary>By block id: what the app says is wrong with a modal's fields.</summary>
    public IReadOnlyDictionary<string, string> FieldErrors { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>For a select that asks the app: what it offers.</summary>
    public JsonArray? Options { get; init; }

    /// <summary>The same in groups, where the app answered with groups.</summary>
    public JsonArray? OptionGroups { get; init; }

    /// <summary>True where another app that came later owns the command.</summary>
    public bool IsAnsweredByAnotherApp { get; init; }

    public static SlackOutcome Impossible(string why) => new(why) { IsImpossible = true };
}
