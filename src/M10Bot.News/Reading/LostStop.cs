using System.Collections.Frozen;

namespace M10Bot.News.Reading;

/// <summary>Finds where an English sentence begins without a full stop before it, as where a caption and the text were joined: "… from driving The brother of …".</summary>
/// <remarks>
/// Only a short word tells, with a capital and before a small letter: in names and titles (The Guardian) the next word has a capital
/// too. "A" is left out (Serie A, an A student); those of two letters may end a name (Ms An said) and count after a small letter's word alone.
/// </remarks>
internal static class LostStop
{
    private static readonly FrozenSet<string> Openers = FrozenSet.Create(
        StringComparer.Ordinal,
        "The", "An", "This", "These", "Those", "He", "She", "It", "It's", "It’s", "They", "We", "His", "Her", "Its", "Their", "But", "And", "In", "On", "At", "As", "After", "Before", "There");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Openers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="at">Of the space between the two.</param>
    public static bool IsAt(ReadOnlySpan<char> text, int at)
    {
        if (at < 2 || at + 2 >= text.Length || !char.IsUpper(text[at + 1]) || !(char.IsLower(text[at - 1]) || char.IsDigit(text[at - 1]) || text[at - 1] is '’' or '\'' or '"' or '”' or ')'))
        {
            return false;
        }

        var end = at + 1;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] is '\'' or '’'))
        {
            end++;
        }

        return end + 1 < text.Length && text[end] == ' ' && char.IsLower(text[end + 1]) && Lookup.Contains(text[(at + 1)..end])
            && (end > at + 3 || !char.IsUpper(text[text[..at].LastIndexOf(' ') + 1]));
    }
}
