using System.Text.Json;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>Where a message body comes from decides its flags and its default mentions.</summary>
internal enum MessageKind
{
    Plain,
    Reply,
    Webhook,
}

/// <summary>A message body that was read; what was absent is null and stays untouched on an edit.</summary>
internal sealed record MessageForm
{
    private const int MaxContent = 2000;
    private const int MaxNonce = 25;
    private const long PlainFlags = StoredMessage.SuppressEmbeds | StoredMessage.SuppressNotifications | 8192 | StoredMessage.ComponentsV2;
    private const string V2Excludes = "The MESSAGE_FLAGS_COMPONENTS_V2 flag cannot be used with this field";
    private static readonly JsonElement Nothing = JsonDocument.Parse("[]").RootElement.Clone();

    public string? Content { get; private init; }

    public JsonElement? Embeds { get; private init; }

    public JsonElement? Components { get; init; }

    public long? Flags { get; private init; }

    public required AllowedMentions Allowed { get; init; }

    public JsonElement? Nonce { get; private init; }

    public bool EnforceNonce { get; private init; }

    public string? ReplyTo { get; private init; }

    public bool ReplyMustExist { get; private init; }

    /// <summary>See <see cref="ComponentCheck.BreaksDiscord"/>.</summary>
    public bool BreaksDiscord { get; private init; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Content) && Length(Embeds) == 0 && Length(Components) == 0;

    public bool IsOnlyEmbeds => string.IsNullOrWhiteSpace(Content) && Length(Components) == 0 && Length(Embeds) > 0;

    /// <param name="existing">The message that is edited; null for a new one.</param>
    public static MessageForm Read(JsonElement body, FormErrors errors, MessageKind kind, StoredMessage? existing, string path = "")
    {
        var fields = new Fields(body, path, errors);
        var isReply = kind != MessageKind.Plain;
        if (!fields.IsObject)
        {
            return new MessageForm { Allowed = AllowedMentions.Read(new Fields(Nothing, path, errors), errors, isReply) };
        }

        // Discord drops the flags that a caller may not set; EPHEMERAL is only for replies to interactions.
        var settable = PlainFlags | (kind == MessageKind.Reply ? StoredMessage.Ephemeral : 0);
        var flags = fields.Whole("flags", 0, long.MaxValue) & settable;
        var wasV2 = existing?.IsV2 == true;
        if (wasV2 && flags is { } changed && (changed & StoredMessage.ComponentsV2) == 0)
        {
            fields.Wrong("flags", "MESSAGE_FLAGS_COMPONENTS_V2_CANNOT_BE_REMOVED", "The MESSAGE_FLAGS_COMPONENTS_V2 flag cannot be removed");
        }

        var v2 = wasV2 || ((flags ?? 0) & StoredMessage.ComponentsV2) != 0;
        var check = new ComponentCheck(errors, v2, fields.At("components"));
        var form = new MessageForm
        {
            Content = ReadContent(fields),
            Embeds = Present(body, "embeds") ? EmbedCheck.Read(fields.List("embeds", 10) ?? [], fields.At("embeds"), errors) : null,
            Components = ReadComponents(fields, check),
            Flags = flags,
            Allowed = AllowedMentions.Read(fields, errors, isReply),
            Nonce = ReadNonce(fields),
            EnforceNonce = fields.Truth("enforce_nonce") == true,
            ReplyTo = fields.Get("message_reference") is { } reference ? reference.GetText("message_id") : null,
            ReplyMustExist = fields.Get("message_reference") is { } target && target.Get("fail_if_not_exists") is not { ValueKind: JsonValueKind.False },
            BreaksDiscord = check.BreaksDiscord,
        };
        if (v2)
        {
            form.RefuseOldFields(fields, existing);
        }

        return form;
    }

    private void RefuseOldFields(Fields fields, StoredMessage? existing)
    {
        var becomesV2 = existing is { IsV2: false };
        if (!string.IsNullOrEmpty(Content) || (becomesV2 && Content is null && existing!.Content.Length > 0))
        {
            fields.Wrong("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", V2Excludes);
        }

        if (Length(Embeds) > 0 || (becomesV2 && Embeds is null && Length(existing!.Embeds) > 0))
        {
            fields.Wrong("embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", V2Excludes);
        }

        if (fields.Get("poll") is not null)
        {
            fields.Wrong("poll", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", V2Excludes);
        }
    }

    private static string? ReadContent(Fields fields)
    {
        if (!Present(fields.Source, "content"))
        {
            return null;
        }

        return fields.Text("content", MaxContent)?.Trim() ?? "";
    }

    private static JsonElement? ReadComponents(Fields fields, ComponentCheck check)
    {
        if (!Present(fields.Source, "components"))
        {
            return null;
        }

        var list = fields.List("components", int.MaxValue) ?? [];
        check.Read(list);
        return list.Count == 0 ? Nothing : ComponentIds.Complete(fields.Get("components")!.Value);
    }

    private static JsonElement? ReadNonce(Fields fields)
    {
        if (fields.Get("nonce") is not { } nonce)
        {
            return null;
        }

        if (nonce.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
        {
            fields.Wrong("nonce", "NONCE_TYPE_INVALID", "Nonce must be an integer or a string.");
        }
        else if (nonce.ToString().Length > MaxNonce)
        {
            fields.Wrong("nonce", "NONCE_TYPE_TOO_LONG", "Nonce must be 25 or fewer in length.");
        }

        return nonce;
    }

    private static bool Present(JsonElement body, string name) => body.Get(name) is not null;

    private static int Length(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } l ? l.GetArrayLength() : 0;
}
