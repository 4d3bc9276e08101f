using System.Collections.Frozen;
using System.Globalization;
using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Wire;

/// <summary>The <c>Name: value</c> lines at the top of a wire text.</summary>
internal sealed class WireHeader
{
    private const int MostCommas = 3;

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Urgency", "Topics", "Slug", "Embargo", "Version", "Status", "Headline", "Link", "Byline", "Note", "Language", "Credit", "Published");

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Topic> _topics = [];

    public Urgency? Urgency { get; private set; }

    public ArticleStatus? Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset? Embargo { get; private set; }

    public DateTimeOffset? Published { get; private set; }

    public IReadOnlyList<Topic> Topics => _topics;

    /// <summary>The value of a line that is taken as it stands; null where there is none.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads the block; <paramref name="next"/> is the first line after it.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Read(IReadOnlyList<string> lines, TopicCatalogue catalogue, out int next)
    {
        next = 0;
        for (; next < lines.Count && lines[next].Length > 0; next++)
        {
            var colon = lines[next].IndexOf(':', StringComparison.Ordinal);
            var name = colon > 0 ? lines[next][..colon].Trim() : "";
            if (!Names.TryGetValue(name, out var known))
            {
                return next > 0 || IsHeader(lines, 1) ? Misspelt(name, next + 1) : null;
            }

            var value = lines[next][(colon + 1)..].Trim();
            if (value.Length == 0)
            {
                continue;
            }

            if (!_values.TryAdd(known, value) && known is not "Topics")
            {
                return $"Line {next + 1}: {known} stands twice. Keep one of them.";
            }

            if (Set(known, value, catalogue) is { } fault)
            {
                return $"Line {next + 1}: {fault}";
            }
        }

        return null;
    }

    // A headline may hold a colon; with an empty line or a header line after it, it is a header line misspelt.
    private static bool IsHeader(IReadOnlyList<string> lines, int at) => at < lines.Count
        && (lines[at].Length == 0 || (lines[at].IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && Names.Contains(lines[at][..colon].Trim())));

    // A slip in a name must not become the first line that readers see.
    private static string? Misspelt(string name, int line) =>
        name.Length > 2 && Names.FirstOrDefault(n => Spelling.Distance(n, name) <= 2) is { } meant
            ? $"Line {line}: “{name}” is no header line. Did you mean {meant}? Leave an empty line before the text."
            : null;

    private string? Set(string name, string value, TopicCatalogue catalogue) => name switch
    {
        "Urgency" => SetUrgency(value),
        "Status" => SetStatus(value),
        "Version" => SetVersion(value),
        "Topics" => SetTopics(value, catalogue),
        "Embargo" => (Embargo = Time(value)) is null ? NoTime(name, value) : null,
        "Published" => (Published = Time(value)) is null ? NoTime(name, value) : null,
        "Link" => IsWebAddress(value) ? null : "Link must be a full address that starts with https:// or http://.",
        "Language" => IsLanguage(value) ? null : $"“{value}” is no language tag. Write en, uk, pt-BR and the like.",
        "Slug" => value.Length <= 100 ? null : "The slug is longer than 100 characters. Use a short key.",
        "Headline" => value.Length <= 250 ? null : "The headline is longer than 250 characters. Shorten it.",
        "Note" => value.Length <= 500 ? null : "The note is longer than 500 characters. Shorten it.",
        _ => value.Length <= 200 ? null : $"{name} is longer than 200 characters. Shorten it.",
    };

    private string? SetUrgency(string value)
    {
        Urgency = value.ToUpperInvariant() switch
        {
            [>= '1' and <= '9'] digit => new Urgency(digit[0] - '0'),
            "FLASH" => Articles.Urgency.Flash,
            "URGENT" or "BREAKING" => Articles.Urgency.Urgent,
            "ROUTINE" => Articles.Urgency.Routine,
            _ => null,
        };
        return Urgency is null ? $"“{value}” is no urgency. Write 1 (flash) to 9, or flash, urgent, routine." : null;
    }

    private string? SetStatus(string value)
    {
        Status = value.ToUpperInvariant() switch
        {
            "USABLE" => ArticleStatus.Usable,
            "CORRECTION" or "CORRECTED" => ArticleStatus.Correction,
            "HOLD" => ArticleStatus.Hold,
            "KILL" or "KILLED" => ArticleStatus.Kill,
            _ => null,
        };
        return Status is null ? $"“{value}” is no status. Write usable, correction, hold or kill." : null;
    }

    private string? SetVersion(string value)
    {
        Version = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        return Version < 1 ? $"“{value}” is no version. Write a whole number from 1." : null;
    }

    // Names such as "conflict, war and peace" hold commas themselves: the longest run of pieces that is a name counts.
    private string? SetTopics(string value, TopicCatalogue catalogue)
    {
        foreach (var part in value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var pieces = part.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            for (var at = 0; at < pieces.Length;)
            {
                var end = Math.Min(pieces.Length, at + MostCommas + 1);
                while (end > at && catalogue.Find(string.Join(", ", pieces[at..end])) is null)
                {
                    end--;
                }

                if (end == at)
                {
                    return NoTopic(pieces[at], catalogue);
                }

                var topic = catalogue.Find(string.Join(", ", pieces[at..end]))!;
                if (!_topics.Contains(topic))
                {
                    _topics.Add(topic);
                }

                at = end;
            }
        }

        return null;
    }

    private static string NoTopic(string word, TopicCatalogue catalogue) =>
        $"“{word}” is no topic we know." + (catalogue.Nearest(word) is { } nearest ? $" Did you mean {nearest.Name}?" : " Use a name or a code of the topic list.");

    private static string NoTime(string name, string value) =>
        $"“{value}” is no time for {name}. Write it with its zone: 2026-03-09T14:00:00Z or 2026-03-09T15:00+01:00.";

    private static DateTimeOffset? Time(string value) =>
        DateTimeOffset.TryParseExact(
            value.Replace(' ', 'T'),
            ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time) && HasZone(value)
            ? time
            : null;

    private static bool HasZone(string value) =>
        value.EndsWith('Z') || value.LastIndexOfAny(['+', '-']) > value.IndexOf(':', StringComparison.Ordinal);

    internal static bool IsWebAddress(string value) =>
        value.Length <= 2000 && Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http" && uri.Host.Length > 0;

    internal static bool IsLanguage(string value) =>
        value.Length is >= 2 and <= 35 && value.Split('-') is [{ Length: 2 or 3 }, ..] parts
        && parts.All(p => p.Length is >= 1 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
}
