using Dapper;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Deliveries;

public sealed class FanOutCardTests
{
    /// <summary>The chats draw a card once for as long as it is the same one: thousands of channels must not each bring a copy.</summary>
    /// <remarks>Seen red while each new message was given a copy of its own.</remarks>
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task All_places_of_a_language_are_handed_one_and_the_same_card(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        for (var i = 0; i < 20; i++)
        {
            await world.ChannelAsync($"c{i}", "all");
        }

        await world.Database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("update destination set language = 'de' where address in ('c3', 'c4', 'c5')", transaction: transaction),
            CancellationToken.None);
        await world.RunAsync(await world.Tables.StoryAsync(), DeliveryRank.Urgent, "first");

        await world.RunUntilAsync(p => p.Requests.Count == 20);

        var cards = world.Platform.Requests.GroupBy(r => r.Card!.Language, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        cards["de"].Count.ShouldBe(3);
        cards["en"].Count.ShouldBe(17);
        cards.Values.ShouldAllBe(same => same.TrueForAll(r => ReferenceEquals(r.Card, same[0].Card)));
    }
}
