namespace M10Bot.News.Reading;

/// <summary>Chooses the sentences that speak for an article.</summary>
internal static class Summarist
{
    private const int OneSentenceWords = 35;
    private const int PointWords = 75;
    private const int ParagraphWords = 90;
    private const int Most = 3;

    public static Summary Summarise(ArticleText text)
    {
        if (text.Sentences.Count == 0)
        {
            return new Summary(text.Headline, [], [], IsLead: true);
        }

        if (!text.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        {
            return Lead(text);
        }

        var words = new SentenceWords(text);
        var one = LoneSentence.Best(words, OneSentenceWords);
        var ranking = new SentenceRanking(words);
        return one is null
            ? Lead(text)
            : new Summary(one.Text, ranking.Choose(PointWords), ranking.Choose(ParagraphWords), IsLead: false);
    }

    private static Summary Lead(ArticleText text)
    {
        var whole = text.Sentences.Where(s => !s.IsHalfQuote).DefaultIfEmpty(text.Sentences[0]).ToList();
        var one = whole.Find(s => s.WordCount <= OneSentenceWords) ?? whole[0];
        return new Summary(one.Text, Within(whole, PointWords), Within(whole, ParagraphWords), IsLead: true);
    }

    private static List<string> Within(List<Sentence> sentences, int words)
    {
        var chosen = new List<string>();
        foreach (var sentence in sentences.Take(Most))
        {
            words -= sentence.WordCount;
            if (words < 0)
            {
                break;
            }

            chosen.Add(sentence.Text);
        }

        return chosen;
    }
}
