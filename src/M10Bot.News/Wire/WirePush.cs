using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Wire;

/// <summary>Takes what a sender pushes: checks who it is, files item by item, and says what became of each.</summary>
internal sealed partial class WirePush(IOptions<WireOptions> options, WireNinjs ninjs, TimeProvider time, ILogger<WirePush> logger)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="name">Of the sender; may be left out where there is only one.</param>
    /// <param name="timestamp">Unix seconds, as signed.</param>
    /// <param name="signature">Hex.</param>
    /// <remarks>Lets exceptions of the database out: nothing of the item under way was filed, and the push can be repeated.</remarks>
    public async Task<PushAnswer> TakeAsync(string? name, string? timestamp, string? signature, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var senders = options.Value.Senders;
        if (senders.Count == 0)
        {
            return Error(403, "Nobody may push to this wire. An admin opens it with Wire:Senders (docs/newsroom.md).");
        }

        var sender = name is null && senders.Count == 1 ? senders[0] : senders.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (sender is null)
        {
            return Error(401, "X-M10-Sender names nobody who may push.");
        }

        if (WireSignature.Refusal(sender.Secrets, timestamp, signature, body.Span, time.GetUtcNow(), options.Value.PushWindow) is { } refusal)
        {
            LogRefused(logger, sender.Name, refusal);
            return Error(401, refusal);
        }

        var (fault, items) = await ninjs.FileAsync(body, sender, ct);
        if (fault is not null)
        {
            LogRefused(logger, sender.Name, fault);
            return Error(400, fault);
        }

        LogTaken(logger, sender.Name, items.Count, items.Count(i => i.Result is WireResult.Filed), items.Count(i => i.Result is WireResult.Refused));
        return new PushAnswer(200, new JsonObject { ["items"] = new JsonArray([.. items.Select(Outcome)]) }.ToJsonString(Readable));
    }

    private static PushAnswer Error(int status, string error) => new(status, new JsonObject { ["error"] = error }.ToJsonString(Readable));

    private static JsonObject Outcome(NinjsOutcome item)
    {
        var outcome = new JsonObject { ["uri"] = item.Uri, ["version"] = item.Version };
        switch (item.Result)
        {
            case WireResult.Filed(var ruling):
                outcome["result"] = "filed";
                Add(outcome, ruling);
                break;
            case WireResult.Repeat(var ruling):
                outcome["result"] = "repeat";
                Add(outcome, ruling);
                break;
            case WireResult.Refused(var reason):
                outcome["result"] = "refused";
                outcome["reason"] = reason;
                break;
        }

        return outcome;
    }

    private static void Add(JsonObject outcome, WireRuling? ruling)
    {
        if (ruling is not null)
        {
            outcome["story"] = ruling.Story;
            outcome["change"] = ruling.Change;
            outcome["verdict"] = ruling.Verdict;
            outcome["reasons"] = new JsonArray([.. ruling.Reasons.Select(r => JsonValue.Create(r))]);
        }
    }

    [LoggerMessage(LogLevel.Information, "Wire: {Sender} pushed {Count} items; {Filed} filed, {Refused} refused")]
    private static partial void LogTaken(ILogger logger, string sender, int count, int filed, int refused);

    [LoggerMessage(LogLevel.Warning, "Wire: a push of {Sender} refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string sender, string reason);
}

/// <param name="Status">Of HTTP.</param>
/// <param name="Json">The body.</param>
internal sealed record PushAnswer(int Status, string Json);
