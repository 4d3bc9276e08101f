namespace M10Bot.News.Commands;

/// <summary>How many slips of the finger lie between two words (optimal string alignment).</summary>
internal static class EditDistance
{
    /// <summary>The candidate within a third of the word's length; the nearest one, the first of equals; null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is < 2 or > 60)
        {
            return null;
        }

        var near = candidates
            .Select(c => (Word: c, Distance: Between(word.ToLowerInvariant(), c.ToLowerInvariant())))
            .Where(c => c.Distance <= Math.Max(1, (word.Length + 1) / 3))
            .ToArray();
        return near.Length == 0 ? null : near.MinBy(c => c.Distance).Word;
    }

    public static int Between(string a, string b)
    {
        var rows = new int[a.Length + 1][];
        rows[0] = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            rows[i] = new int[b.Length + 1];
            rows[i][0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(rows[i - 1][j] + 1, rows[i][j - 1] + 1), rows[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    least = Math.Min(least, rows[i - 2][j - 2] + 1);
                }

                rows[i][j] = least;
            }
        }

        return rows[a.Length][b.Length];
    }
}
