using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Rendering;

/// <summary>How a card is drawn, from the richest to the plainest.</summary>
internal enum Look
{
    Components,
    Classic,
    Plain,
}

/// <summary>A card as Discord takes it.</summary>
/// <param name="StateMark">The id that only this version of the words carries; null where nothing carries it.</param>
internal sealed record RenderedCard(Look Look, string? Content, IReadOnlyList<EmbedWire> Embeds, IReadOnlyList<ComponentWire> Components, int? StateMark)
{
    // Discord lets this flag be set by an edit and never taken back.
    public int Flags => Look == Look.Components ? MessageFlags.ComponentsV2 : 0;

    /// <summary>The only role that a post of it pings; an edit pings nobody.</summary>
    public string? Ping { get; init; }

    public MessagePost ToPost(DeliveryKey? key = null, bool isPrivate = false) => new()
    {
        Content = Content,
        Embeds = Embeds.Count > 0 ? Embeds : null,
        Components = Components.Count > 0 ? Components : null,
        Flags = Flags | (isPrivate ? MessageFlags.Ephemeral : 0),
        Nonce = key?.Value,
        EnforceNonce = key is null ? null : true,
        AllowedMentions = Ping is null ? AllowedMentions.Nobody : AllowedMentions.Role(Ping),
    };

    /// <summary>As the new content of the message whose button was pressed: what is not said of it would stay.</summary>
    public MessagePost ToUpdate() => Look == Look.Components ? ToPost() : ToPost() with { Content = Content ?? "", Embeds = Embeds, Components = Components };

    public MessageEdit ToEdit(bool isPrivate = false) => new()
    {
        Content = Content,
        Embeds = Embeds,
        Components = Components,
        Flags = Flags | (isPrivate ? MessageFlags.Ephemeral : 0),
    };

    /// <summary>True where <paramref name="seen"/> is what was sent: Discord may drop an embed and say nothing, or hand back an older message of the same nonce.</summary>
    public bool IsShownBy(MessageWire seen) =>
        (Embeds.Count == 0 || seen.Embeds?.Count == Embeds.Count)
        && (StateMark is not { } mark || Mark.IsIn(seen.Components, mark));
}
