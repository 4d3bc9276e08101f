using System.Globalization;
using M10Bot.Benchmarks.Crash;

namespace M10Bot.Benchmarks.Day;

/// <summary>The day's stories with all their versions, and who follows what: the same for the same seed.</summary>
internal sealed class DayPlan
{
    private static readonly (string Topic, string Name)[] Countries =
    [
        ("place:ukraine", "Ukraine"), ("place:france", "France"), ("place:germany", "Germany"), ("place:japan", "Japan"),
        ("place:syria", "Syria"), ("place:canada", "Canada"), ("place:brazil", "Brazil"), ("place:mexico", "Mexico"),
        ("place:italy", "Italy"), ("place:spain", "Spain"), ("place:poland", "Poland"), ("place:afghanistan", "Afghanistan"),
        ("place:chile", "Chile"), ("place:peru", "Peru"), ("place:egypt", "Egypt"), ("place:kenya", "Kenya"),
        ("place:norway", "Norway"), ("place:sweden", "Sweden"), ("place:finland", "Finland"), ("place:greece", "Greece"),
        ("place:portugal", "Portugal"), ("place:austria", "Austria"), ("place:hungary", "Hungary"), ("place:latvia", "Latvia"),
    ];

    private static readonly string[] Versions = ["first", "second", "third", "fourth"];

    private readonly string[][] _follows;
    private readonly Dictionary<string, DayStory> _stories;

    public DayPlan(DayOptions options)
    {
        var random = new Random(options.Seed);
        _follows = [.. Enumerable.Range(0, options.Channels).Select(_ => Follows(random))];
        var stories = Enumerable.Range(0, options.Stories).Select(number => Story(number, random)).ToList();
        _stories = stories.ToDictionary(s => s.Slug, StringComparer.Ordinal);

        // Stories break over the first four fifths of the day; what follows on each comes within a tenth of it.
        Items = [.. stories.SelectMany(story =>
        {
            var breaks = 0.8 * random.NextDouble();
            return Enumerable.Range(0, story.Articles.Count).Select(i => (At: breaks + (0.1 * i / story.Articles.Count), story.Slug, Text: story.Articles[i]));
        }).OrderBy(i => i.At)];
    }

    /// <summary>What the desk files, and after which part of the day.</summary>
    public IReadOnlyList<(double At, string Slug, string Text)> Items { get; }

    public IReadOnlyCollection<DayStory> Stories => _stories.Values;

    public string[] FollowedBy(int channel) => _follows[channel];

    public bool IsOwed(DayStory story, int channel) => _follows[channel] is ["all"] || _follows[channel].Intersect(story.Topics, StringComparer.Ordinal).Any();

    // Two in a hundred want everything, the others one country or two.
    private static string[] Follows(Random random) => random.Next(50) == 0
        ? ["all"]
        : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Countries[random.Next(Countries.Length)].Topic).Distinct(StringComparer.Ordinal)];

    private static DayStory Story(int number, Random random)
    {
        var countries = random.GetItems(Countries, random.Next(1, 3)).Distinct().ToArray();
        var (slug, versions) = ($"harbour-{CrashArticles.Spell(number)}", random.Next(1, Versions.Length + 1));
        var isCorrected = random.NextDouble() < 0.15;
        var articles = Enumerable.Range(0, versions).Select(v => Article(number, slug, Versions[v], countries, random.Next(1, 6), "")).ToList();
        var last = Versions[versions - 1];
        if (isCorrected)
        {
            last = "corrected";
            articles.Add(Article(number, slug, last, countries, 3, "Status: correction\nNote: an earlier version counted one ship; there were two.\n"));
        }

        var isKilled = random.NextDouble() < 0.04;
        if (isKilled)
        {
            articles.Add($"Slug: {slug}\nStatus: kill\nNote: the report could not be confirmed.\n");
        }

        return new DayStory(slug, [.. countries.Select(c => c.Topic)], articles, last, isKilled);
    }

    private static string Article(int number, string slug, string version, (string Topic, string Name)[] countries, int urgency, string header)
    {
        var (name, where) = (CrashArticles.Spell(number), string.Join(" and ", countries.Select(c => c.Name)));
        var own = new Random(number); // words of its own: texts that are nearly alike would be one story
        var words = string.Join(' ', Enumerable.Range(0, 24).Select(_ => string.Concat(own.GetItems("abcdefghiklmnoprstuvwz".AsSpan(), 6))));
        return string.Create(CultureInfo.InvariantCulture, $"""
            Slug: {slug}
            Urgency: {urgency}
            {header}
            Harbour of {name} reopens for its {version} ship
            The harbour of {name} reopened on Monday, officials in {where} said. The {version} ship of the {CrashArticles.Spell(number * 13)} line left at noon.
            Its master spoke of {words}.

            """);
    }
}

/// <param name="Last">The word that tells its last version from those before.</param>
internal sealed record DayStory(string Slug, IReadOnlyList<string> Topics, IReadOnlyList<string> Articles, string Last, bool IsKilled)
{
    /// <summary>Whether a message that stands at the end of the day shows what it has to.</summary>
    public bool IsShownBy(string text) => IsKilled
        ? text.Contains("WITHDRAWN", StringComparison.Ordinal) && !text.Contains("Harbour of", StringComparison.Ordinal)
        : text.Contains($"reopens for its {Last} ship", StringComparison.Ordinal);
}
