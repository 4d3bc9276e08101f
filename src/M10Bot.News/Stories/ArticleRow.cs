using System.Text.Json;
using System.Text.Json.Serialization;
using M10Bot.News.Articles;

namespace M10Bot.News.Stories;

/// <summary>An article as its table holds it.</summary>
internal sealed class ArticleRow
{
    public const string Columns = """
        article.source as Source, article.uri as Uri, article.version as Version, article.status as Status, article.headline as Headline,
        article.body as Body, article.topics as Topics, article.link as Link, article.slug as Slug, article.byline as Byline,
        article.credit as Credit, article.copyright as Copyright, article.note as Note, article.language as Language,
        article.urgency as Urgency, article.published_ms as PublishedMs, article.embargo_ms as EmbargoMs
        """;

    public string Source { get; init; } = "";

    public string Uri { get; init; } = "";

    public int Version { get; init; }

    public string Status { get; init; } = "";

    public string Headline { get; init; } = "";

    public string Body { get; init; } = "";

    public string Topics { get; init; } = "[]";

    public string? Link { get; init; }

    public string? Slug { get; init; }

    public string? Byline { get; init; }

    public string? Credit { get; init; }

    public string? Copyright { get; init; }

    public string? Note { get; init; }

    public string Language { get; init; } = "";

    public int Urgency { get; init; }

    public long PublishedMs { get; init; }

    public long? EmbargoMs { get; init; }

    public Article Article() => new()
    {
        Source = Source,
        Uri = Uri,
        Version = Version,
        Status = Enum.Parse<ArticleStatus>(Status, ignoreCase: true),
        Headline = Headline,
        Body = Body,
        Topics = JsonSerializer.Deserialize(Topics, StoriesJson.Default.IReadOnlyListTopic) ?? [],
        Link = Link,
        Slug = Slug,
        Byline = Byline,
        Credit = Credit,
        Copyright = Copyright,
        Note = Note,
        Language = Language,
        Urgency = new Urgency(Urgency),
        Published = DateTimeOffset.FromUnixTimeMilliseconds(PublishedMs),
        Embargo = EmbargoMs is { } embargo ? DateTimeOffset.FromUnixTimeMilliseconds(embargo) : null,
    };
}

[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<Topic>))]
[JsonSerializable(typeof(long[][]))]
internal sealed partial class StoriesJson : JsonSerializerContext;
