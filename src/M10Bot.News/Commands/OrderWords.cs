using M10Bot.News.Articles;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>An order as readers are told of it: its name, and what it lets through where that is not everything.</summary>
internal static class OrderWords
{
    public static IEnumerable<string> Notes(OrderRules rules) =>
        new[] { UrgencyWords.Note(rules.Least), LanguageWords.Note(rules.Languages) }.OfType<string>();

    /// <summary><c>Ukraine (flash only, German only)</c>.</summary>
    public static string Of(Subscription order) =>
        string.Join(", ", Notes(order.Rules)) is { Length: > 0 } notes ? $"{Wording.Name(order)} ({notes})" : Wording.Name(order);

    /// <summary>As <see cref="Of"/>, for several.</summary>
    public static string List(IEnumerable<Subscription> orders) => Wording.List(orders.Select(Of));

    public static bool IsAmong(this Subscription order, IEnumerable<Topic> topics) => topics.Any(t => order.IsFor(t.Code));
}
