using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Deliveries;

public sealed class SmallPartsTests
{
    [Fact]
    public void Trouble_that_repeats_rests_longer_each_time_and_never_longer_than_half_an_hour()
    {
        var now = Some.Time;
        var standing = Standing.Good;
        var rests = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
        {
            standing = standing.Failed(now, now);
            rests.Add(standing.Until!.Value - now);
        }

        rests.ShouldBeInOrder();
        rests[0].ShouldBe(TimeSpan.Zero);
        rests[^1].ShouldBe(TimeSpan.FromMinutes(30));
    }

    [Fact]
    public void What_the_platform_said_counts_where_it_is_later_than_the_step()
    {
        var now = Some.Time;

        Standing.Good.Failed(now, now + TimeSpan.FromHours(2)).Until.ShouldBe(now + TimeSpan.FromHours(2));
    }

    [Fact]
    public void Good_news_lowers_the_level_by_one_and_ends_the_rest()
    {
        var standing = Standing.Good.Failed(Some.Time, Some.Time).Failed(Some.Time, Some.Time);

        standing.Succeeded().ShouldBe(new Standing(1, null));
        standing.Succeeded().Succeeded().Succeeded().ShouldBe(Standing.Good);
    }

    [Theory]
    [InlineData(1, 0, "0123abcd-1")]
    [InlineData(36, 0, "0123abcd-10")]
    [InlineData(36, 2, "0123abcd-10-2")]
    [InlineData(long.MaxValue, 35, "0123abcd-1y2p0ij32e8e7-z")]
    public void A_key_is_short_enough_for_every_platform(long id, int anew, string expected)
    {
        var key = DeliveryKeys.Of("0123abcd", id, anew);

        key.Value.ShouldBe(expected);
        key.Value.Length.ShouldBeLessThanOrEqualTo(24);
    }

    [Fact]
    public void A_card_comes_out_of_the_tables_as_it_went_in()
    {
        var card = Some.Card() with
        {
            Notice = new Notice("Corrected", Some.Time, ": an earlier version said <b>\"no\"</b>"),
            Items = [new CardItem(CardState.Flash, "an item", null, "detail", Some.Time)],
            Facts = [new CardFact("label", "value")],
            Actions = [CardAction.ToLink("Full story", "https://example.org"), CardAction.ToCommand("Follow", "follow", ("story", "7"))],
        };

        var back = CardJson.Read(CardJson.Write(card));

        CardJson.Write(back).ShouldBe(CardJson.Write(card));
        back.Notice.ShouldBe(card.Notice);
        back.Points.ShouldBe(card.Points);
        back.Items.ShouldBe(card.Items);
        back.Facts.ShouldBe(card.Facts);
        back.Actions[0].Link.ShouldBe("https://example.org");
        back.Actions[1].Arguments["story"].ShouldBe("7");
        (back.Kicker!.State, back.Published, back.Version).ShouldBe((CardState.Breaking, Some.Time, 1));
        CardJson.Write(card).ShouldNotContain("\"word\"", Case.Sensitive, "what follows from the state is not kept");
    }

    [Fact]
    public void A_queue_lets_one_delivery_of_a_destination_out_at_a_time_and_the_important_first()
    {
        var queue = new LaneQueue();
        queue.Add(Due(1, destination: 1, rank: 4));
        queue.Add(Due(2, destination: 1, rank: 2));
        queue.Add(Due(3, destination: 2, rank: 5));

        var first = queue.Take(_ => true)!;
        var second = queue.Take(_ => true)!;

        (first.Id, second.Id).ShouldBe((2, 3));
        queue.Take(_ => true).ShouldBeNull();
        queue.Holding(2).ShouldBe([1]);
        queue.Finish(first);
        queue.Take(_ => true)!.Id.ShouldBe(1);
    }

    [Fact]
    public void Every_eighth_turn_belongs_to_the_least_important()
    {
        var queue = new LaneQueue();
        for (var i = 1; i <= 20; i++)
        {
            queue.Add(Due(i, destination: i, rank: 2));
        }

        queue.Add(Due(99, destination: 99, rank: 5));

        Enumerable.Range(0, 8).Select(_ => queue.Take(_ => true)!.Id).ShouldBe([1, 2, 3, 4, 5, 6, 7, 99]);
    }

    [Fact]
    public void A_pace_spaces_posts_evenly_counts_edits_apart_and_makes_up_for_a_late_timer()
    {
        var pacer = new LanePacer(new LanePace(new Rate(PerSecond: 10, Burst: 2), new Rate(PerSecond: 1, Burst: 1)));
        var now = TimeSpan.FromSeconds(100);
        pacer.Take(isEdit: false, now);
        pacer.WaitFor(isEdit: false, now).ShouldBe(TimeSpan.Zero);
        pacer.Take(isEdit: false, now);

        pacer.WaitFor(isEdit: false, now).ShouldBe(TimeSpan.FromMilliseconds(100));
        pacer.WaitFor(isEdit: true, now).ShouldBe(TimeSpan.Zero);
        pacer.Take(isEdit: true, now);
        pacer.WaitFor(isEdit: true, now).ShouldBe(TimeSpan.FromSeconds(1));

        var late = now + TimeSpan.FromMilliseconds(180);
        pacer.Take(isEdit: false, late);
        pacer.WaitFor(isEdit: false, late).ShouldBe(TimeSpan.FromMilliseconds(20));
    }

    private static DueDelivery Due(long id, long destination, int rank) => new()
    {
        Id = id,
        BulletinId = 1,
        DestinationId = destination,
        Destination = Some.Channel(),
        Lane = "scripted",
        Rank = rank,
        Epoch = 1,
        ClaimNo = 1,
        Key = new DeliveryKey("k"),
    };
}
