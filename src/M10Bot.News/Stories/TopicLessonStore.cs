using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.News.Stories;

/// <summary>Articles whose topics editors set right, as material to learn from.</summary>
public sealed class TopicLessonStore(Database database)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON each, <c>{"headline", "body", "topics"}</c>, oldest first.</summary>
    public async Task<IReadOnlyList<string>> ExportAsync(CancellationToken ct)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<(string Headline, string Body, string Topics)>(Sql.Of("select headline, body, topics from topic_lesson order by at_ms, story_id", null, ct)), ct);
        return [.. rows.Select(r => new JsonObject { ["headline"] = r.Headline, ["body"] = r.Body, ["topics"] = JsonNode.Parse(r.Topics) }.ToJsonString(Readable))];
    }
}
