using System.Runtime.CompilerServices;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Rendering;

/// <summary>Cards as they were drawn, for as long as the card itself is kept: a fan-out shows one thousands of times, and only the delivery's mark differs.</summary>
internal sealed class Drawings
{
    private static readonly DeliveryKey Anybody = new("");
    private static readonly int AnybodysMark = Mark.OfKey(Anybody);

    private readonly ConditionalWeakTable<Card, RenderedCard?[]> _drawn = [];

    /// <inheritdoc cref="CardRenderer.Render(Card, Look, DeliveryKey?)"/>
    public RenderedCard Of(Card card, Look look, DeliveryKey key)
    {
        var looks = _drawn.GetValue(card, static _ => new RenderedCard?[(int)Look.Plain + 1]);
        var drawn = looks[(int)look] ??= CardRenderer.Render(card, look, Anybody);
        var marked = new Rest.ComponentWire[drawn.Components.Count];
        for (var i = 0; i < marked.Length; i++)
        {
            var part = drawn.Components[i];
            marked[i] = part.Id == AnybodysMark ? part with { Id = Mark.OfKey(key) } : part;
        }

        return drawn with { Components = marked };
    }
}
