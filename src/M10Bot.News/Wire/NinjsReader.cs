using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Wire;

/// <summary>Reads one item of IPTC ninjs, 1.x, 2.x or 3.x (iptc.org/standards/ninjs). What is taken from it: docs/newsroom.md.</summary>
/// <param name="language">Of an item that names none.</param>
internal sealed class NinjsReader(WireSender sender, string language, TopicCatalogue topics, DateTimeOffset now)
{
    private const int LongestUri = 500;
    private const int LongestHeadline = 300;
    private const int LongestBody = 200_000;

    /// <summary>Never throws for what stands in the item.</summary>
    public NinjsItem Read(JsonElement element)
    {
        try
        {
            return Understand(element);
        }
        catch (InvalidOperationException)
        {
            return new NinjsItem(null, null, null, Refused("It holds half a character (an escaped surrogate without its partner). Send it as UTF-8 without such escapes."));
        }
    }

    private NinjsItem Understand(JsonElement element)
    {
        var item = new NinjsFields(element);
        var uri = item.Line("uri");
        var version = item.Line("version");
        if (uri is null or { Length: > LongestUri })
        {
            return new NinjsItem(uri, version, null, Refused($"It has no uri, or one of more than {LongestUri} characters. The uri is what an item is known by; send one."));
        }

        var number = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 0;
        var made = item.Line("versioncreated");
        var mark = new WireMark.Item(version ?? made ?? Hash(element), number > 0 ? null : Time(made));
        return new NinjsItem(uri, version, mark, Article(item, uri, number));
    }

    private WireReading Article(NinjsFields item, string uri, int version)
    {
        if (item.Line("type")?.ToLowerInvariant() is { } type and not ("text" or "composite" or "component"))
        {
            return Refused($"It is of type {type}. Send items of type text or composite.");
        }

        var embargo = item.Line("embargoeduntil", "embargoed");
        if (embargo is not null && (Time(embargo) is null || !HasZone(embargo)))
        {
            return Refused("Its embargo is no time with a zone. Write 2026-03-09T14:00:00Z or 2026-03-09T15:00:00+01:00.");
        }

        if (Status(item, out var status) is { } fault)
        {
            return Refused(fault);
        }

        var said = item["urgency"] is { } value ? NinjsFields.Line(value) : null;
        var urgency = int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var u) && u is >= 1 and <= 9 ? u : (int?)null;
        if (said is not null && urgency is null)
        {
            return Refused("Its urgency is no whole number from 1 to 9. Mend it, or leave it out.");
        }

        return Accept(item, uri, version, new WireMarks(sender.UrgencyOf(urgency), status), embargo is null ? null : Time(embargo));
    }

    private WireReading Accept(NinjsFields item, string uri, int version, WireMarks marks, DateTimeOffset? embargo)
    {
        var slug = item.Line("slugline") is { Length: <= 100 } key ? key : null;
        var headline = marks.Strip(Headline(item));
        var paragraphs = NinjsBody.Paragraphs(item, headline);
        var footer = WireFooter.Take(paragraphs);
        var byline = WireFooter.TakeByline(paragraphs);
        if (headline.Length == 0 && paragraphs.Count > 0)
        {
            headline = WireText.FirstSentence(marks.Strip(paragraphs[0]));
        }

        if (marks.Contradiction is { } contradiction)
        {
            return Refused(contradiction);
        }

        if (headline.Length == 0 && marks.Status is ArticleStatus.Kill or ArticleStatus.Hold)
        {
            headline = slug ?? uri;
        }

        return !headline.Any(char.IsLetterOrDigit) ? Refused("It has no headline and no text. Send a headline at least.") : new WireReading.Accepted(new Article
        {
            Source = sender.Source,
            Uri = uri,
            Version = version,
            Headline = Cut(headline, LongestHeadline),
            Body = Cut(string.Join('\n', paragraphs), LongestBody),
            Link = NinjsLink.Of(item),
            Slug = slug,
            Byline = item.Line("by", "byline") is { Length: <= 200 } by ? by : byline,
            Credit = footer.Credit ?? (item.Line("copyrightholder") is { Length: <= 100 } holder ? holder : null),
            Copyright = Copyright(item) ?? footer.Copyright,
            Published = Published(item),
            Language = item.Line("language") is { } tag && WireHeader.IsLanguage(tag) ? tag : language,
            Urgency = marks.Urgency,
            Status = marks.Status ?? ArticleStatus.Usable,
            Embargo = embargo,
            Note = NinjsBody.Note(item) is { } note ? Cut(note, 500) : null,
            Topics = NinjsTopics.Of(item, topics),
        });
    }

    /// <summary>What may be done with it; null where it says nothing, so that a marker before the headline may.</summary>
    private static string? Status(NinjsFields item, out ArticleStatus? status)
    {
        var said = Tail(item.Line("pubstatus"));
        var isCorrection = item.Values("signals", "signal").Any(signal => IsCorrection(signal));
        status = said switch
        {
            "withheld" => ArticleStatus.Hold,
            "canceled" or "cancelled" => ArticleStatus.Kill,
            _ => isCorrection ? ArticleStatus.Correction : null,
        };
        return said is null or "usable" or "withheld" or "canceled" or "cancelled" ? null
            : "Its pubstatus is none we know, and what may not be used must not run. Write usable, withheld or canceled.";
    }

    // http://cv.iptc.org/newscodes/signal: as a word, a qcode or an address, by itself or in an object.
    private static bool IsCorrection(JsonElement signal)
    {
        var fields = new NinjsFields(signal);
        var words = signal.ValueKind == JsonValueKind.Object ? fields.Line("code", "uri", "literal", "qcode", "name") : NinjsFields.Line(signal);
        return Tail(words) is "correction";
    }

    private static string Headline(NinjsFields item)
    {
        var headlines = item.Texts("headlines", "headline");
        return (headlines.FirstOrDefault(h => h.Role is "main") ?? headlines.FirstOrDefault(h => h.Role.Length == 0) ?? (headlines.Count > 0 ? headlines[0] : null))?.Plain() ?? "";
    }

    private static string? Copyright(NinjsFields item) =>
        item.Line("copyrightnotice") is { } notice && Boilerplate.Footer(notice)?.Copyright is { } copyright ? copyright.Split('(')[0].TrimEnd() : null;

    private DateTimeOffset Published(NinjsFields item) =>
        (Time(item.Line("firstcreated")) ?? Time(item.Line("contentcreated")) ?? Time(item.Line("versioncreated"))) is { } time && time < now ? time : now;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    private static bool HasZone(string time) => time.EndsWith('Z') || time.EndsWith('z') || (time.Length > 19 && time.LastIndexOfAny(['+', '-']) > 10);

    private static string? Tail(string? uri) => uri?[(uri.AsSpan().LastIndexOfAny('/', ':') + 1)..].ToLowerInvariant();

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static string Hash(JsonElement element) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(element.GetRawText())));

    private static WireReading.Refused Refused(string reason) => new(reason);
}

/// <summary>One item of a ninjs document.</summary>
/// <param name="Uri">As it says; null where it does not.</param>
/// <param name="Version">As it says; null where it does not.</param>
/// <param name="Mark">Null where it has no uri to be known by.</param>
internal sealed record NinjsItem(string? Uri, string? Version, WireMark? Mark, WireReading Reading);
