using System.Runtime.CompilerServices;
using M10Bot.News.Chat;
using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Rendering;

/// <summary>A card as Slack takes it, written out; for as long as the card itself is kept, it is drawn no second time: a fan-out shows one thousands of times.</summary>
/// <param name="Text">Notification and screen reader.</param>
/// <param name="Blocks">What is seen.</param>
internal sealed record DrawnCard(ReadyJson Text, ReadyJson Blocks)
{
    private static readonly ConditionalWeakTable<Card, DrawnCard> Drawn = [];

    public static DrawnCard Of(Card card) => Drawn.GetValue(card, static c => Of(SlackRenderer.Render(c)));

    public static DrawnCard Of(SlackMessage message) =>
        new(ReadyJson.Of(message.Text), ReadyJson.Of(message.Blocks, SlackJson.Default.IReadOnlyListBlock));
}
