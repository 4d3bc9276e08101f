using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

public sealed class DepartureTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    [Theory]
    [OnEveryEngine]
    public async Task What_belongs_to_a_workspace_that_left_goes_when_its_grace_is_over(string engine)
    {
        await using var newsroom = await Newsroom.OpenAsync(engine);
        await newsroom.SayAsync("channel add here ukraine", Role.Admin);
        await newsroom.SayAsync("subscribe ukraine me");
        var story = await newsroom.StoryAsync("Talks in Kyiv", Newsroom.Ukraine);
        await newsroom.SayAsync($"mute {story} here", Role.Admin);
        await newsroom.ExecuteAsync(
            "insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, state, created_ms, wanted_ms) select 1, id, 'slack/one', 3, 1, 'done', 0, 0 from destination");
        var departures = new DepartureStore(newsroom.Database, newsroom.Time);

        await departures.LeftAsync(Platform.Slack, "T1", CancellationToken.None);
        newsroom.Time.Advance(TimeSpan.FromDays(29));
        await departures.LeftAsync(Platform.Slack, "T1", CancellationToken.None); // told again: the first time counts
        (await departures.PurgeOneAsync(Grace, CancellationToken.None)).ShouldBeNull();
        newsroom.Time.Advance(TimeSpan.FromDays(2));
        (await departures.PurgeOneAsync(Grace, CancellationToken.None)).ShouldBe("slack/T1");
        (await departures.PurgeOneAsync(Grace, CancellationToken.None)).ShouldBeNull();

        (await newsroom.ScalarAsync<string>("select kind from destination")).ShouldBe("person");
        (await newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(1);
        (await newsroom.ScalarAsync<long>("select count(*) from delivery")).ShouldBe(1);
        (await newsroom.ScalarAsync<long>("select count(*) from story_choice")).ShouldBe(0);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_workspace_that_invites_the_bot_again_in_time_keeps_all(string engine)
    {
        await using var newsroom = await Newsroom.OpenAsync(engine);
        await newsroom.SayAsync("channel add here ukraine", Role.Admin);
        var departures = new DepartureStore(newsroom.Database, newsroom.Time);
        await departures.LeftAsync(Platform.Slack, "T1", CancellationToken.None);
        await departures.LeftAsync(Platform.Slack, "T2", CancellationToken.None);
        await departures.ArrivedAsync(Platform.Discord, ["T2"], CancellationToken.None);
        await departures.ArrivedAsync(Platform.Slack, ["T0", "T1"], CancellationToken.None);
        newsroom.Time.Advance(TimeSpan.FromDays(31));
        (await departures.PurgeOneAsync(Grace, CancellationToken.None)).ShouldBe("slack/T2");
        (await departures.PurgeOneAsync(Grace, CancellationToken.None)).ShouldBeNull();
        (await newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(1);
    }
}
