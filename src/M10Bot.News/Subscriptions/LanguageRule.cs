namespace M10Bot.News.Subscriptions;

/// <summary>A subscription may ask for stories in some languages only. What language a story is in is not always told; then it comes.</summary>
public static class LanguageRule
{
    /// <param name="story">BCP 47, of the article that speaks for it.</param>
    public static RuleVerdict Judge(string? story, OrderRules order) =>
        order.Languages.Count == 0 || Primary(story) is not { Length: > 0 } language || order.Languages.Contains(language, StringComparer.Ordinal)
            ? RuleVerdict.Run
            : RuleVerdict.Spike;

    /// <summary>The language without its region, in lower case; empty where it is not told.</summary>
    public static string Primary(string? language) =>
        language?.Split('-', '_')[0].ToLowerInvariant() is { Length: > 0 } primary and not "und" && primary.All(char.IsAsciiLetter) ? primary : "";

    /// <summary>As the table has it; null for every language.</summary>
    internal static string? Write(IReadOnlyList<string> languages) => languages.Count == 0 ? null : $",{string.Join(',', languages)},";

    internal static IReadOnlyList<string> Read(string? languages) => languages?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
