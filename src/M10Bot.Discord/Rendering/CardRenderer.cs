using M10Bot.Discord.Rest;
using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.Discord.Rendering;

/// <summary>Draws cards as Discord messages.</summary>
internal static class CardRenderer
{
    /// <summary>The card in the wanted look, or in the next plainer one where Discord's limits forbid that.</summary>
    public static RenderedCard Render(Card card, Look look, DeliveryKey? key = null) => Fitting(card, look, key, form: null);

    /// <summary>The reply, with the selects and buttons of its form.</summary>
    public static RenderedCard Render(CommandReply reply, Look look) =>
        Fitting(reply.Form is null ? reply.Card : FormRenderer.WithTexts(reply.Card, reply.Form), look, key: null, reply.Form);

    private static RenderedCard Fitting(Card card, Look look, DeliveryKey? key, Form? form)
    {
        for (; look < Look.Plain; look++)
        {
            var rendering = Draw(card, look, key, form);
            if (RenderingLimits.FaultsOf(rendering).Count == 0)
            {
                return rendering;
            }
        }

        return Draw(card, Look.Plain, key, form);
    }

    /// <summary>What stays of a card when its story is withdrawn, whatever else the card still holds.</summary>
    public static Card Withdrawn(Card card) => card with
    {
        Link = null,
        Points = [],
        WhatIsNew = null,
        Items = [],
        Actions = [.. card.Actions.Where(a => a.Link is null)],
    };

    private static RenderedCard Draw(Card card, Look look, DeliveryKey? key, Form? form)
    {
        var budget = look == Look.Plain ? new TextBudget(1_980, 9_000) : new TextBudget(3_950, 9_000);
        var text = CardText.Of(card, budget, showsPreview: look == Look.Components);
        var buttons = form is null ? ButtonsOf(card) : FormRenderer.Buttons(form).Concat(ButtonsOf(card)).Take(5).ToList();
        var selects = form is null ? [] : FormRenderer.Selects(form, isLabelled: look == Look.Components);
        var state = key is null ? (int?)null : Mark.OfState(string.Join('\n', [text.Headline, text.Notes, text.Body, text.Credit, .. buttons.Select(b => $"{b.Label} {b.Url}{b.CustomId}")]));
        var rendering = look == Look.Components ? InContainer(card, text, selects, buttons, key, state) : InContent(card, look, text, selects, buttons, key, state);
        return rendering with { Ping = Snowflake.IsValid(card.Ping) ? card.Ping : null };
    }

    private static RenderedCard InContainer(
        Card card, CardText text, IReadOnlyList<ComponentWire> selects, List<ComponentWire> buttons, DeliveryKey? key, int? state)
    {
        var parts = new List<ComponentWire> { Text(Joined($"### {text.Headline}", text.Notes)) with { Id = state } };
        if (text.Body.Length > 0)
        {
            parts.Add(Text(text.Body));
        }

        parts.AddRange(selects);
        if (buttons.Count > 0)
        {
            parts.Add(new ComponentWire(ComponentWire.ActionRow) { Components = buttons });
        }

        if (text.Credit.Length > 0)
        {
            parts.Add(Text(text.Credit));
        }

        var container = new ComponentWire(ComponentWire.Container)
        {
            Id = key is null ? null : Mark.OfKey(key),
            AccentColor = card.Kicker?.Colour,
            Components = parts,
        };
        return new RenderedCard(Look.Components, null, [], [container], state);
    }

    // The headline stands in the content: a telephone shows that, and it remains where embeds are not allowed.
    private static RenderedCard InContent(
        Card card, Look look, CardText text, IReadOnlyList<ComponentWire> selects, List<ComponentWire> buttons, DeliveryKey? key, int? state)
    {
        var below = Joined(text.Body, text.Credit);
        var isEmbedded = look == Look.Classic && below.Length > 0;
        var content = Joined($"**{text.Headline}**", text.Notes);
        IReadOnlyList<ComponentWire> marked = key is null || buttons.Count == 0 ? buttons : [buttons[0] with { Id = state }, .. buttons.Skip(1)];
        var row = new ComponentWire(ComponentWire.ActionRow) { Id = key is null ? null : Mark.OfKey(key), Components = marked };
        var rows = buttons.Count == 0 ? selects : selects.Append(row).ToArray();
        return new RenderedCard(
            look,
            isEmbedded ? content : Joined(content, below),
            isEmbedded ? [new EmbedWire(below, card.Kicker?.Colour)] : [],
            rows,
            buttons.Count == 0 ? null : state);
    }

    private static List<ComponentWire> ButtonsOf(Card card)
    {
        var buttons = new List<ComponentWire>();
        foreach (var action in card.Actions)
        {
            var button = new ComponentWire(ComponentWire.Button) { Label = DiscordText.Plain(action.Label, 80) };
            if (action.Command is null && SafeLink.Of(action.Link, SafeLink.MostInButton) is { } address)
            {
                button = button with { Style = ComponentWire.LinkStyle, Url = address };
            }
            else if (ActionKey.Fits(action) && ActionKey.Encode(action) is var id && !buttons.Exists(b => string.Equals(b.CustomId, id, StringComparison.Ordinal)))
            {
                button = button with { Style = ComponentWire.SecondaryStyle, CustomId = id };
            }
            else
            {
                continue; // a button that Discord would refuse must not keep the news back
            }

            if (button.Label!.Length > 0 && buttons.Count < 5)
            {
                buttons.Add(button);
            }
        }

        return buttons;
    }

    private static ComponentWire Text(string content) => new(ComponentWire.TextDisplay) { Content = content };

    private static string Joined(params ReadOnlySpan<string> parts)
    {
        var text = "";
        foreach (var part in parts)
        {
            text = text.Length == 0 ? part : part.Length == 0 ? text : $"{text}\n{part}";
        }

        return text;
    }
}
