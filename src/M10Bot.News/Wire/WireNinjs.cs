using System.Text.Json;
using M10Bot.News.Reading;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Wire;

/// <summary>A document of ninjs items, one or many, filed item by item.</summary>
internal sealed class WireNinjs(IOptions<WireOptions> options, WireSink sink, TopicCatalogue topics, TimeProvider time)
{
    /// <summary>Items of one document.</summary>
    public const int Most = 100;

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>Files what can be filed, in order.</summary>
    /// <returns>A fault where nothing could be read; else what became of each item.</returns>
    public async Task<(string? Fault, IReadOnlyList<NinjsOutcome> Items)> FileAsync(ReadOnlyMemory<byte> json, WireSender sender, CancellationToken ct)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, Tolerant);
        }
        catch (JsonException e)
        {
            return ($"It is no JSON (line {(e.LineNumber ?? 0) + 1}). Send a ninjs item, or a list of them, as UTF-8.", []);
        }

        using (document)
        {
            List<JsonElement> items;
            try
            {
                items = Items(document.RootElement);
            }
            catch (InvalidOperationException)
            {
                return ("It holds half a character (an escaped surrogate without its partner). Send it as UTF-8 without such escapes.", []);
            }

            return items.Count switch
            {
                0 => ("It holds no ninjs item: an object with a uri, a list of such objects, or an object whose items they are.", []),
                > Most => ($"It holds {items.Count} items; send at most {Most} at once.", []),
                _ => (null, await FileAsync(items, sender, ct)),
            };
        }
    }

    private async Task<IReadOnlyList<NinjsOutcome>> FileAsync(IReadOnlyList<JsonElement> items, WireSender sender, CancellationToken ct)
    {
        var reader = new NinjsReader(sender, sender.Language ?? options.Value.Language, topics, time.GetUtcNow());
        var outcomes = new List<NinjsOutcome>(items.Count);
        foreach (var element in items)
        {
            var item = reader.Read(element);
            var result = item.Reading is WireReading.Accepted(var article)
                ? await sink.FileAsync(new WireItem(article, item.Mark!), ct)
                : new WireResult.Refused(((WireReading.Refused)item.Reading).Reason);
            outcomes.Add(new NinjsOutcome(item.Uri, item.Version, result));
        }

        return outcomes;
    }

    private static List<JsonElement> Items(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => [.. root.EnumerateArray()],
        JsonValueKind.Object when new NinjsFields(root)["uri"] is null && new NinjsFields(root)["items", "_items"] is { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        JsonValueKind.Object => [root],
        _ => [],
    };
}

/// <summary>What became of one item.</summary>
internal sealed record NinjsOutcome(string? Uri, string? Version, WireResult Result);
