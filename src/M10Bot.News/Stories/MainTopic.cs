namespace M10Bot.News.Stories;

/// <summary>The one topic a kicker names: the strongest place, else the strongest of all.</summary>
public static class MainTopic
{
    private const string PlacePrefix = "place:";

    /// <param name="topics">Code and name, strongest first.</param>
    /// <returns>One name, or none.</returns>
    public static IEnumerable<string> Of(IEnumerable<(string Code, string Name)> topics)
    {
        var all = topics.ToList();
        return all.Where(t => t.Code.StartsWith(PlacePrefix, StringComparison.Ordinal)).Concat(all).Take(1).Select(t => t.Name);
    }
}
