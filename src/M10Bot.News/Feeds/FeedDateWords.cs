using System.Collections.Frozen;

namespace M10Bot.News.Feeds;

/// <summary>The words that stand in dates: names of zones and of months.</summary>
internal static class FeedDateWords
{
    private static readonly FrozenDictionary<string, int> Zones = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["WET"] = 0,
        ["WEST"] = 60,
        ["BST"] = 60,
        ["CET"] = 60,
        ["MET"] = 60,
        ["MEZ"] = 60,
        ["CEST"] = 120,
        ["MEST"] = 120,
        ["MESZ"] = 120,
        ["EET"] = 120,
        ["EEST"] = 180,
        ["MSK"] = 180,
        ["IST"] = 330,
        ["JST"] = 540,
        ["KST"] = 540,
        ["AEST"] = 600,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
        ["HKT"] = 480,
        ["SGT"] = 480,
        ["AT"] = -240,
        ["AST"] = -240,
        ["ADT"] = -180,
        ["ET"] = -300,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CT"] = -360,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MT"] = -420,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PT"] = -480,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["AKST"] = -540,
        ["AKDT"] = -480,
        ["HST"] = -600,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first letters of a month's name that tell it apart, in the languages feeds are written in.</summary>
    private static readonly (string Start, int Month)[] Months =
    [
        ("jan", 1), ("ene", 1), ("gen", 1), ("янв", 1), ("ιαν", 1), ("feb", 2), ("fév", 2), ("fev", 2), ("фев", 2), ("φεβ", 2), ("febr", 2),
        ("mar", 3), ("mär", 3), ("maa", 3), ("mrt", 3), ("már", 3), ("мар", 3), ("μαρ", 3), ("μάρ", 3), ("apr", 4), ("avr", 4), ("abr", 4), ("ápr", 4), ("апр", 4), ("απρ", 4),
        ("may", 5), ("mai", 5), ("mei", 5), ("mag", 5), ("máj", 5), ("май", 5), ("мая", 5), ("μάι", 5), ("μαϊ", 5), ("μαΐ", 5), ("jun", 6), ("juin", 6), ("giu", 6), ("jún", 6), ("июн", 6), ("ιούν", 6),
        ("jul", 7), ("juil", 7), ("lug", 7), ("júl", 7), ("июл", 7), ("ιούλ", 7), ("aug", 8), ("ago", 8), ("aoû", 8), ("aou", 8), ("авг", 8), ("αύγ", 8), ("αυγ", 8),
        ("sep", 9), ("set", 9), ("szep", 9), ("сен", 9), ("σεπ", 9), ("oct", 10), ("okt", 10), ("ott", 10), ("out", 10), ("окт", 10), ("οκτ", 10),
        ("nov", 11), ("ноя", 11), ("νοέ", 11), ("νοε", 11), ("dec", 12), ("dez", 12), ("déc", 12), ("dic", 12), ("дек", 12), ("δεκ", 12),
    ];

    /// <param name="minutes">East of UTC.</param>
    public static bool TryZone(ReadOnlySpan<char> word, out int minutes) => Zones.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out minutes);

    /// <returns>1 to 12; 0 where the word names no month.</returns>
    public static int Month(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[Math.Min(word.Length, 12)];
        word[..lower.Length].ToLowerInvariant(lower);
        var first = (ReadOnlySpan<char>)lower[..Math.Min(lower.Length, 3)];
        if (first is "mon" or "tue" or "wed" or "thu" or "fri" or "sat" or "sun")
        {
            return 0; // the days that most dates begin with
        }

        foreach (var (start, month) in Months)
        {
            if (((ReadOnlySpan<char>)lower).StartsWith(start, StringComparison.Ordinal))
            {
                return month;
            }
        }

        return 0;
    }
}
