namespace M10Bot.Benchmarks.Crash;

/// <summary>What readers see at the end, by story and channel, against what they were owed.</summary>
/// <param name="Platform">Where.</param>
/// <param name="Owed">Stories times channels.</param>
/// <param name="Shown">Seen at least once.</param>
/// <param name="Lost">Never seen.</param>
/// <param name="Twice">Seen more than once.</param>
/// <param name="Stale">Seen, but not as last corrected, or corrected where nothing was.</param>
internal sealed record CrashCount(string Platform, int Owed, int Shown, int Lost, int Twice, int Stale)
{
    public static CrashCount Of(string platform, IEnumerable<(string Channel, string Text)> messages, IReadOnlySet<string> corrected, CrashOptions options)
    {
        var seen = messages.GroupBy(m => (m.Channel, Story: CrashArticles.StoryIn(m.Text))).Where(g => g.Key.Story is not null).ToList();
        var owed = options.Stories * options.Channels;
        return new CrashCount(
            platform,
            owed,
            seen.Count,
            owed - seen.Count,
            seen.Count(g => g.Count() > 1),
            seen.Count(g => g.Any(m => CrashArticles.IsCorrected(m.Text) != corrected.Contains(g.Key.Story!))));
    }
}
