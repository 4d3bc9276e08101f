using M10Bot.News.Chat;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

public sealed class SubscribingTests : IAsyncLifetime
{
    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task A_topic_goes_to_direct_messages_where_the_channel_is_not_added(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("subscribe ukraine");

        reply.Card.Headline.ShouldBe("Ukraine now comes to your direct messages");
        reply.IsPublic.ShouldBeFalse();
        (await _newsroom.ScalarAsync<string>("select kind || '/' || address || '/' || lane from destination")).ShouldBe("person/U1/slack/one");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_topic_goes_to_the_channel_once_an_admin_has_added_it(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add nato", Role.Admin);

        (await _newsroom.SayAsync("subscribe kyiv")).Card.Headline.ShouldBe("Ukraine now comes to this channel");
        (await _newsroom.SayAsync("subscribe EU", direct: true)).Card.Headline.ShouldBe("European Union now comes to your direct messages");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_member_cannot_subscribe_a_channel_that_nobody_added_and_is_offered_messages(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("subscribe ukraine here");

        reply.Card.Lines.ShouldContain(l => l.Contains("An admin can add it with “channel add”", StringComparison.Ordinal));
        var pressed = await _newsroom.PressAsync(reply, "To my messages");
        pressed.Card.Headline.ShouldBe("Ukraine now comes to your direct messages");
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_admin_who_subscribes_here_adds_the_channel(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("subscribe to ukraine here", Role.Admin);

        reply.Card.Headline.ShouldBe("Ukraine now comes to this channel");
        reply.Card.Lines[^1].ShouldBe("The channel is added with it.");
        (await _newsroom.ScalarAsync<long>("select count(*) from destination where kind = 'channel' and is_open = 1")).ShouldBe(1);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Subscribing_twice_says_that_it_already_comes(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("subscribe ukraine");

        (await _newsroom.SayAsync("subscribe Ukrainian")).Card.Headline.ShouldBe("Ukraine already comes to your direct messages");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(1);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_channel_that_gets_everything_gets_each_topic_already(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add here", Role.Admin);

        var reply = await _newsroom.SayAsync("subscribe nato here");

        reply.Card.Headline.ShouldBe("NATO already comes to this channel");
        reply.Card.Lines.ShouldHaveSingleItem().ShouldContain("Everything comes to this channel");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(1);
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_unknown_topic_gets_the_nearest_one_as_a_button(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("subscribe europ me");

        reply.Card.Headline.ShouldBe("No topic is called “europ”");
        reply.Card.Lines.ShouldHaveSingleItem().ShouldBe("Did you mean European Union?");
        (await _newsroom.PressAsync(reply, "European Union")).Card.Headline.ShouldBe("European Union now comes to your direct messages");
    }

    [Theory]
    [OnEveryEngine]
    public async Task Words_that_are_no_topic_can_be_followed_as_they_are(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("subscribe Zaporizhzhia plant me");

        reply.Card.Headline.ShouldBe("No topic is called “Zaporizhzhia plant”");
        var done = await _newsroom.PressAsync(reply, "Follow “zaporizhzhia plant”");
        done.Card.Headline.ShouldBe("“zaporizhzhia plant” now comes to your direct messages");
        (await _newsroom.ScalarAsync<string>("select topic from subscription")).ShouldBe("word:zaporizhzhia plant");
        (await _newsroom.SayAsync("subscribe word:data-centres me")).Card.Headline.ShouldBe("“data centres” now comes to your direct messages");
        (await _newsroom.SayAsync("unsubscribe data centres me")).Card.Headline.ShouldBe("“data centres” no longer comes to your direct messages");
    }

    [Theory]
    [OnEveryEngine]
    public async Task Words_are_bounded_and_the_bound_says_what_to_do(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        for (var i = 0; i < 25; i++)
        {
            await _newsroom.SayAsync($"subscribe word:harbour{(char)('a' + i)} me");
        }

        var reply = await _newsroom.SayAsync("subscribe word:lighthouse me");

        reply.Card.Headline.ShouldBe("No more words for your direct messages");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(25);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Nonsense_for_a_topic_is_answered_with_where_topics_are_listed(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("subscribe of-the-and");

        reply.Card.Lines.ShouldHaveSingleItem().ShouldContain("“topics” lists them");
        reply.Card.Actions.ShouldHaveSingleItem().Command.ShouldBe("topics");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_topic_left_out_is_asked_for_with_buttons(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("subscribe me");

        reply.Card.Headline.ShouldBe("Which topic?");
        (await _newsroom.PressAsync(reply, "Ukraine")).Card.Headline.ShouldBe("Ukraine now comes to your direct messages");
    }

    [Theory]
    [OnEveryEngine]
    public async Task Unsubscribing_ends_the_order_and_can_be_undone(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("subscribe ukraine");

        var reply = await _newsroom.SayAsync("unsubscribe UKRAINE");

        reply.Card.Headline.ShouldBe("Ukraine no longer comes to your direct messages");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(0);
        await _newsroom.PressAsync(reply, "Undo");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(1);
    }

    /// <remarks>Seen red: Undo gave every story in every language.</remarks>
    [Theory]
    [OnEveryEngine]
    public async Task Undoing_gives_the_order_back_with_its_rules(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("subscribe ukraine me breaking languages=en,de");
        var before = (await _newsroom.SayAsync("subscriptions")).Card.Items.ShouldHaveSingleItem();
        before.Detail!.ShouldContain("flash and breaking only");

        var undone = await _newsroom.PressAsync(await _newsroom.SayAsync("unsubscribe ukraine me"), "Undo");

        undone.Card.Lines.ShouldHaveSingleItem().ShouldBe("As before, this comes to your direct messages: Ukraine (flash and breaking only, German and English only).");
        (await _newsroom.SayAsync("subscriptions")).Card.Items.ShouldHaveSingleItem().ShouldBe(before);
    }

    /// <remarks>Seen red: the words that are no list were offered to be followed as they stand.</remarks>
    [Theory]
    [OnEveryEngine("subscribe Ukraine, NATO me breaking")]
    [OnEveryEngine("subscribe nato;kyiv me breaking")]
    public async Task Several_topics_with_commas_between_are_ordered_at_once(string engine, string line)
    {
        _newsroom = await Newsroom.OpenAsync(engine);

        var reply = await _newsroom.SayAsync(line);

        reply.Card.Headline.ShouldEndWith("now come to your direct messages");
        reply.Card.Lines[1].ShouldContain("Only the urgent comes");
        (await _newsroom.ScalarAsync<string>("select min(topic) || max(topic) || count(*) || max(least_urgency) from subscription")).ShouldBe("org:natoplace:ukraine23");
    }

    [Theory]
    [OnEveryEngine("word:grain,org:nato", "org:nato word:grain")]
    [OnEveryEngine("“grain harvest”, nato", "org:nato word:grain harvest")]
    [OnEveryEngine("“grain, harvest”", "word:grain harvest")]
    public async Task A_list_may_begin_with_words_of_ones_own(string engine, string typed, string topics)
    {
        _newsroom = await Newsroom.OpenAsync(engine);

        await _newsroom.Dispatcher.RunAsync(
            Newsroom.Request("subscribe") with { Arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["topic"] = typed, ["where"] = "me" } }, CancellationToken.None);

        (await _newsroom.ScalarAsync<string>("select case when min(topic) = max(topic) then min(topic) else min(topic) || ' ' || max(topic) end from subscription")).ShouldBe(topics);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Of_several_topics_the_answer_says_which_come_already_and_an_unknown_one_changes_nothing(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("subscribe ukraine me");
        (await _newsroom.SayAsync("subscribe nato, qqqqzzzz me")).Card.Headline.ShouldBe("No topic is called “qqqqzzzz”");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(1);

        var one = await _newsroom.SayAsync("subscribe ukraine, nato me");
        one.Card.Headline.ShouldBe("NATO now comes to your direct messages");
        one.Card.Lines.ShouldContain("Known already: Ukraine.", StringComparer.Ordinal);
        (await _newsroom.SayAsync("subscribe ukraine, nato me")).Card.Headline.ShouldBe("Ukraine and NATO already come to your direct messages");

        var words = await _newsroom.SayAsync("subscribe ukraine nato me");
        (await _newsroom.PressAsync(words, "Ukraine and NATO")).Card.Headline.ShouldBe("Ukraine and NATO already come to your direct messages");
    }

    [Fact]
    public async Task The_last_of_several_topics_is_completed_to_the_whole_list()
    {
        _newsroom = await Newsroom.OpenAsync();
        (await SuggestAsync("ukraine, nat")).ShouldBe([new Suggestion("Ukraine and NATO", "place:ukraine,org:nato")]);
        (await SuggestAsync("qqqqzzzz, nat")).ShouldBeEmpty();
        (await SuggestAsync("ukraine, ukr")).ShouldBeEmpty();

        Task<IReadOnlyList<Suggestion>> SuggestAsync(string typed) => _newsroom.Dispatcher.SuggestAsync(Newsroom.Request("subscribe"), "topic", typed, CancellationToken.None);
    }

    /// <remarks>Seen red: nothing led to the member's own messages, and Unsubscribe led to what only others may end.</remarks>
    [Theory]
    [OnEveryEngine("subscribe ukraine flash", "Ukraine now comes to your direct messages", "flash only")]
    [OnEveryEngine("subscribe word:harbour", "“harbour” now comes to your direct messages", "One message")]
    [OnEveryEngine("subscribe ukraine, nato", "Ukraine and NATO now come to your direct messages", "One message")]
    public async Task What_the_channel_gets_with_everything_a_member_can_have_in_their_messages(string engine, string line, string headline, string words)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add here", Role.Admin, person: "UADMIN");

        var known = await _newsroom.SayAsync(line);

        known.Card.Headline.ShouldContain("already come");
        known.Card.Actions[0].Label.ShouldBe("To my messages");
        known.Card.Actions.ShouldNotContain(a => a.Command == "unsubscribe");
        var mine = (await _newsroom.PressAsync(known, "To my messages")).Card;
        mine.Headline.ShouldBe(headline);
        string.Concat(mine.Lines).ShouldContain(words);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Unsubscribe_is_offered_to_whoever_may_end_the_order(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add ukraine", Role.Admin, person: "UADMIN");

        (await _newsroom.SayAsync("subscribe ukraine here")).Card.Actions.ShouldNotContain(a => a.Command == "unsubscribe");
        (await _newsroom.SayAsync("subscribe ukraine here", Role.Editor)).Card.Actions.ShouldContain(a => a.Command == "unsubscribe");
        (await _newsroom.SayAsync("subscribe ukraine here", person: "UADMIN")).Card.Actions.ShouldContain(a => a.Command == "unsubscribe");
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_comes_elsewhere_is_stopped_there_by_a_button(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add ukraine", Role.Admin);
        await _newsroom.SayAsync("subscribe nato me");

        var reply = await _newsroom.SayAsync("unsubscribe nato");

        reply.Card.Headline.ShouldBe("NATO does not come to this channel");
        reply.Card.Lines.ShouldHaveSingleItem().ShouldBe("It comes to your direct messages.");
        (await _newsroom.PressAsync(reply, "Stop it there")).Card.Headline.ShouldBe("NATO no longer comes to your direct messages");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_member_does_not_end_what_another_ordered_for_a_channel_but_an_editor_does(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add ukraine", Role.Admin, person: "UADMIN");

        (await _newsroom.SayAsync("unsubscribe ukraine here")).Card.Headline.ShouldContain("ordered for this channel by someone else");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(1);
        (await _newsroom.SayAsync("unsubscribe ukraine here", Role.Editor)).Card.Headline.ShouldBe("Ukraine no longer comes to this channel");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_topic_that_is_not_subscribed_shows_those_that_are(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("subscribe ukraine");

        var reply = await _newsroom.SayAsync("unsubscribe ukrane");

        reply.Card.Lines.ShouldHaveSingleItem().ShouldBe("Did you mean Ukraine?");
        (await _newsroom.PressAsync(reply, "Ukraine")).Card.Headline.ShouldBe("Ukraine no longer comes to your direct messages");
    }

    [Theory]
    [OnEveryEngine]
    public async Task The_list_shows_the_channel_and_the_person(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add nato, ukraine", Role.Admin);
        await _newsroom.SayAsync("subscribe everything me");

        var card = (await _newsroom.SayAsync("subscriptions")).Card;

        card.Items.Select(i => $"{i.Text}: {i.Detail}").ShouldBe(
            ["NATO: this channel", "Ukraine: this channel", "everything: your direct messages"]);
        card.Lines.ShouldBeEmpty();
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_empty_list_teaches_with_buttons(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var reply = await _newsroom.SayAsync("subscriptions");

        reply.Card.Headline.ShouldBe("Nothing is subscribed yet");
        (await _newsroom.PressAsync(reply, "everything")).Card.Headline.ShouldBe("Everything now comes to your direct messages");
    }

    [Theory]
    [OnEveryEngine]
    public async Task Topics_are_listed_searched_and_guessed(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        (await _newsroom.SayAsync("topics")).Card.Items.Count.ShouldBe(4);
        (await _newsroom.SayAsync("topics union")).Card.Items.ShouldHaveSingleItem().Text.ShouldBe("European Union");
        (await _newsroom.SayAsync("topics EU")).Card.Items[0].Text.ShouldBe("European Union");
        (await _newsroom.SayAsync("topics qqqqzzzz")).Card.Headline.ShouldBe("No topic matches “qqqqzzzz”");
    }
}
