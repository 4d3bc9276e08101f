using M10Bot.News.Chat;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

public sealed class ChannelCommandsTests : IAsyncLifetime
{
    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task Here_is_a_channel_and_what_follows_it_is_topics(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("channel add here ukraine, nato", Role.Admin);

        reply.Card.Headline.ShouldContain("this channel", Case.Insensitive);
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(2);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_channel_without_topics_gets_everything(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        (await _newsroom.SayAsync("channel add here", Role.Admin)).Card.Headline.ShouldBe("This channel now gets everything");
        (await _newsroom.SayAsync("channel add here", Role.Admin)).Card.Headline.ShouldBe("This channel already gets everything");
        (await _newsroom.ScalarAsync<string>("select topic from subscription")).ShouldBe("all");
    }

    [Theory]
    [OnEveryEngine("channel add <#C7|news> ukraine, nato")]
    [OnEveryEngine("channel add ukraine nato <#C7>")]
    [OnEveryEngine("channel add <#C7> Kyiv and the North Atlantic Alliance")]
    public async Task Another_channel_gets_several_topics(string engine, string line)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        (await _newsroom.SayAsync(line, Role.Admin)).Card.Headline.ShouldBe("Channel C7 now gets Ukraine and NATO");
        (await _newsroom.ScalarAsync<string>("select kind || '/' || workspace || '/' || address from destination")).ShouldBe("channel/T1/C7");
    }

    [Theory]
    [OnEveryEngine("channel add <#C7> ukraine", "Channel C7 now gets Ukraine")]
    [OnEveryEngine("channel remove <#C7>", "Channel C7 gets no stories")]
    [OnEveryEngine("channel test <#C7>", "The test card stands in channel C7")]
    [OnEveryEngine("channel add <#C7/1790000001.000200> ukraine", "Thread 1790000001.000200 in channel C7 now gets Ukraine")]
    [OnEveryEngine("channel add <#C1> ukraine", "This channel now gets Ukraine", "")]
    [OnEveryEngine("channel add here ukraine", "This channel now gets Ukraine", "")]
    public async Task The_channel_that_a_reply_names_is_shown_by_its_name(string engine, string line, string headline, string named = "C7")
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var card = (await _newsroom.SayAsync(line, Role.Admin)).Card;
        card.Headline.ShouldBe(headline);
        card.Channels.ShouldBe(named.Length == 0 ? [] : [named]);
        (await _newsroom.SayAsync("channel remove <#C7>", Role.Admin)).Card.Channels.ShouldBe(["C7"]);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_channel_that_takes_no_test_card_is_named_too(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Platform.Next = new PostOutcome.Refused("The channel is archived", "Unarchive it");
        var card = (await _newsroom.SayAsync("channel test <#C7>", Role.Admin)).Card;
        card.Headline.ShouldBe("The test card for channel C7 is refused");
        card.Channels.ShouldBe(["C7"]);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Topics_take_the_place_of_everything(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add here", Role.Admin);

        var reply = await _newsroom.SayAsync("channel add ukraine", Role.Admin);

        reply.Card.Lines.ShouldHaveSingleItem().ShouldBe("That is in place of everything.");
        (await _newsroom.ScalarAsync<string>("select max(topic) || count(*) from subscription")).ShouldBe("place:ukraine1");
    }

    [Theory]
    [OnEveryEngine("channel add ukraine, qqqqzzzz", false, "No topic is called “qqqqzzzz”")]
    [OnEveryEngine("channel add #news", false, "“#news” is no channel that can be found from here")]
    [OnEveryEngine("channel remove elsewhere", false, "“elsewhere” is no channel that can be found from here")]
    [OnEveryEngine("channel add", true, "Which channel?")]
    public async Task What_can_not_be_added_is_explained_and_nothing_changes(string engine, string line, bool direct, string headline)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        (await _newsroom.SayAsync(line, Role.Admin, direct: direct)).Card.Headline.ShouldBe(headline);
        (await _newsroom.ScalarAsync<long>("select count(*) from destination")).ShouldBe(0);
    }

    /// <remarks>Seen red: a typed order was taken for a channel that takes no card.</remarks>
    [Theory]
    [OnEveryEngine("channel add here ukraine breaking")]
    [OnEveryEngine("channel add ukraine urgency=breaking")]
    public async Task A_channel_that_refuses_the_test_card_is_not_added_and_the_button_adds_it_once_it_does(string engine, string line)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Platform.Next = new PostOutcome.Refused("the bot is not in the channel", "invite it to the channel");

        var refused = await _newsroom.SayAsync(line, Role.Admin);

        refused.Card.Headline.ShouldBe("The test card for this channel is refused");
        refused.Card.Lines.ShouldHaveSingleItem().ShouldBe("The bot is not in the channel. Invite it to the channel. The channel has not been added; when that is done, add it again.");
        (await _newsroom.ScalarAsync<long>("select count(*) from destination")).ShouldBe(0);

        _newsroom.Platform.Next = new PostOutcome.Posted(new Receipt("C1", "1.0"));
        var added = await _newsroom.PressAsync(refused, "Add it again", Role.Admin);
        added.Card.Headline.ShouldBe("This channel now gets Ukraine");
        added.Card.Lines[0].ShouldContain("Only the urgent comes");
        added.Card.Lines[^1].ShouldBe("A test card stands there.");
        (await _newsroom.ScalarAsync<long>("select least_urgency from subscription")).ShouldBe(3);

        // A channel that is served already takes orders without another card.
        await _newsroom.SayAsync("channel add nato", Role.Admin);
        _newsroom.Platform.Posts.Count.ShouldBe(2);
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_admin_who_subscribes_a_channel_that_refuses_the_test_card_does_not_add_it(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Platform.Next = new PostOutcome.Refused("the bot is not in the channel", "invite it to the channel");

        (await _newsroom.SayAsync("subscribe ukraine here", Role.Admin)).Card.Headline.ShouldBe("The test card for this channel is refused");

        (await _newsroom.ScalarAsync<long>("select count(*) from destination")).ShouldBe(0);
    }

    /// <remarks>Seen red: it added everything and left the topics without limits.</remarks>
    [Theory]
    [OnEveryEngine]
    public async Task Rules_without_topics_narrow_what_the_channel_has(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add ukraine, nato", Role.Admin);

        var narrowed = await _newsroom.SayAsync("channel add languages=en,de", Role.Admin);
        narrowed.Card.Headline.ShouldBe("This channel now gets NATO and Ukraine");
        narrowed.Card.Lines.ShouldHaveSingleItem().ShouldBe("It comes in German and English only.");
        (await _newsroom.SayAsync("channel add here breaking", Role.Admin)).Card.Headline.ShouldBe("This channel now gets NATO and Ukraine");
        (await _newsroom.ScalarAsync<string>("select count(*) || min(languages) || max(languages) || max(least_urgency) from subscription")).ShouldBe("2,de,en,,de,en,3");

        var same = await _newsroom.SayAsync("channel add here", Role.Admin);
        same.Card.Headline.ShouldBe("This channel already gets NATO and Ukraine");
        same.Card.Lines.ShouldHaveSingleItem().ShouldBe("Name topics to add more.");
        (await _newsroom.SayAsync("channel add here everything flash", Role.Admin)).Card.Lines.ShouldHaveSingleItem().ShouldBe(
            "One message per story; it changes as the story does. Unchanged beside it: NATO (flash and breaking only, German and English only) and Ukraine (flash and breaking only, German and English only). Only the urgent comes: flash only.");
    }

    /// <remarks>Seen red: Undo gave back topics without urgency, languages, role and mutes.</remarks>
    [Theory]
    [OnEveryEngine]
    public async Task Undoing_a_removal_gives_back_every_rule(string engine)
    {
        const string Orders =
            "select topic || '/' || created_by || '/' || created_ms || '/' || least_urgency || '/' || coalesce(ping_role, '-') || '/' || ping_urgency || '/' || coalesce(languages, '-') from subscription where topic = ";
        _newsroom = await Newsroom.OpenAsync(engine);
        var story = await _newsroom.StoryAsync("Story");
        await _newsroom.SayAsync("channel add ukraine", Role.Admin, person: "UBEFORE");
        await _newsroom.SayAsync("channel add nato breaking languages=en,de", Role.Admin);
        await _newsroom.Subscriptions.SetPingAsync(Newsroom.Request("x").Here, ["org:nato"], new News.Subscriptions.Ping("600", Articles.Urgency.Flash), CancellationToken.None);
        await _newsroom.Subscriptions.ChooseAsync(Newsroom.Request("x").Here, story, News.Subscriptions.StoryChoice.Mute, "U1", CancellationToken.None);
        var (ukraine, nato) = (await _newsroom.ScalarAsync<string>($"{Orders}'place:ukraine'"), await _newsroom.ScalarAsync<string>($"{Orders}'org:nato'"));
        nato.ShouldEndWith("/3/600/1/,de,en,");

        var removed = await _newsroom.SayAsync("channel remove", Role.Admin);
        removed.Card.Lines[0].ShouldBe("It had NATO (flash and breaking only, German and English only) and Ukraine. What stands there stays.");
        _newsroom.Time.Advance(TimeSpan.FromMinutes(5));
        (await _newsroom.PressAsync(removed, "Undo", Role.Admin, person: "U2")).Card.Headline.ShouldBe("That can't be undone any more");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(0);
        (await _newsroom.PressAsync(removed, "Undo", Role.Admin)).Card.Headline.ShouldBe("Undone");
        (await _newsroom.PressAsync(removed, "Undo", Role.Admin)).Card.Headline.ShouldBe("That was undone once");

        (await _newsroom.ScalarAsync<string>($"{Orders}'place:ukraine'")).ShouldBe(ukraine);
        (await _newsroom.ScalarAsync<string>($"{Orders}'org:nato'")).ShouldBe(nato);
        (await _newsroom.Subscriptions.ChoiceAsync(Newsroom.Request("x").Here, story, CancellationToken.None)).ShouldBe(News.Subscriptions.StoryChoice.Mute);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Undoing_a_removal_gives_back_what_was_said_of_single_stories_where_that_was_all(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var story = await _newsroom.StoryAsync("Story");
        await _newsroom.Subscriptions.ChooseAsync(Newsroom.Request("x").Here, story, News.Subscriptions.StoryChoice.Follow, "U1", CancellationToken.None);

        var undone = await _newsroom.PressAsync(await _newsroom.SayAsync("channel remove", Role.Admin), "Undo", Role.Admin);

        undone.Card.Lines.ShouldBe(["What was followed and muted there counts again."]);
        (await _newsroom.Subscriptions.ChoiceAsync(Newsroom.Request("x").Here, story, CancellationToken.None)).ShouldBe(News.Subscriptions.StoryChoice.Follow);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_role_to_ping_is_refused_where_none_can_be_pinged(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);

        (await _newsroom.SayAsync("channel add ukraine ping=600", Role.Admin)).Card.Headline.ShouldBe("Roles are pinged in Discord alone");

        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(0);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Who_is_no_admin_any_more_can_not_undo_a_removal(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add ukraine", Role.Admin);
        var removed = await _newsroom.SayAsync("channel remove", Role.Admin);

        (await _newsroom.PressAsync(removed, "Undo")).Card.Headline.ShouldBe("Only an admin can undo that");
        (await _newsroom.PressAsync(removed, "Undo", Role.Admin)).Card.Headline.ShouldBe("Only an admin can undo that", "nothing was undone");

        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(0);
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_undo_is_over_after_an_hour_and_is_nothing_to_type(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add ukraine", Role.Admin);
        var removed = await _newsroom.SayAsync("channel remove", Role.Admin);
        _newsroom.Time.Advance(TimeSpan.FromMinutes(61));

        (await _newsroom.PressAsync(removed, "Undo", Role.Admin)).Card.Headline.ShouldBe("That can't be undone any more");
        (await _newsroom.SayAsync("undo", Role.Admin)).Card.Headline.ShouldBe("That can't be undone any more");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(0);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_removed_channel_gets_nothing_and_removal_can_be_undone(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.StoryAsync("Story", bulletin: null);
        await _newsroom.SayAsync("channel add ukraine, nato", Role.Admin);
        await _newsroom.ExecuteAsync(Newsroom.RefusedDelivery);

        var reply = await _newsroom.SayAsync("channel remove", Role.Admin);

        reply.Card.Headline.ShouldBe("This channel gets no more stories");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(0);
        (await _newsroom.ScalarAsync<long>("select is_open from destination")).ShouldBe(0);
        (await _newsroom.ScalarAsync<string>("select state from delivery")).ShouldBe("dropped");
        (await _newsroom.PressAsync(reply, "Undo", Role.Admin)).Card.Lines.ShouldHaveSingleItem().ShouldBe("As before, this comes to this channel: NATO and Ukraine.");
        (await _newsroom.SayAsync("channel remove <#C9>", Role.Admin)).Card.Headline.ShouldBe("Channel C9 gets no stories");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_test_card_is_an_exercise_in_every_line_and_has_a_fresh_key(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel test <#C7>", Role.Admin);
        await _newsroom.SayAsync("channel test <#C7>", Role.Admin);

        var (to, card, key) = _newsroom.Platform.Posts[0];
        to.ShouldBe(new Destination(Platform.Slack, "T1", DestinationKind.Channel, "C7"));
        card.Kicker!.State.ShouldBe(CardState.Exercise);
        card.Lines.Append(card.Credit!).ShouldAllBe(l => l.StartsWith("EXERCISE", StringComparison.Ordinal));
        key.Value.ShouldMatch("^[A-Za-z0-9_-]{1,24}$");
        _newsroom.Platform.Posts[1].Key.ShouldNotBe(key);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_good_test_lifts_a_suspension_and_frees_what_was_refused(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.StoryAsync("Story", bulletin: null);
        await _newsroom.SayAsync("channel add here", Role.Admin);
        await _newsroom.ExecuteAsync(Newsroom.RefusedDelivery);
        await _newsroom.ExecuteAsync($"update delivery set wanted_ms = {_newsroom.Time.GetUtcNow().ToUnixTimeMilliseconds()}");
        await _newsroom.ExecuteAsync("update destination set standing = 'suspended', level = 3, reason = 'not in channel', remedy = 'Invite the bot.'");

        var card = (await _newsroom.SayAsync("channel test", Role.Admin)).Card;

        card.Headline.ShouldBe("The test card stands in this channel");
        card.Lines.ShouldHaveSingleItem().ShouldContain("served again. Going out now: 1 message.");
        (await _newsroom.ScalarAsync<string>("select standing || level || coalesce(reason, '-') from destination")).ShouldBe("good0-");
        (await _newsroom.ScalarAsync<string>("select state from delivery")).ShouldBe("due");

        // What came while the channel was suspended was never refused, and goes out too.
        await _newsroom.ExecuteAsync("update destination set standing = 'suspended', reason = 'not in channel', remedy = 'Invite the bot.'");
        (await _newsroom.SayAsync("channel test", Role.Admin)).Card.Lines.ShouldHaveSingleItem().ShouldContain("Going out now: 1 message.");

        await _newsroom.ExecuteAsync("update delivery set state = 'refused', wanted_ms = 0");
        await _newsroom.ExecuteAsync("update destination set standing = 'suspended', reason = 'not in channel', remedy = 'Invite the bot.'");
        (await _newsroom.SayAsync("channel test", Role.Admin)).Card.Lines.ShouldHaveSingleItem()
            .ShouldContain("Going out now: 0 messages. Left out, as older: 1 message; “latest” shows them.");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_refused_test_names_the_remedy_and_leaves_the_suspension(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add here", Role.Admin);
        await _newsroom.ExecuteAsync("update destination set standing = 'suspended'");
        _newsroom.Platform.Next = new PostOutcome.Refused("the bot is not in the channel", "invite it to the channel");

        var card = (await _newsroom.SayAsync("channel test", Role.Admin)).Card;

        card.Headline.ShouldBe("The test card for this channel is refused");
        card.Lines.ShouldHaveSingleItem().ShouldBe("The bot is not in the channel. Invite it to the channel. Then test again. Until then the channel is suspended; it is also tried again by itself.");
        (await _newsroom.ScalarAsync<string>("select standing from destination")).ShouldBe("suspended");
    }

    /// <remarks>Seen red: “All channels are served” stood in the status until the first story was refused.</remarks>
    [Theory]
    [OnEveryEngine]
    public async Task A_refused_test_suspends_a_channel_that_was_served_and_status_says_so(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add here", Role.Admin);
        _newsroom.Platform.Next = new PostOutcome.Refused("the bot is not in the channel", "invite it to the channel");

        (await _newsroom.SayAsync("channel test", Role.Admin)).Card.Lines.ShouldHaveSingleItem().ShouldBe(
            "The bot is not in the channel. Invite it to the channel. Then test again. Until then the channel is suspended; it is also tried again by itself.");

        var status = (await _newsroom.SayAsync("status", Role.Admin)).Card;
        status.Headline.ShouldBe("1 channel needs attention");
        status.Items.ShouldHaveSingleItem().Detail!.ShouldStartWith("suspended: the bot is not in the channel. invite it to the channel Tried again in 10 minutes");
        (await _newsroom.SayAsync("channel add nato", Role.Admin)).Card.Lines.ShouldHaveSingleItem().ShouldContain("It can't be served just now: the bot is not in the channel.");
        (await _newsroom.SayAsync("channel test <#C9>", Role.Admin)).Card.Lines.ShouldHaveSingleItem().ShouldNotContain("suspended");
        (await _newsroom.ScalarAsync<long>("select count(*) from destination")).ShouldBe(1);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_test_that_waits_says_how_long_and_one_in_doubt_says_to_look(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        _newsroom.Platform.Next = new PostOutcome.Deferred(_newsroom.Time.GetUtcNow().AddSeconds(90), "the platform limits the rate");
        (await _newsroom.SayAsync("channel test", Role.Admin)).Card.Lines[0].ShouldBe("The platform limits the rate. Test again in 1 minute 30 seconds.");

        _newsroom.Platform.Next = new PostOutcome.InDoubt("no answer came");
        (await _newsroom.SayAsync("channel test", Role.Admin)).Card.Headline.ShouldBe("Nobody knows yet whether the test card reached this channel");
    }
}
