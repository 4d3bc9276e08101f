namespace M10Bot.News.Reading;

/// <summary>A word as a number: the same in every process, so it may be stored.</summary>
internal static class WordHash
{
    public static uint Of(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL; // FNV-1a, folded to 32 bits
        foreach (var c in word)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return (uint)(hash ^ (hash >> 32));
    }
}
