using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>A language model that may write an article's summary, where one is configured; what it writes is checked before anybody sees it.</summary>
/// <param name="Name">Model and host, as admins see it.</param>
/// <param name="Budget">How much it may be asked.</param>
/// <param name="Ask">Never throws for what the model or its host does.</param>
public sealed record SummaryMachine(string Name, SummaryBudget Budget, Func<Article, CancellationToken, Task<MachineAnswer>> Ask)
{
    /// <summary>Of a longer article the beginning is sent.</summary>
    public const int MostSent = 12_000;

    /// <summary>Tokens that an answer may have.</summary>
    public const int MostAnswered = 400;

    private const int Frame = 400;
    private const int CharactersPerToken = 3; // rather too few: the budget errs towards asking less

    /// <summary>No model: every summary is the article's own sentences.</summary>
    public static SummaryMachine None { get; } =
        new("", new SummaryBudget(0, 0, 0, 0), (_, _) => Task.FromResult<MachineAnswer>(new MachineAnswer.Failed("no model is configured")));

    public bool IsOn => Name.Length > 0;

    /// <summary>What asking about this article costs at most, in tokens.</summary>
    public static int Cost(Article article) =>
        ((article.Headline.Length + Math.Min(article.Body.Length, MostSent)) / CharactersPerToken) + Frame + MostAnswered;
}

/// <summary>What a model may be asked in the last hour and in the last 24, all replicas together.</summary>
public sealed record SummaryBudget(int RequestsPerHour, int RequestsPerDay, int TokensPerHour, int TokensPerDay);

/// <summary>What came of asking.</summary>
public abstract record MachineAnswer
{
    private MachineAnswer()
    {
    }

    /// <param name="Text">As the model wrote it: not to be trusted.</param>
    /// <param name="Tokens">Spent, as its host says; 0 where it does not.</param>
    public sealed record Said(string Text, int Tokens) : MachineAnswer;

    /// <param name="Reason">For admins, in words; nothing of an answer's text.</param>
    public sealed record Failed(string Reason) : MachineAnswer;
}
