using System.Text;

namespace M10Bot.News.Chat;

/// <summary>Puts what a platform shows as a channel's name in the place of the channel's id.</summary>
public static class ChannelNames
{
    /// <param name="words">Made safe for the platform already; an id, of letters and digits alone, is in it as it was.</param>
    /// <param name="channels">The ids that are meant, and no others.</param>
    /// <param name="mention">The platform's word for a channel; null for what is no id of one.</param>
    public static string In(string words, IReadOnlyList<string> channels, Func<string, string?> mention)
    {
        foreach (var id in channels)
        {
            words = id.Length > 0 && mention(id) is { } name ? In(words, id, name) : words;
        }

        return words;
    }

    private static string In(string words, string id, string name)
    {
        var named = new StringBuilder(words.Length);
        var done = 0;
        for (var at = words.IndexOf(id, StringComparison.Ordinal); at >= 0; at = words.IndexOf(id, at + id.Length, StringComparison.Ordinal))
        {
            var end = at + id.Length;
            var isWhole = (at == 0 || !IsPart(words[at - 1])) && (end == words.Length || !IsPart(words[end]));
            if (isWhole)
            {
                named.Append(words, done, at - done).Append(name);
                done = end;
            }
        }

        return done == 0 ? words : named.Append(words, done, words.Length - done).ToString();
    }

    // What is part of a longer word, of a mention that stands already or of an address is left.
    private static bool IsPart(char neighbour) => char.IsLetterOrDigit(neighbour) || neighbour is '#' or '/' or '@' or '&' or '=';
}
