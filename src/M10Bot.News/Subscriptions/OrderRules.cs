using M10Bot.News.Articles;

namespace M10Bot.News.Subscriptions;

/// <summary>What a subscription lets through, and whom it pings.</summary>
/// <param name="Least">The lowest urgency that comes; <see cref="All"/> lets everything through.</param>
/// <param name="Ping">Null where nobody is pinged.</param>
public sealed record OrderRules(Urgency Least, Ping? Ping = null)
{
    /// <summary>ISO 639-1 codes of the languages that come; none for every language.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The lowest urgency there is.</summary>
    public static readonly Urgency All = new(9);

    public static readonly OrderRules None = new(All);
}

/// <summary>A role that is told of a new story; once per story, never by an edit. Only an admin sets one.</summary>
/// <param name="Role">The platform's id of it.</param>
/// <param name="From">Stories of this urgency and higher ping.</param>
public sealed record Ping(string Role, Urgency From);
