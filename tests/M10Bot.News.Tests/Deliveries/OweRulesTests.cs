using M10Bot.News.Articles;
using M10Bot.News.Deliveries;
using M10Bot.News.Subscriptions;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Deliveries;

/// <summary>The fan-out's one statement says the same as the rules, one by one.</summary>
public sealed class OweRulesTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task The_fan_out_decides_as_the_rules_do(string engine)
    {
        foreach (var (urgency, language) in new[] { (1, "de-AT"), (3, "fr"), (5, "und"), (3, "en") })
        {
            await using var world = await DeliveryWorld.CreateAsync(engine);
            var cases = await PlacesAsync(world);
            var earlier = await world.Tables.StoryAsync("place:chile");
            await world.RunAsync(earlier, DeliveryRank.Urgent, "an earlier story");

            var story = await world.Tables.StoryAsync("place:ukraine");
            await world.Tables.ExecuteAsync(
                """
                insert into article (source, uri, version, story_id, status, headline, body, summary, language, urgency, published_ms, received_ms)
                values ('M10News', 'uri', 1, @story, 'usable', 'headline', '', '[]', @language, 3, 0, 0);
                update story set urgency = @urgency, lead_id = (select max(id) from article) where id = @story;
                """,
                new { urgency, story, language });
            foreach (var followed in cases.Where(c => c.IsFollowed))
            {
                await world.Tables.ChooseAsync(followed.Id, story, "follow");
            }

            await world.RunAsync(story, DeliveryRank.Routine, "the story");

            foreach (var place in cases)
            {
                var expected = Expected(place, new Urgency(urgency), language, world.Time.GetUtcNow());
                var actual = await world.Tables.ScalarAsync<long?>(
                    "select d.not_before_ms from delivery d join bulletin b on b.id = d.bulletin_id where b.story_id = @story and d.destination_id = @Id", new { story, place.Id });
                actual.ShouldBe(expected, $"urgency {urgency}, {language}, {place}");
            }
        }
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_waits_for_the_end_of_quiet_hours_comes_at_once_when_it_becomes_a_flash(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        var quiet = await world.ChannelAsync("quiet", "all");
        await QuietAsync(world, quiet, world.Time.GetUtcNow());
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        (await world.Tables.ScalarAsync<long>("select not_before_ms from delivery")).ShouldBeGreaterThan(world.Time.GetUtcNow().ToUnixTimeMilliseconds());

        await world.Tables.ExecuteAsync("update story set urgency = 1 where id = @story", new { story });
        await world.RunAsync(story, DeliveryRank.Flash, "now a flash");

        await world.RunUntilAsync(p => p.Messages.Count == 1);
        world.Platform.Messages[0].Now.Headline.ShouldBe("now a flash");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_role_is_pinged_by_the_first_message_and_never_again(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        var pinged = await world.ChannelAsync("pinged", "all", "place:ukraine");
        await world.ChannelAsync("plain", "all");
        await world.Tables.ExecuteAsync("update subscription set ping_role = '600', ping_urgency = 3 where destination_id = @pinged and topic = 'place:ukraine'", new { pinged });

        var other = await world.Tables.StoryAsync("place:chile");
        await world.RunAsync(other, DeliveryRank.Urgent, "no ping");
        var routine = await world.Tables.StoryAsync("place:ukraine");
        await world.Tables.ExecuteAsync("update story set urgency = 5 where id = @routine", new { routine });
        await world.RunAsync(routine, DeliveryRank.Routine, "no ping either");
        var story = await world.Tables.StoryAsync("place:ukraine");
        await world.RunAsync(story, DeliveryRank.Urgent, "ping");
        await world.RunUntilAsync(p => p.Messages.Count == 6);
        await world.RunAsync(story, DeliveryRank.Correction, "corrected");
        await world.RunUntilAsync(p => p.Messages.Count(m => m.Now.Headline is "corrected") == 2);

        var pings = world.Platform.Requests.Where(r => r.Card?.Ping is not null).ToList();
        pings.ShouldHaveSingleItem().To.Address.ShouldBe("pinged");
        pings[0].Verb.ShouldBe("post");
        pings[0].Card!.Headline.ShouldBe("ping");
        pings[0].Card!.Ping.ShouldBe("600");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_message_put_up_anew_pings_nobody(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("pinged", "all");
        await world.Tables.ExecuteAsync("update subscription set ping_role = '600', ping_urgency = 9");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        world.Platform.Remove(world.Platform.Messages[0]);
        await world.RunAsync(story, DeliveryRank.Correction, "corrected");
        await world.RunUntilAsync(p => p.Messages.Count == 1 && p.Messages[0].Now.Headline is "corrected");
        world.Platform.Requests.Count(r => r.Card?.Ping is not null).ShouldBe(1);
    }

    private static long? Expected(Place place, Urgency urgency, string language, DateTimeOffset now)
    {
        var order = new OrderRules(new Urgency(place.Least)) { Languages = place.Languages };
        if (!place.IsFollowed && !(UrgencyRule.Judge(urgency, order).Runs && LanguageRule.Judge(language, order).Runs))
        {
            return null;
        }

        if (!BudgetRule.Judge(urgency, place.Pace, taken: 1, place.IsFollowed).Runs)
        {
            return null;
        }

        return QuietRule.Judge(urgency, place.Pace, now).NotBefore?.ToUnixTimeMilliseconds() ?? 0;
    }

    /// <summary>Every combination; each has had one story today.</summary>
    private static async Task<List<Place>> PlacesAsync(DeliveryWorld world)
    {
        var now = world.Time.GetUtcNow();
        var hour = new TimeOnly(now.UtcDateTime.Hour, now.UtcDateTime.Minute);
        QuietHours?[] quiets = [null, new(hour.AddHours(-1), hour.AddHours(1), "UTC"), new(hour.AddHours(1), hour.AddHours(2), "UTC")];
        var places = new List<Place>();
        var combinations = from least in new[] { 1, 3, 9 }
                           from quiet in quiets
                           from most in new int?[] { null, 1, 2 }
                           from isFollowed in new[] { false, true }
                           from languages in new string[][] { [], ["de", "en"] }
                           select (least, quiet, most, isFollowed, languages);
        foreach (var (least, quiet, most, isFollowed, languages) in combinations)
        {
            var id = await world.ChannelAsync($"c{places.Count}", "place:ukraine", "place:chile");
            await world.Tables.ExecuteAsync("update subscription set least_urgency = @least, languages = @written where destination_id = @id and topic = 'place:ukraine'", new { id, least, written = LanguageRule.Write(languages) });
            await world.Tables.ExecuteAsync("update destination set daily_most = @most where id = @id", new { id, most });
            if (quiet is not null)
            {
                await QuietAsync(world, id, quiet);
            }

            places.Add(new Place(id, least, new Pace(quiet, most), isFollowed, languages));
        }

        return places;
    }

    private static Task QuietAsync(DeliveryWorld world, long id, DateTimeOffset now)
    {
        var hour = TimeOnly.FromDateTime(now.UtcDateTime);
        return QuietAsync(world, id, new QuietHours(hour.AddHours(-1), hour.AddHours(1), "UTC"));
    }

    // To the minute, as the table has it.
    private static Task QuietAsync(DeliveryWorld world, long id, QuietHours hours) => world.Tables.ExecuteAsync(
        "update destination set quiet_from = @from, quiet_to = @to, quiet_zone = 'UTC' where id = @id",
        new { id, from = (hours.From.Hour * 60) + hours.From.Minute, to = (hours.To.Hour * 60) + hours.To.Minute });

    private sealed record Place(long Id, int Least, Pace Pace, bool IsFollowed, IReadOnlyList<string> Languages);
}
