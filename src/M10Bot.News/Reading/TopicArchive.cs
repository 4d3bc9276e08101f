using System.Text.Json;

namespace M10Bot.News.Reading;

/// <summary>An archive to learn from: one article a line, as ninjs or as <c>{"headline", "body", "topics": […]}</c>; or one JSON array of them.</summary>
public static class TopicArchive
{
    private static readonly string[] Headlines = ["headline", "title"];
    private static readonly string[] Bodies = ["body_text", "body", "text", "body_html"];
    private static readonly string[] Namings = ["code", "uri", "name"];
    private static readonly string[] Subjects = ["subject", "subjects", "topics"];

    /// <summary>The articles that have a topic of the catalogue, and the topics that it does not know, with how often they stand there.</summary>
    /// <exception cref="InvalidDataException">A line is no JSON; says which.</exception>
    public static (IReadOnlyList<TopicExample> Articles, IReadOnlyDictionary<string, int> Unknown) Read(TextReader text, TopicCatalogue catalogue)
    {
        var articles = new List<TopicExample>();
        var unknown = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in Items(text))
        {
            var codes = new List<string>();
            foreach (var subject in Subjects.SelectMany(name => Array(item, name)).Select(Names))
            {
                if (subject.Select(catalogue.Find).FirstOrDefault(t => t is not null) is { } topic)
                {
                    codes.Add(topic.Code);
                }
                else if (subject.Count > 0)
                {
                    unknown[subject[^1]] = unknown.GetValueOrDefault(subject[^1]) + 1;
                }
            }

            var (headline, body) = (Text(item, Headlines, "headlines"), Text(item, Bodies, "bodies"));
            if (headline.Length + body.Length > 0)
            {
                articles.Add(new TopicExample(headline, body, codes));
            }
        }

        return (articles, unknown);
    }

    private static IEnumerable<JsonElement> Items(TextReader text)
    {
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (line.Trim() is not { Length: > 0 } json)
            {
                continue;
            }

            if (json[0] == '[')
            {
                json += text.ReadToEnd();
            }

            var root = Parse(json, number);
            foreach (var item in root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root })
            {
                if (item.ValueKind == JsonValueKind.Object)
                {
                    yield return item;
                }
            }
        }
    }

    private static JsonElement Parse(string json, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Line {line} is no JSON. The archive has one article a line, or is one array.", e);
        }
    }

    private static IEnumerable<JsonElement> Array(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>A subject's code and name, or the words it is.</summary>
    private static List<string> Names(JsonElement subject) => subject.ValueKind switch
    {
        JsonValueKind.String => [subject.GetString()!],
        JsonValueKind.Object => [.. Namings.Where(n => subject.TryGetProperty(n, out var v) && v.ValueKind == JsonValueKind.String).Select(n => subject.GetProperty(n).GetString()!)],
        _ => [],
    };

    // ninjs 1 has body_text, ninjs 2 and 3 bodies with a value in each.
    private static string Text(JsonElement item, string[] names, string several)
    {
        foreach (var name in names)
        {
            if (item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString()!;
            }
        }

        return Array(item, several).Where(p => p.ValueKind == JsonValueKind.Object && p.TryGetProperty("value", out var v) && v.ValueKind == JsonValueKind.String)
            .Select(p => p.GetProperty("value").GetString()!).FirstOrDefault() ?? "";
    }
}
