using System.Text.Json;
using M10Bot.Simulator.Slack.Blocks;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>The part of a message that the app writes, checked against Slack's limits.</summary>
internal sealed record MessageContent
{
    public const int MostText = 40_000;
    public const int MostUpdateText = 4_000;
    private const int MostMarkdown = 12_000;

    // No number is published; this is where the simulator draws the line.
    private const int MostMetadata = 8_000;

    /// <summary>Null where the call named no text.</summary>
    public string? Text { get; private init; }

    public JsonElement? Blocks { get; private init; }

    public JsonElement? Attachments { get; private init; }

    public JsonElement? Metadata { get; private init; }

    public bool IsCut { get; private init; }

    /// <summary>True where bare names such as <c>@channel</c> in the text come alive.</summary>
    public bool BareNames { get; private init; }

    public bool IsRenamed { get; private init; }

    public bool IsEmpty => string.IsNullOrEmpty(Text) && Blocks is null && Attachments is null;

    public IReadOnlyList<string> Alerts => Wording.Alerts(Text ?? "", Blocks, BareNames);

    /// <summary>A refusal, or null and the content.</summary>
    public static SlackAnswer? Read(CallArguments args, bool isUpdate, SlackWorkspace team, out MessageContent content)
    {
        content = new MessageContent();
        if (ReadText(args, isUpdate, out var text) is { } wrongText)
        {
            return wrongText;
        }

        if (ReadBlocks(args, out var blocks) is { } wrongBlocks)
        {
            return wrongBlocks;
        }

        if (!args.TryNested("attachments", out var attachments) || attachments is { ValueKind: not JsonValueKind.Array })
        {
            return SlackAnswer.No("invalid_attachments");
        }

        if (attachments is { } many && many.GetArrayLength() > 100)
        {
            return SlackAnswer.No("too_many_attachments");
        }

        if (ReadMetadata(args, isUpdate, out var metadata) is { } wrongMetadata)
        {
            return wrongMetadata;
        }

        var isCut = text?.Length > MostText;
        text = isCut ? text![..MostText] : text;
        var bareNames = args.Flag("link_names") || args.Text("parse") is "full";
        content = new MessageContent
        {
            Text = text is null || args.Text("parse") is "none" ? text : Linking.Parse(text, bareNames, team),
            Blocks = Linking.Parse(blocks, team),
            Attachments = attachments,
            Metadata = metadata,
            IsCut = isCut,
            BareNames = bareNames,
            IsRenamed = args.Has("username") || args.Has("icon_url") || args.Has("icon_emoji"),
        };
        return null;
    }

    private static SlackAnswer? ReadText(CallArguments args, bool isUpdate, out string? text)
    {
        text = args.Text("text");
        if (args.IsNotText("text"))
        {
            return SlackAnswer.No("invalid_arguments", ["must be a string [json-pointer:/text]"]);
        }

        if (args.Text("markdown_text") is { } markdown)
        {
            if (text is not null || args.Has("blocks"))
            {
                return SlackAnswer.No("markdown_text_conflict");
            }

            text = markdown;
            return markdown.Length > MostMarkdown ? SlackAnswer.No("msg_too_long") : null;
        }

        return isUpdate && text?.Length > MostUpdateText ? SlackAnswer.No("msg_too_long") : null;
    }

    private static SlackAnswer? ReadBlocks(CallArguments args, out JsonElement? blocks)
    {
        if (!args.TryNested("blocks", out blocks) || blocks is { ValueKind: not JsonValueKind.Array })
        {
            return SlackAnswer.No("invalid_blocks_format");
        }

        if (blocks is not { } array)
        {
            return null;
        }

        var problems = BlockRules.Check(array, BlockRules.MostInMessage);
        if (problems.Found.Count > 0)
        {
            return SlackAnswer.No("invalid_blocks", problems.Found);
        }

        if (problems.Characters > BlockRules.MostCharacters)
        {
            return SlackAnswer.No("msg_blocks_too_long");
        }

        blocks = BlockSearch.WithIds(array);
        return null;
    }

    private static SlackAnswer? ReadMetadata(CallArguments args, bool isUpdate, out JsonElement? metadata)
    {
        if (!args.TryNested("metadata", out metadata) || metadata is { ValueKind: not JsonValueKind.Object })
        {
            return SlackAnswer.No("invalid_metadata_format");
        }

        if (metadata is not { } given || (isUpdate && !given.EnumerateObject().Any()))
        {
            return null;
        }

        if (string.IsNullOrEmpty(given.Text("event_type")) || given.Member("event_payload") is not { ValueKind: JsonValueKind.Object })
        {
            return SlackAnswer.No("invalid_metadata_schema");
        }

        return given.GetRawText().Length > MostMetadata ? SlackAnswer.No("metadata_too_large") : null;
    }
}
