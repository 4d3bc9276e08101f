using System.Text;
using System.Text.Json;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Tests.Rendering;

public sealed class DrawnCardTests
{
    [Fact]
    public void A_card_is_drawn_once_however_often_it_is_sent()
    {
        var card = SlackRig.Flash;

        DrawnCard.Of(card).ShouldBeSameAs(DrawnCard.Of(card));
    }

    [Fact]
    public void A_card_that_differs_is_drawn_for_itself()
    {
        var card = SlackRig.Flash;

        DrawnCard.Of(card with { Headline = "Port of Riga open again" }).ShouldNotBeSameAs(DrawnCard.Of(card));
    }

    [Fact]
    public void What_is_drawn_once_goes_out_as_if_it_had_been_drawn_each_time()
    {
        var card = SlackRig.Flash with { Headline = "“Zürich” & <!channel> \"quoted\" 🔴\u0001" };
        var message = SlackRenderer.Render(card);

        var sent = JsonDocument.Parse(SlackCall.Json("chat.postMessage", SlackMessages.Of(SlackRig.News, card, SlackRig.Key), SlackJson.Default.MessageArguments).Body).RootElement;

        sent.GetProperty("text").GetString().ShouldBe(message.Text);
        sent.GetProperty("blocks").GetRawText().ShouldBe(Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(message.Blocks, SlackJson.Default.IReadOnlyListBlock)));
        sent.GetProperty("channel").GetString().ShouldBe("C1");
        sent.GetProperty("metadata").GetProperty("event_payload").GetProperty("delivery_key").GetString().ShouldBe(SlackRig.Key.Value);
    }
}
