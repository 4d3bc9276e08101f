using M10Bot.News.Chat;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

/// <summary>Adding a channel by its form: answers one by one or all at once, errors at their field, one end.</summary>
public sealed class FormTests : IAsyncLifetime
{
    private Newsroom _newsroom = null!;

    public async Task InitializeAsync() => _newsroom = await Newsroom.OpenAsync();

    public Task DisposeAsync() => _newsroom.DisposeAsync().AsTask();

    [Theory]
    [OnEveryEngine]
    public async Task Answers_that_come_one_by_one_are_kept_until_the_form_is_sent(string engine)
    {
        await using var newsroom = await Newsroom.OpenAsync(engine);
        var form = (await newsroom.SayAsync("channel add", Role.Admin)).Form.ShouldNotBeNull();
        form.Fields.Select(f => f.Name).ShouldBe(["channel", "topics", "urgency", "more"]);

        await AnswerAsync(newsroom, form, ("channel", "C7"));
        await AnswerAsync(newsroom, form, ("topics", "place:ukraine"));
        var now = (await AnswerAsync(newsroom, form, ("more", "nato"))).Form.ShouldNotBeNull();
        now.Fields.ToDictionary(f => f.Name, f => string.Join(',', f.Values), StringComparer.Ordinal)
            .ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = "C7", ["topics"] = "place:ukraine", ["urgency"] = "", ["more"] = "nato" });
        now.Key.ShouldBe(form.Key);
        (await newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(0);

        var end = await AnswerAsync(newsroom, form, (Form.SendArgument, "yes"));

        end.Form.ShouldBeNull();
        end.Card.Headline.ShouldBe("Channel C7 now gets Ukraine and NATO");
        end.Card.Channels.ShouldBe(["C7"]);
        newsroom.Platform.Posts.ShouldHaveSingleItem().To.Address.ShouldBe("C7");
        (await newsroom.Subscriptions.ListAsync(newsroom.Platform.Posts[0].To, CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task All_answers_at_once_are_right_as_well()
    {
        var form = (await _newsroom.SayAsync("channel add", Role.Admin)).Form!;
        var end = await AnswerAsync(_newsroom, form, ("channel", "C7"), ("topics", "place:ukraine,org:nato"), ("more", ""), (Form.SendArgument, "yes"));
        end.Card.Headline.ShouldBe("Channel C7 now gets Ukraine and NATO");
    }

    [Fact]
    public async Task A_form_sent_twice_ends_the_same_and_is_carried_out_once()
    {
        var form = (await _newsroom.SayAsync("channel add", Role.Admin)).Form!;
        var first = await AnswerAsync(_newsroom, form, ("topics", "org:nato"), (Form.SendArgument, "yes"));
        var second = await AnswerAsync(_newsroom, form, ("topics", "place:ukraine"), (Form.SendArgument, "yes"));
        second.Card.Headline.ShouldBe(first.Card.Headline);
        _newsroom.Platform.Posts.Count.ShouldBe(1);
        (await _newsroom.ScalarAsync<string>("select topic from subscription")).ShouldBe("org:nato");
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_the_form_stays_open()
    {
        var form = (await _newsroom.SayAsync("channel add", Role.Admin)).Form!;
        var again = (await AnswerAsync(_newsroom, form, ("more", "qqqqzzzz"), (Form.SendArgument, "yes"))).Form.ShouldNotBeNull();
        again.Fields.Single(f => f.Name is "more").Error!.ShouldContain("No topic is called “qqqqzzzz”");
        again.Fields.Where(f => f.Name is not "more").ShouldAllBe(f => f.Error == null);
        _newsroom.Platform.Posts.ShouldBeEmpty();

        (await AnswerAsync(_newsroom, form, ("more", "kyiv"), (Form.SendArgument, "yes"))).Card.Headline.ShouldBe("This channel now gets Ukraine");
    }

    [Fact]
    public async Task A_channel_that_refuses_the_test_card_is_not_added()
    {
        _newsroom.Platform.Next = new PostOutcome.Refused("The bot may not write there", "Allow Send Messages.");
        var form = (await _newsroom.SayAsync("channel add", Role.Admin)).Form!;
        var again = (await AnswerAsync(_newsroom, form, (Form.SendArgument, "yes"))).Form.ShouldNotBeNull();
        again.Fields.Single(f => f.Name is "channel").Error!.ShouldContain("Allow Send Messages.");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(0);

        _newsroom.Platform.Next = new PostOutcome.Posted(new Receipt("C1", "1"));
        (await AnswerAsync(_newsroom, form, (Form.SendArgument, "yes"))).Card.Headline.ShouldBe("This channel now gets everything");
    }

    [Fact]
    public async Task Missing_rights_are_named_as_soon_as_the_channel_is_picked()
    {
        var form = (await _newsroom.SayAsync("channel add", Role.Admin)).Form!;
        var sight = new ChannelSight([ChatRight.SendMessages, ChatRight.EmbedLinks]);
        var request = Answer(form, ("channel", "C7")) with { Channels = new Dictionary<string, ChannelSight>(StringComparer.Ordinal) { ["C7"] = sight } };
        await _newsroom.Dispatcher.RunAsync(request, CancellationToken.None);

        // What was told stays with the form, and goes with the channel.
        var kept = (await AnswerAsync(_newsroom, form, ("topics", "org:nato"))).Form!;
        kept.Fields.Single(f => f.Name is "channel").Error!.ShouldContain("Send Messages and Embed Links");
        var other = (await AnswerAsync(_newsroom, form, ("channel", "C8"))).Form!;
        other.Fields.Single(f => f.Name is "channel").Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_form_answers_only_to_the_person_who_was_asked_and_for_an_hour()
    {
        var form = (await _newsroom.SayAsync("channel add", Role.Admin)).Form!;
        var stranger = Answer(form, (Form.SendArgument, "yes")) with { Caller = new Caller("U2", Role.Admin) };
        (await _newsroom.Dispatcher.RunAsync(stranger, CancellationToken.None)).Card.Headline.ShouldBe("This form is no longer open");

        _newsroom.Time.Advance(Form.Lifetime + TimeSpan.FromSeconds(1));
        (await AnswerAsync(_newsroom, form, (Form.SendArgument, "yes"))).Card.Headline.ShouldBe("This form is no longer open");
        await _newsroom.SayAsync("channel add", Role.Admin);
        (await _newsroom.ScalarAsync<long>("select count(*) from form")).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_is_no_admin_any_more_can_send_nothing()
    {
        var form = (await _newsroom.SayAsync("channel add", Role.Admin)).Form!;
        var request = Answer(form, (Form.SendArgument, "yes")) with { Caller = new Caller("U1", Role.Member) };
        (await _newsroom.Dispatcher.RunAsync(request, CancellationToken.None)).Card.Headline.ShouldContain("is for admins");
        _newsroom.Platform.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_channel_in_which_it_was_opened_counts()
    {
        var form = (await _newsroom.SayAsync("channel add", Role.Admin, channel: "C5")).Form!;
        var request = Answer(form, (Form.SendArgument, "yes")) with { Channel = "", IsDirect = true };
        (await _newsroom.Dispatcher.RunAsync(request, CancellationToken.None)).Card.Headline.ShouldBe("This channel now gets everything");
        _newsroom.Platform.Posts.ShouldHaveSingleItem().To.Address.ShouldBe("C5");
    }

    [Fact]
    public async Task A_form_under_way_is_not_carried_out_beside_itself()
    {
        var form = (await _newsroom.SayAsync("channel add", Role.Admin)).Form!;
        await _newsroom.ExecuteAsync($"update form set sent_ms = {_newsroom.Time.GetUtcNow().ToUnixTimeMilliseconds()}");
        (await AnswerAsync(_newsroom, form, (Form.SendArgument, "yes"))).Card.Headline.ShouldBe("This form is sent already");
        _newsroom.Time.Advance(TimeSpan.FromMinutes(3));
        (await AnswerAsync(_newsroom, form, (Form.SendArgument, "yes"))).Card.Headline.ShouldBe("This channel now gets everything");
    }

    private static Task<CommandReply> AnswerAsync(Newsroom newsroom, Form form, params (string Name, string Value)[] answers) =>
        newsroom.Dispatcher.RunAsync(Answer(form, answers), CancellationToken.None);

    private static CommandRequest Answer(Form form, params (string Name, string Value)[] answers) =>
        Newsroom.Request(Form.AnswerCommand, Role.Admin) with
        {
            Arguments = answers.Prepend((Name: Form.KeyArgument, Value: form.Key)).ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
        };
}
