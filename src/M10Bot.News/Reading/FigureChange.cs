namespace M10Bot.News.Reading;

/// <summary>A number that two versions of an article give differently, told in the words of the newer one.</summary>
internal sealed class FigureChange(string language)
{
    private const int MostLead = 60; // characters of a clause before its number
    private const int FewestWords = 3; // of a clause that says what is counted

    private readonly CountReader _reader = new(language);

    /// <summary>E.g. <c>The death toll: 12 → 19</c> or <c>At least 12 → 19 people were killed in Kharkiv</c>; null where no number is another one.</summary>
    /// <param name="isShown">Whether the card shows a sentence anyway.</param>
    public string? Tell(string before, string after, Func<string, bool> isShown)
    {
        var (old, counts) = (ByKey(_reader.Read(before)), _reader.Read(after));
        var now = ByKey(counts);
        (Count Was, string Line, bool IsShown, string Value)? first = null;
        foreach (var count in counts)
        {
            if (count.Keys.Where(k => now[k] is not null).Select(k => old.GetValueOrDefault(k)).FirstOrDefault(w => w is not null && !IsSame(w, count)) is not { } was
                || (first is { } told && !(IsSame(was, told.Was) && string.Equals(count.Value, told.Value, StringComparison.Ordinal)))
                || Line(was, count, isShown) is not { } line)
            {
                continue;
            }

            // Of sentences that tell the same change, one that the card does not show says more.
            first = first is null || (first.Value.IsShown && !isShown(count.Sentence)) ? (was, line, isShown(count.Sentence), count.Value) : first;
        }

        return first?.Line;
    }

    private static bool IsSame(Count a, Count b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal);

    /// <summary>Null where the same words have two numbers: nobody knows which became which.</summary>
    private static Dictionary<string, Count?> ByKey(List<Count> counts)
    {
        var found = new Dictionary<string, Count?>(StringComparer.Ordinal);
        foreach (var count in counts)
        {
            foreach (var key in count.Keys)
            {
                found[key] = found.TryGetValue(key, out var other) && !string.Equals(other?.Value, count.Value, StringComparison.Ordinal) ? null : other ?? count;
            }
        }

        return found;
    }

    private string? Line(Count was, Count now, Func<string, bool> isShown)
    {
        var sentence = now.Sentence;
        var (from, to) = Clause(now);
        if (Holds(sentence[from..to], was.Text))
        {
            return isShown(sentence) ? null : Piece(sentence, from, from, "", to); // "rose from 12 to 19" says it itself
        }

        var step = $"{Small(was.Text)} → {Small(now.Text)}";
        if (Counted(sentence[from..now.Start]) is { } counted)
        {
            return $"{counted}: {step}{Unit(sentence[now.End..to])}";
        }

        return Piece(sentence, from, now.Start, now.Start == 0 ? char.ToUpperInvariant(step[0]) + step[1..] : step, to, now.End);
    }

    private static bool Holds(string text, string number) =>
        text.IndexOf(number, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
        && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + number.Length == text.Length || !char.IsLetterOrDigit(text[at + number.Length]));

    // A number in words begins no sentence here.
    private static string Small(string number) => char.IsLetter(number[0]) ? char.ToLowerInvariant(number[0]) + number[1..] : number;

    /// <summary>The clause around the number, and the one before it where it says too little: <c>…, killing 19</c>.</summary>
    private (int From, int To) Clause(Count count)
    {
        var sentence = count.Sentence;
        var (from, to) = (Back(count.Start), Ahead(count.End));
        while (from > 0 && sentence[from - 1] is ',' or ':' or '–' or '—' && Words(from, to) < FewestWords)
        {
            from = Back(from - 1);
        }

        while (from < count.Start && char.IsWhiteSpace(sentence[from]))
        {
            from++;
        }

        return (from, to);

        int Back(int at)
        {
            while (at > 0 && !CountReader.IsBreak(sentence, at - 1))
            {
                at--;
            }

            return at;
        }

        int Ahead(int at)
        {
            while (at < sentence.Length && !CountReader.IsBreak(sentence, at))
            {
                at++;
            }

            return at;
        }

        int Words(int start, int end) => sentence[start..end].Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(w => char.IsLetter(w[0]) && !_reader.IsEmpty(NumberWords.Fold(w)));
    }

    /// <summary>What stands before <c>rose to</c>; null where no verb of the kind does.</summary>
    private static string? Counted(string lead)
    {
        var words = lead.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var verb = words.FindLastIndex(w => CountReader.IsStep(NumberWords.Fold(w)));
        if (verb < 0 || words.Skip(verb + 1).Any(w => NumberWords.Fold(w) is not ("to" or "at" or "least" or "about" or "around" or "nearly" or "almost" or "over" or "sharply" or "again" or "further" or "up" or "down")))
        {
            return null;
        }

        while (verb > 0 && NumberWords.Fold(words[verb - 1]) is "has" or "have" or "had" or "was" or "is" or "were" or "are" or "been" or "now" or "will" or "could" or "may")
        {
            verb--;
        }

        var start = words.FindLastIndex(verb > 0 ? verb - 1 : 0, w => NumberWords.Fold(w) is "said" or "says" or "that" or "and" or "but" or "while" or "as") + 1;
        return verb - start is >= 2 and <= 9 ? string.Join(' ', words[start..verb]) : null;
    }

    /// <summary>The words right behind the number that say what it counts.</summary>
    private string Unit(string tail)
    {
        var words = tail.TrimEnd('.').Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeWhile(w => char.IsLetter(w[0]) && !_reader.IsEmpty(NumberWords.Fold(w))).Take(2).ToList();
        return words.Count == 0 ? "" : $" {string.Join(' ', words)}";
    }

    /// <summary>A piece of the sentence with other words in the place of its number; points say where it was cut.</summary>
    private static string Piece(string sentence, int from, int at, string words, int to, int? next = null)
    {
        var start = from;
        if (at - start > MostLead)
        {
            start = sentence.IndexOf(' ', at - MostLead) + 1;
        }

        var piece = $"{sentence[start..at]}{words}{sentence[(next ?? at)..to].TrimEnd('.', ' ')}";
        return start > 0 && char.IsLower(piece[0]) ? $"…{piece}" : piece;
    }
}
