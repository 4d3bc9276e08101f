using System.Text.Json.Serialization;

namespace M10Bot.Slack.Rendering;

/// <summary>The blocks we send; docs.slack.dev/reference/block-kit/blocks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SectionBlock), "section")]
[JsonDerivedType(typeof(ContextBlock), "context")]
[JsonDerivedType(typeof(ActionsBlock), "actions")]
[JsonDerivedType(typeof(HeaderBlock), "header")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
[JsonDerivedType(typeof(InputBlock), "input")]
internal abstract record Block(string BlockId);

internal sealed record SectionBlock(string BlockId, TextObject? Text, IReadOnlyList<TextObject>? Fields = null) : Block(BlockId);

internal sealed record ContextBlock(string BlockId, IReadOnlyList<TextObject> Elements) : Block(BlockId);

internal sealed record ActionsBlock(string BlockId, IReadOnlyList<Element> Elements) : Block(BlockId);

internal sealed record HeaderBlock(string BlockId, TextObject Text) : Block(BlockId);

internal sealed record DividerBlock(string BlockId) : Block(BlockId);

internal sealed record InputBlock(string BlockId, TextObject Label, Element Element, TextObject? Hint, bool Optional) : Block(BlockId);

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
[JsonDerivedType(typeof(ExternalSelect), "external_select")]
[JsonDerivedType(typeof(MultiExternalSelect), "multi_external_select")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(MultiStaticSelect), "multi_static_select")]
[JsonDerivedType(typeof(ConversationsSelect), "conversations_select")]
[JsonDerivedType(typeof(PlainTextInput), "plain_text_input")]
internal abstract record Element(string ActionId);

internal sealed record Button(string ActionId, TextObject Text, string? Url, string? Value) : Element(ActionId);

/// <summary>A select whose options we are asked for as the person types.</summary>
internal sealed record ExternalSelect(string ActionId, TextObject Placeholder, int MinQueryLength) : Element(ActionId)
{
    public SelectOption? InitialOption { get; init; }
}

internal sealed record MultiExternalSelect(string ActionId, int MinQueryLength, IReadOnlyList<SelectOption>? InitialOptions, int MaxSelectedItems) : Element(ActionId);

internal sealed record StaticSelect(string ActionId, IReadOnlyList<SelectOption> Options, SelectOption? InitialOption) : Element(ActionId);

internal sealed record MultiStaticSelect(string ActionId, IReadOnlyList<SelectOption> Options, IReadOnlyList<SelectOption>? InitialOptions, int MaxSelectedItems)
    : Element(ActionId);

internal sealed record ConversationsSelect(string ActionId, string? InitialConversation, bool? DefaultToCurrentConversation, ConversationFilter Filter) : Element(ActionId);

internal sealed record ConversationFilter(IReadOnlyList<string> Include, bool ExcludeBotUsers);

internal sealed record PlainTextInput(string ActionId, string? InitialValue, int MaxLength) : Element(ActionId);

internal sealed record SelectOption(TextObject Text, string Value);

/// <summary>A modal or a home page.</summary>
/// <param name="Type"><c>modal</c> or <c>home</c>.</param>
/// <param name="Title">Of a modal, at most 24 characters.</param>
internal sealed record SlackView(string Type, IReadOnlyList<Block> Blocks, TextObject? Title = null, TextObject? Close = null)
{
    /// <summary>The button that sends a form, at most 24 characters.</summary>
    public TextObject? Submit { get; init; }

    public string? CallbackId { get; init; }

    /// <summary>Comes back with what is done in it; outside text by then.</summary>
    public string? PrivateMetadata { get; init; }
}

/// <summary>A card as Slack takes it.</summary>
/// <param name="Text">Notification and screen reader: the whole in plain sentences.</param>
/// <param name="Blocks">What is seen.</param>
internal sealed record SlackMessage(string Text, IReadOnlyList<Block> Blocks);
