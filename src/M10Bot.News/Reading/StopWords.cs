using System.Collections.Frozen;

namespace M10Bot.News.Reading;

/// <summary>English words that say nothing of what a text is about, and the endings of those that do.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> Words = (
        "a about above after again against all also although am an and another any are as at back be became because been before being below between both but by "
        + "came can cannot come could did do does doing done down during each either else even ever every few for from further get gets give go goes going gone got "
        + "had has have having he her here hers herself him himself his how however i if in into is isnt it its itself just know last least less let like made make many "
        + "may me might more most much must my myself near never new next no nor not now of off often on once one only onto or other others our out over own per put "
        + "quite rather really said same saw say says see seen she should since so some still such take than that the their theirs them then there these they this those "
        + "though through thus to told too took toward towards under until up upon us use used using very was way we well were what when where whether which while who "
        + "whom whose why will with within without would yet you your yours im ive dont didnt doesnt wasnt werent hes shes thats theyre were weve wont cant "
        + "mr mrs ms dr according asked added tuesday wednesday thursday friday saturday sunday monday").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => Lookup.Contains(word);

    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> word) => word switch
    {
        { Length: > 5 } when word.EndsWith("ies") => word[..^3],
        { Length: > 6 } when word.EndsWith("ing") => word[..^3],
        { Length: > 5 } when word.EndsWith("ed") => word[..^2],
        { Length: > 5 } when word.EndsWith("es") => word[..^2],
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss") => word[..^1],
        { Length: > 4 } when word[^1] is 'y' or 'e' => word[..^1],
        _ => word,
    };
}
