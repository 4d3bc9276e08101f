using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Slack.Workspaces;

/// <summary>A message as it stands now; an edit puts a new record in its place.</summary>
public sealed record SlackMessage
{
    public required string Channel { get; init; }

    /// <summary>Slack's id of the message, unique and rising within its channel.</summary>
    public required string Ts { get; init; }

    public required string Team { get; init; }

    public required string User { get; init; }

    /// <summary>Null where a person wrote it.</summary>
    public string? BotId { get; init; }

    public string Text { get; init; } = "";

    public JsonElement? Blocks { get; init; }

    /// <summary>The blocks before the last edit, which a slow screen may still show.</summary>
    public JsonElement? EarlierBlocks { get; init; }

    public JsonElement? Attachments { get; init; }

    public JsonElement? Metadata { get; init; }

    public string? ThreadTs { get; init; }

    public bool IsBroadcast { get; init; }

    /// <summary>The <c>client_msg_id</c> it came with; null without.</summary>
    public string? ClientId { get; init; }

    /// <summary>True where the app gave another name; Slack then refuses to delete it for a bot.</summary>
    public bool IsRenamed { get; init; }

    /// <summary>When the words "(edited)" came on; null without.</summary>
    public string? EditedTs { get; init; }

    /// <summary>1 for the post, one more for each edit.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The only person who sees it; null for a real message.</summary>
    public string? EphemeralFor { get; init; }

    /// <summary>The command this answers, where Slack shows it above the answer.</summary>
    public SlackTyped? Command { get; init; }

    public bool IsDeleted { get; init; }

    /// <summary>Whom the post alerted: <c>channel</c>, <c>here</c>, <c>everyone</c> or ids. Edits alert nobody.</summary>
    public IReadOnlyList<string> WouldNotify { get; init; } = [];

    /// <summary>The <c>delivery_key</c> of the metadata's payload, if there is one.</summary>
    public string? DeliveryKey =>
        Metadata is { ValueKind: JsonValueKind.Object } metadata
        && metadata.TryGetProperty("event_payload", out var payload)
        && payload.ValueKind == JsonValueKind.Object
        && payload.TryGetProperty("delivery_key", out var key)
        && key.ValueKind == JsonValueKind.String
            ? key.GetString()
            : null;

    internal bool IsReply => ThreadTs is not null && !string.Equals(ThreadTs, Ts, StringComparison.Ordinal);

    internal JsonObject ToJson(bool allMetadata)
    {
        var json = new JsonObject
        {
            ["type"] = "message",
            ["user"] = User,
            ["ts"] = Ts,
            ["text"] = Text,
            ["team"] = Team,
        };
        if (BotId is not null)
        {
            json["bot_id"] = BotId;
            json["app_id"] = SlackIds.App;
            json["bot_profile"] = new JsonObject { ["id"] = BotId, ["app_id"] = SlackIds.App, ["name"] = SlackIds.BotName, ["team_id"] = Team, ["deleted"] = false };
        }

        if (IsBroadcast)
        {
            json["subtype"] = "thread_broadcast";
        }

        json.Set("client_msg_id", ClientId).Set("thread_ts", ThreadTs).Set("blocks", Blocks).Set("attachments", Attachments);
        if (Metadata is { } metadata)
        {
            json["metadata"] = allMetadata
                ? metadata.ToNode()
                : new JsonObject { ["event_type"] = metadata.GetProperty("event_type").GetString() };
        }

        if (EditedTs is not null)
        {
            json["edited"] = new JsonObject { ["user"] = User, ["ts"] = EditedTs };
        }

        return json;
    }

    internal JsonObject ToPage()
    {
        var json = ToJson(allMetadata: true);
        json["ephemeral_for"] = EphemeralFor;
        json["command"] = Command is { } typed ? new JsonObject { ["person"] = typed.Person, ["text"] = typed.Text } : null;
        json["deleted"] = IsDeleted;
        return json;
    }
}

/// <param name="Person">The id of who typed it.</param>
/// <param name="Text">The line as typed.</param>
public sealed record SlackTyped(string Person, string Text);
