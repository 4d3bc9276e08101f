using System.Text.Json.Serialization;

namespace M10Bot.Slack.Rendering;

/// <summary>The blocks we send; docs.slack.dev/reference/block-kit/blocks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
internal abstract record Block(string BlockId);

internal sealed record SectionBlock(string BlockId, TextObject? Text, IReadOnlyList<TextObject>? Fields = null) : Block(BlockId);

internal sealed record ContextBlock(string BlockId, IReadOnlyList<TextObject> Elements) : Block(BlockId);

internal sealed record ActionsBlock(string BlockId, IReadOnlyList<Button> Elements) : Block(BlockId);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Markdown), "mrkdwn")]
[JsonDerivedType(typeof(PlainText), "plain_text")]
internal abstract record TextObject(string Text);

/// <summary>Text that was escaped already; verbatim keeps Slack from finding links and names in it.</summary>
internal sealed record Markdown(string Text) : TextObject(Text)
{
    public bool Verbatim { get; } = true;
}

internal sealed record PlainText(string Text) : TextObject(Text)
{
    public bool Emoji { get; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
internal record Button(string ActionId, TextObject Text, string? Url, string? Value);

/// <summary>A card as Slack takes it.</summary>
/// <param name="Text">Notification and screen reader: the whole in plain sentences.</param>
/// <param name="Blocks">What is seen.</param>
internal sealed record SlackMessage(string Text, IReadOnlyList<Block> Blocks);
