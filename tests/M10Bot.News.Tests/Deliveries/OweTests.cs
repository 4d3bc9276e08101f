using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Deliveries;

public sealed class OweTests
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_story_is_owed_once_to_everyone_who_follows_one_of_its_topics_everything_or_the_story(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("both", "place:ukraine", "org:nato");
        await world.ChannelAsync("everything", "all");
        await world.ChannelAsync("other", "place:chile");
        var follower = await world.ChannelAsync("follower");
        var muted = await world.ChannelAsync("muted", "all");
        var closed = await world.ChannelAsync("closed", "all");
        await world.Tables.ExecuteAsync("update destination set is_open = 0 where id = @closed", new { closed });
        var story = await world.Tables.StoryAsync("place:ukraine", "org:nato");
        await world.Tables.ChooseAsync(follower, story, "follow");
        await world.Tables.ChooseAsync(muted, story, "mute");

        var owed = await world.RunAsync(story, DeliveryRank.Urgent, "first");

        owed.ShouldBe(3);
        await world.RunUntilAsync(p => p.Messages.Count == 3);
        world.Platform.Messages.Select(m => m.To.Address).Order(StringComparer.Ordinal).ShouldBe(["both", "everything", "follower"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task An_update_edits_what_stands_and_posts_to_those_who_came_later(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("early", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Flash, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        await world.ChannelAsync("late", "all");

        (await world.RunAsync(story, DeliveryRank.Routine, "second", CardState.Update)).ShouldBe(2);
        await world.RunUntilAsync(p => p.Messages.Count == 2 && p.Messages.All(m => m.Now.Headline is "second"));

        world.Platform.Requests.Select(r => (r.Verb, r.To.Address)).Order()
            .ShouldBe([("edit", "early"), ("post", "early"), ("post", "late")]);
        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["done"] = 2 }, ignoreOrder: true);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Who_muted_or_left_gets_no_update_but_the_correction_and_the_kill_of_what_stands_there(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        var muted = await world.ChannelAsync("muted", "all");
        var closed = await world.ChannelAsync("closed", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 2);
        await world.Tables.ChooseAsync(muted, story, "mute");
        await world.Tables.ExecuteAsync("update destination set is_open = 0 where id = @closed", new { closed });

        (await world.RunAsync(story, DeliveryRank.Routine, "update", CardState.Update)).ShouldBe(0);
        (await world.RunAsync(story, DeliveryRank.Correction, "corrected", CardState.Corrected)).ShouldBe(2);
        await world.RunUntilAsync(p => p.Requests.Count == 4);
        (await world.RunAsync(story, DeliveryRank.Kill, "withdrawn", CardState.Withdrawn)).ShouldBe(2);
        await world.RunUntilAsync(p => p.Requests.Count == 6);

        foreach (var message in world.Platform.Messages)
        {
            message.Cards.Select(c => c.Headline).ShouldBe(["first", "corrected", "withdrawn"]);
        }
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_kill_drops_what_was_never_shown_and_withdraws_what_was(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("shown", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        await world.ChannelAsync("never", "all");
        await world.RunAsync(story, DeliveryRank.Routine, "second", CardState.Update);

        (await world.RunAsync(story, DeliveryRank.Kill, "withdrawn", CardState.Withdrawn)).ShouldBe(1);
        await world.RunUntilAsync(p => p.Requests.Any(r => r.Verb is "withdraw"));

        world.Platform.Messages.ShouldHaveSingleItem().Cards.Select(c => c.Headline).ShouldBe(["first", "withdrawn"]);
        (await world.Tables.StatesAsync()).ShouldBe(new Dictionary<string, long>(StringComparer.Ordinal) { ["done"] = 1, ["dropped"] = 1 }, ignoreOrder: true);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_removed_message_stays_removed_on_updates_and_comes_back_once_for_a_correction(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        world.Platform.Remove(world.Platform.Messages[0]);

        await world.RunAsync(story, DeliveryRank.Routine, "second", CardState.Update);
        await world.RunUntilAsync(p => p.Requests.Count == 2);
        (await world.Tables.StatesAsync()).Keys.ShouldBe(["gone"]);
        (await world.RunAsync(story, DeliveryRank.Routine, "third", CardState.Update)).ShouldBe(0);
        (await world.RunAsync(story, DeliveryRank.Correction, "corrected", CardState.Corrected)).ShouldBe(1);
        await world.RunUntilAsync(p => p.Messages.Count == 1);

        world.Platform.Messages[0].Now.Headline.ShouldBe("corrected");
        world.Platform.Requests.Select(r => r.Verb).ShouldBe(["post", "edit", "post"]);
        world.Platform.Requests[2].Key.ShouldNotBe(world.Platform.Requests[0].Key, "a platform that remembers keys would otherwise show nothing");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_message_removed_before_its_correction_is_posted_anew_and_before_its_kill_is_not(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "first");
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        world.Platform.Remove(world.Platform.Messages[0]);

        await world.RunAsync(story, DeliveryRank.Correction, "corrected", CardState.Corrected);
        await world.RunUntilAsync(p => p.Messages.Count == 1);
        world.Platform.Remove(world.Platform.Messages[0]);
        await world.RunAsync(story, DeliveryRank.Kill, "withdrawn", CardState.Withdrawn);
        await world.RunUntilAsync(p => p.Requests.Any(r => r.Verb is "withdraw"));

        world.Platform.Messages.ShouldBeEmpty();
        (await world.Tables.StatesAsync()).Keys.ShouldBe(["gone"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Three_updates_while_nothing_can_be_sent_are_one_edit_of_the_newest(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.ChannelAsync("a", "all");
        var story = await world.Tables.StoryAsync();
        await world.RunAsync(story, DeliveryRank.Urgent, "1");
        await world.RunUntilAsync(p => p.Messages.Count == 1);

        await world.RunAsync(story, DeliveryRank.Routine, "2", CardState.Update);
        await world.RunAsync(story, DeliveryRank.Routine, "3", CardState.Update);
        await world.RunAsync(story, DeliveryRank.Routine, "4", CardState.Update);
        await world.RunUntilAsync(p => p.Requests.Count == 2);

        world.Platform.Messages[0].Cards.Select(c => c.Headline).ShouldBe(["1", "4"]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_large_fan_out_is_one_row_per_destination_however_often_it_is_owed(string engine)
    {
        await using var world = await DeliveryWorld.CreateAsync(engine);
        await world.Tables.ExecuteAsync(
            """
            with recursive n (i) as (select 1 union all select i + 1 from n where i < 5000)
            insert into destination (platform, workspace, kind, address, lane, added_by, added_ms)
            select 'discord', '81', 'channel', 'c' || i, 'scripted', 'test', 0 from n
            """);
        await world.Tables.ExecuteAsync(
            "insert into subscription (destination_id, topic, name, created_by, created_ms) select id, 'all', 'all', 'test', 0 from destination");
        var story = await world.Tables.StoryAsync();

        (await world.RunAsync(story, DeliveryRank.Urgent, "first")).ShouldBe(5000);
        (await world.RunAsync(story, DeliveryRank.Correction, "second")).ShouldBe(5000);

        (await world.Tables.ScalarAsync<long>("select count(*) from delivery where wanted_version = 2 and rank = 1 and state = 'due'")).ShouldBe(5000);
        (await world.Tables.ScalarAsync<long>("select count(*) from delivery")).ShouldBe(5000);
    }
}
