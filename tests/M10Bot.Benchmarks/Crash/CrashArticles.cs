using System.Globalization;

namespace M10Bot.Benchmarks.Crash;

/// <summary>Articles as the desk would drop them; which story a message shows, and which version, can be read from its words.</summary>
internal static class CrashArticles
{
    private const string Place = "Harbour of ";
    private const string Corrected = "with two ships";

    public static string Report(int story) =>
        $"""
        Slug: harbour-{Spell(story)}

        {Place}{Spell(story)} reopens after the storm
        The harbour of {Spell(story)} reopened on Monday, said {Spell(story * 7)} of the {Spell(story * 13)} line.

        """;

    public static string Correction(int story) =>
        $"""
        Slug: harbour-{Spell(story)}
        Status: correction
        Note: an earlier version counted one ship; there were two.

        {Place}{Spell(story)} reopens {Corrected}
        The harbour of {Spell(story)} reopened on Monday {Corrected}, said {Spell(story * 7)} of the {Spell(story * 13)} line.

        """;

    /// <summary>The story a message is about; null where it is no story of ours.</summary>
    public static string? StoryIn(string message)
    {
        var at = message.IndexOf(Place, StringComparison.Ordinal);
        return at < 0 ? null : message[(at + Place.Length)..].Split(' ', 2)[0];
    }

    public static bool IsCorrected(string message) => message.Contains(Corrected, StringComparison.Ordinal);

    /// <summary>Letters instead of figures, so that no two stories read alike.</summary>
    public static string Spell(int number) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(c => (char)('K' + (c - '0')))) + "ville";
}
