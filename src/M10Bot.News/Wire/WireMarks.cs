using M10Bot.News.Articles;

namespace M10Bot.News.Wire;

/// <summary>Urgency and status, from the header and from marker words before the headline.</summary>
internal struct WireMarks(Urgency? urgency, ArticleStatus? status)
{
    // Only KILL and HOLD must stand in capitals: as plain words they begin real headlines.
    private static readonly (string Word, Urgency? Urgency, ArticleStatus? Status, bool Capitals)[] Markers =
    [
        ("FLASH", Articles.Urgency.Flash, null, false),
        ("BREAKING", Articles.Urgency.Urgent, null, false),
        ("BREAKING NEWS", Articles.Urgency.Urgent, null, false),
        ("URGENT", Articles.Urgency.Urgent, null, false),
        ("CORRECTED", null, ArticleStatus.Correction, false),
        ("CORRECTION", null, ArticleStatus.Correction, false),
        ("KILL", null, ArticleStatus.Kill, true),
        ("HOLD", null, ArticleStatus.Hold, true),
    ];

    public Urgency? Urgency { get; private set; } = urgency;

    public ArticleStatus? Status { get; private set; } = status;

    public string? Contradiction { get; private set; }

    public string Strip(string headline)
    {
        while (Marker(headline) is var (word, urgency, status, _))
        {
            if (status is not null && Status is not null && status != Status)
            {
                Contradiction = $"The header says {Status}, the headline begins with {word}. Make them agree.";
            }

            Urgency ??= urgency;
            Status ??= status;
            headline = headline[(headline.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart();
        }

        return headline;
    }

    private static (string Word, Urgency? Urgency, ArticleStatus? Status, bool Capitals)? Marker(string headline)
    {
        foreach (var marker in Markers)
        {
            if (headline.Length > marker.Word.Length && headline[marker.Word.Length] == ':'
                && headline.StartsWith(marker.Word, marker.Capitals ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
            {
                return marker;
            }
        }

        return null;
    }
}
