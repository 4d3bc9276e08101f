namespace M10Bot.News.Reading;

/// <summary>Finds every clue in a line in one pass; of clues that begin at one word the longest counts.</summary>
internal sealed class ClueIndex
{
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _steps = [];
    private readonly List<List<Clue>> _ends = [[]];

    public ClueIndex(IEnumerable<Clue> clues)
    {
        foreach (var clue in clues)
        {
            Add(clue, clue.Words);
            if (clue.Case == ClueCase.Any && !clue.Words.EndsWith('s') && !clue.Words.EndsWith('y'))
            {
                Add(clue, clue.Words + "s");
            }
        }
    }

    /// <param name="found">Gets each clue with where it stands.</param>
    public void Search(string line, Action<Clue, int, int> found)
    {
        var words = new List<(Token Token, int Word)>(line.Length / 6);
        var lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        Tokens.Read(line, (token, folded) => words.Add((token, lookup.TryGetValue(folded, out var word) ? word : -1)));
        var shape = LineShape.Of(line, words);
        for (var i = 0; i < words.Count; i++)
        {
            i += Math.Max(0, Longest(line, words, i, shape, found) - 1);
        }
    }

    /// <returns>How many words the clues at this word take up; 0 where there are none.</returns>
    private int Longest(string line, List<(Token Token, int Word)> words, int at, LineShape shape, Action<Clue, int, int> found)
    {
        var node = 0;
        var best = (Node: 0, Count: 0);
        for (var i = at; i < words.Count && words[i].Word >= 0 && _steps.TryGetValue(Step(node, words[i].Word), out node); i++)
        {
            if (_ends[node].Count > 0 && _ends[node].Exists(clue => shape.Fits(clue, line, words, at, i)))
            {
                best = (node, i - at + 1);
            }
        }

        if (best.Count > 0)
        {
            var last = at + best.Count - 1;
            foreach (var clue in _ends[best.Node].Where(clue => shape.Fits(clue, line, words, at, last)))
            {
                found(clue, words[at].Token.Start, words[last].Token.End);
            }
        }

        return best.Count;
    }

    private void Add(Clue clue, string phrase)
    {
        var node = 0;
        Tokens.Read(phrase, (_, folded) =>
        {
            var word = folded.ToString();
            if (!_words.TryGetValue(word, out var id))
            {
                id = _words.Count;
                _words.Add(word, id);
            }

            if (!_steps.TryGetValue(Step(node, id), out var next))
            {
                next = _ends.Count;
                _ends.Add([]);
                _steps.Add(Step(node, id), next);
            }

            node = next;
        });
        _ends[node].Add(clue);
    }

    private static long Step(int node, int word) => ((long)node << 32) | (uint)word;
}
