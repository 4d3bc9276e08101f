using M10Bot.News.Articles;

namespace M10Bot.News.Reading.Checks;

/// <summary>What stands in an article, laid out to be asked: its words, pairs of words, numbers and quotations.</summary>
internal sealed class SourceWords
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _capitals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _small = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _pairs = [];

    public SourceWords(Article article)
    {
        string[] lines = [article.Headline, .. article.Body.Split('\n')];
        foreach (var line in lines)
        {
            string? last = null;
            Tokens.Read(line, (token, folded) =>
            {
                var word = folded.ToString();
                _words.Add(word);
                _stems.Add(StopWords.Stem(folded).ToString());
                (HasCapital(line.AsSpan(token.Start, token.End - token.Start)) ? _capitals : _small).Add(word);
                _pairs.Add((last ?? "", word));
                last = word;
            });
        }

        Figures = Reading.Figures.Of(lines);
        Quotations = Checks.Quotations.Of(lines);
        Names = KnownNames.Of(lines);
    }

    public SourceFigures Figures { get; }

    public IReadOnlyList<string> Quotations { get; }

    public KnownNames Names { get; }

    /// <summary>Whether it stands there, in capitals or not.</summary>
    public bool Has(string word) => _words.Contains(word);

    public bool HasCapital(string word) => _capitals.Contains(word);

    public bool HasSmall(string word) => _small.Contains(word);

    public bool HasPair(string first, string second) => _pairs.Contains((first, second));

    /// <summary>How many of a text's telling words are the article's, in any of their forms; numbers are judged by what they are worth.</summary>
    public double Share(string text)
    {
        var (known, all) = (0, 0);
        Tokens.Read(text, (_, folded) =>
        {
            if (folded.Length > 1 && !StopWords.Contains(folded) && !Reading.Figures.IsNumber(folded))
            {
                all++;
                known += _stems.Contains(StopWords.Stem(folded).ToString()) ? 1 : 0;
            }
        });
        return all == 0 ? 0 : (double)known / all;
    }

    /// <summary>A capital anywhere: iPhone and eBay are names too.</summary>
    public static bool HasCapital(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsUpper(c))
            {
                return true;
            }
        }

        return false;
    }
}
