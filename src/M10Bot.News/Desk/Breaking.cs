using System.Globalization;
using System.Text.RegularExpressions;
using M10Bot.News.Articles;

namespace M10Bot.News.Desk;

/// <summary>Whether an article that nobody marked is breaking: signs for and against, each with its words.</summary>
/// <remarks>Several independent sources at once are enough; a single publisher's signs never are (docs/newsroom.md).</remarks>
internal static partial class Breaking
{
    private const int Enough = 4;
    private const int Against = -3;
    private const int SnapLength = 110;
    private const int RegexLimit = 10_000;
    private static readonly TimeSpan Old = TimeSpan.FromHours(1);
    private static readonly TimeSpan VeryOld = TimeSpan.FromHours(6);
    private static readonly string[] Severe = ["medtop:03000000", "medtop:16000000"];

    /// <param name="sources">When each independent source first told the story, in rising order.</param>
    public static (bool IsBreaking, IReadOnlyList<string> Reasons) Judge(
        Article article, IReadOnlyList<TopicMatch> topics, IReadOnlyList<DateTimeOffset> sources, DateTimeOffset now)
    {
        var signs = Signs(article, topics, sources, now).ToList();
        var isBreaking = signs.Sum(s => s.Weight) >= Enough;
        var told = signs.Where(s => isBreaking || s.Weight != 0).OrderByDescending(s => isBreaking ? s.Weight : Math.Abs(s.Weight));
        return (isBreaking, [.. told.Select(s => s.Words)]);
    }

    private static IEnumerable<(int Weight, string Words)> Signs(
        Article article, IReadOnlyList<TopicMatch> topics, IReadOnlyList<DateTimeOffset> sources, DateTimeOffset now)
    {
        if (Burst(sources) is { } burst)
        {
            yield return (Enough, burst);
        }

        if (article.Body.Length == 0 && article.Headline.Length <= SnapLength)
        {
            yield return (1, "a headline and nothing more, as a snap is");
        }

        if (topics.Take(4).FirstOrDefault(t => Severe.Contains(t.Topic.Code, StringComparer.Ordinal)) is { } severe)
        {
            yield return (1, $"about {severe.Topic.Name}");
        }

        if (Grave().Match(article.Headline) is { Success: true } grave)
        {
            yield return (1, $"its headline says “{grave.Value.ToLowerInvariant()}”");
        }

        if (Updates().IsMatch(article.Headline))
        {
            yield return (Against, "its headline marks it as an update");
        }

        if (Opinions().IsMatch(article.Headline) || (article.Link is { } page && OpinionPage().IsMatch(page)))
        {
            yield return (Against, "opinion, background or a question, not an event");
        }

        if (Live().IsMatch(article.Headline) || (article.Link is { } link && LivePage().IsMatch(link)))
        {
            yield return (Against, "a live page: it changes all day");
        }

        if (now - article.Published is var age && age > Old)
        {
            yield return (age > VeryOld ? -4 : -2, string.Create(CultureInfo.InvariantCulture, $"published {age.TotalHours:0} h ago"));
        }
    }

    /// <summary>At least three within ten minutes, or four within fifteen.</summary>
    private static string? Burst(IReadOnlyList<DateTimeOffset> sources)
    {
        foreach (var (count, minutes) in (ReadOnlySpan<(int, int)>)[(3, 10), (4, 15)])
        {
            for (var i = count - 1; i < sources.Count; i++)
            {
                if (sources[i] - sources[i - count + 1] <= TimeSpan.FromMinutes(minutes))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"{count} independent sources within {minutes} minutes");
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"\b(killed|kills|dead|deaths?|dies|explosions?|blasts?|earthquake|tsunami|coup|attacks?|shooting|crash(es|ed)?|invad(es|ed)|invasion|assassinat\w+|state of emergency|evacuat\w+|resigns|declares war|ceasefire|hostages?|missiles?)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Grave();

    [GeneratedRegex(@"^\s*(update\s*\d*|wrap\s?up|recap|rpt|refile|timeline|factbox|corrected)\b\s*\d*\s*[-:–—]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Updates();

    [GeneratedRegex(@"^\s*(opinion|analysis|explainer|explained|comment|editorial|column|review|interview|q&a|podcast|quiz|watch|why|how|what we know|in pictures)\b|\bwhat we know\b|\?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Opinions();

    [GeneratedRegex(@"/(opinions?|comment(isfree)?|analysis|editorials?|columnists?|blogs?)/", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex OpinionPage();

    [GeneratedRegex(@"^\s*live\b|\blive (updates|blog|coverage)\b|\bas it happened\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex Live();

    [GeneratedRegex(@"/live(-?news|-?blog)?/|/liveblog", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, RegexLimit)]
    private static partial Regex LivePage();
}
