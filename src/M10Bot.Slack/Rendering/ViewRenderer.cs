using M10Bot.News.Chat;
using M10Bot.Slack.Requests;

namespace M10Bot.Slack.Rendering;

/// <summary>Cards as a modal and as a person's own page. A view takes a hundred blocks.</summary>
internal static class ViewRenderer
{
    private const int MostBlocks = 100;
    private const int HeaderLimit = 150;

    private static readonly PlainText Title = new("M10Bot");
    private static readonly PlainText Close = new("Close");

    /// <summary>Shown while a command takes its time.</summary>
    public static SlackView Working { get; } = Modal(new Card { Headline = "One moment…" });

    /// <summary>The reply in a modal: a form where it asks for something, else its card.</summary>
    public static SlackView Of(CommandReply reply, string channel) => reply.Form is null ? Modal(reply.Card) : FormRenderer.Modal(reply, channel);

    public static SlackView Modal(Card card) => new("modal", [.. SlackRenderer.Render(card).Blocks.Take(MostBlocks)], Title, Close);

    /// <summary>One section per card, and the selects that find a topic or a story.</summary>
    public static SlackView Home(IReadOnlyList<Card> cards)
    {
        List<Block> blocks =
        [
            new ActionsBlock("find.v1",
            [
                new ExternalSelect(ButtonIds.PickOf("subscribe", "topic"), new PlainText("Subscribe to a topic…"), MinQueryLength: 0),
                new ExternalSelect(ButtonIds.PickOf("summary", "story"), new PlainText("Sum up a story…"), MinQueryLength: 0),
            ]),
        ];
        foreach (var (card, n) in cards.Select((card, n) => (card, n)))
        {
            // The headline stands as the section's heading, so it is not said twice.
            var section = SlackRenderer.Render(card, $"s{n}.").Blocks.Where(b => !b.BlockId.StartsWith($"s{n}.headline", StringComparison.Ordinal)).ToList();
            if (blocks.Count + section.Count + 2 > MostBlocks)
            {
                break;
            }

            blocks.Add(new DividerBlock($"s{n}.line"));
            blocks.Add(new HeaderBlock($"s{n}.head", new PlainText(SlackText.Label(card.Headline, HeaderLimit))));
            blocks.AddRange(section);
        }

        return new SlackView("home", blocks);
    }
}
