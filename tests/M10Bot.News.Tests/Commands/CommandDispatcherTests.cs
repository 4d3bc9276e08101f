using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.News.Tests.Commands;

public sealed class CommandDispatcherTests : IAsyncLifetime
{
    private Newsroom _newsroom = null!;

    public async Task InitializeAsync() => _newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    /// <remarks>Seen red: one line taken out of CommandsRegistration.</remarks>
    [Fact]
    public void Every_command_that_is_written_is_registered()
    {
        var written = typeof(ICommand).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(ICommand)));

        _newsroom.Commands.Select(c => c.GetType()).ShouldBe(written, ignoreOrder: true);
    }

    [Fact]
    public void Specs_keep_to_what_both_platforms_can_register()
    {
        foreach (var spec in _newsroom.Dispatcher.Specs)
        {
            spec.Name.ShouldMatch("^[a-z]{1,32}( [a-z]{1,32})?$");
            spec.Description.Length.ShouldBeInRange(1, 100);
            spec.Options.ShouldAllBe(o => o.Description.Length <= 100 && o.Description.Length > 0);
            spec.Options.Select(o => o.Name).ShouldBeUnique(StringComparer.Ordinal);
            spec.Options.SkipWhile(o => o.IsRequired).ShouldAllBe(o => !o.IsRequired);
            spec.Options.Where(o => o.Kind is OptionKind.Choice).ShouldAllBe(o => o.Choices!.Count > 0);
        }

        _newsroom.Dispatcher.Specs.Select(s => s.Name).ShouldBeUnique(StringComparer.Ordinal);
        _newsroom.Dispatcher.Specs.Where(s => s.Needs is Role.Admin).Select(s => s.Name)
            .ShouldBe(["channel add", "channel remove", "channel test", "channel ping", "feed add", "feed start", "feed stop", "feed map", "feed import", "feed export", "feeds", "status"]);
    }

    [Theory]
    [InlineData("lates", "latest")]
    [InlineData("susbcribe ukraine", "subscribe")]
    [InlineData("unsubscibe", "unsubscribe")]
    public async Task A_mistyped_command_gets_the_nearest_one_as_a_button(string line, string meant)
    {
        var reply = await _newsroom.SayAsync(line);

        reply.Card.Lines.ShouldHaveSingleItem().ShouldBe($"Did you mean “{meant}”?");
        reply.Card.Actions[0].Command.ShouldBe(meant);
    }

    [Fact]
    public async Task A_mistyped_admin_command_is_offered_to_admins_alone()
    {
        (await _newsroom.SayAsync("channel ad", Role.Admin)).Card.Actions[0].Command.ShouldBe("channel add");
        (await _newsroom.SayAsync("channel ad")).Card.Actions.ShouldHaveSingleItem().Command.ShouldBe("help");
    }

    [Fact]
    public async Task A_topic_in_a_commands_place_is_understood()
    {
        var reply = await _newsroom.SayAsync("ukraine");

        reply.Card.Headline.ShouldBe("Ukraine is a topic");
        (await _newsroom.PressAsync(reply, "Subscribe")).Card.Headline.ShouldBe("Ukraine now comes to your direct messages");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("channel add")]
    [InlineData("channel remove")]
    [InlineData("channel test")]
    public async Task What_is_for_admins_is_refused_to_others_and_says_who_can_help(string line)
    {
        var reply = await _newsroom.SayAsync(line, Role.Editor);

        reply.Card.Headline.ShouldBe($"“{line}” is for admins");
        reply.Card.Lines.ShouldHaveSingleItem().ShouldBe("Ask one of the admins here to run it.");
        _newsroom.Platform.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_asks_while_the_database_is_away_is_told_so()
    {
        await _newsroom.ExecuteAsync("pragma query_only = 1"); // on the writer's connection: as a disk that takes nothing more

        var reply = await _newsroom.SayAsync("subscribe ukraine me");

        reply.Card.Headline.ShouldBe("The bot's database cannot be read and written");
        reply.Card.Lines[0].ShouldStartWith("Nothing is lost; try again in a minute.");
    }

    [Theory]
    [InlineData("latest 50", "Count can't be “50”", "latest 10")]
    [InlineData("latest 0", "Count can't be “0”", "latest 1")]
    [InlineData("latest 99999999999 count=99999999999", "Count can't be “99999999999”", null)]
    [InlineData("latest count=many", "Count can't be “many”", "latest 1")]
    [InlineData("subscribe ukraine where=there", "Where can't be “there”", null)]
    public async Task A_wrong_value_is_answered_with_what_is_right(string line, string headline, string? button)
    {
        var reply = await _newsroom.SayAsync(line);

        reply.Card.Headline.ShouldBe(headline);
        reply.Card.Lines[0].ShouldStartWith("It is ");
        if (button is not null)
        {
            reply.Card.Actions[0].Label.ShouldBe(button);
        }
    }

    [Fact]
    public async Task A_story_left_out_is_asked_for_with_recent_ones()
    {
        await _newsroom.StoryAsync("Story one");

        var reply = await _newsroom.SayAsync("summary");

        (await _newsroom.PressAsync(reply, "Story one")).Card.Headline.ShouldBe("Story one");
    }

    [Fact]
    public async Task Help_shows_a_member_what_a_member_can_do()
    {
        (await _newsroom.SayAsync("")).Card.Items.ShouldNotContain(i => i.Text.StartsWith("channel", StringComparison.Ordinal));
        (await _newsroom.SayAsync("help", Role.Admin)).Card.Items.Count.ShouldBe(_newsroom.Dispatcher.Specs.Count(s => s.Needs is not Role.Editor && !s.IsButtonOnly && s.Name is not "channel ping"), "Slack has no pings of roles");
        (await _newsroom.SayAsync("help channel add")).Card.Headline.ShouldBe("channel add [channel] [topics] [urgency] [languages]");
        (await _newsroom.SayAsync("help", Role.Editor)).Card.Items.ShouldContain(i => i.Text == "kill <story> <reason>");
        (await _newsroom.SayAsync("help subscribe")).Card.Headline.ShouldBe("subscribe <topic> [where] [urgency] [languages]");
        (await _newsroom.SayAsync("help subscrib")).Card.Actions[0].Label.ShouldBe("Help on subscribe");
    }

    [Fact]
    public async Task A_database_that_is_away_gives_a_calm_answer_with_the_reference_that_is_in_the_log()
    {
        await _newsroom.ExecuteAsync("drop table story_topic; drop table ruling; drop table bulletin_version; drop table delivery; drop table bulletin;");

        var reply = await _newsroom.SayAsync("latest");

        reply.Card.Headline.ShouldBe("That is not possible just now");
        var line = reply.Card.Lines.ShouldHaveSingleItem();
        line.ShouldStartWith("Nothing is lost; try again in a minute.");
        var reference = line.Split("reference ")[1].Split(':')[0];
        _newsroom.Log.Lines.ShouldHaveSingleItem().ShouldContain(reference);
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_not_answered()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => _newsroom.Dispatcher.RunAsync(Newsroom.Request("latest"), cancelled.Token));
    }

    [Fact]
    public async Task Suggestions_fit_what_is_typed_and_the_platforms_limits()
    {
        await _newsroom.SayAsync("subscribe nato");
        await _newsroom.StoryAsync("Guarantees for Ukraine " + new string('x', 200));
        for (var i = 0; i < 30; i++)
        {
            await _newsroom.StoryAsync($"Story {i}");
        }

        (await SuggestAsync("latest", "topic", "ukr")).ShouldBe([new Suggestion("Ukraine", "place:ukraine")]);
        (await SuggestAsync("subscribe", "topic", "every")).ShouldBe([new Suggestion("everything", "all")]);
        (await SuggestAsync("unsubscribe", "topic", "")).ShouldBe([new Suggestion("NATO", "org:nato")]);
        (await SuggestAsync("summary", "story", "")).Count.ShouldBe(CommandDispatcher.MaxSuggestions);
        var story = (await SuggestAsync("summary", "story", "ukr guar")).ShouldHaveSingleItem();
        story.Value.ShouldBe("1");
        story.Name.Length.ShouldBe(100);
        (await SuggestAsync("latest", "count", "1")).ShouldBeEmpty();
        (await SuggestAsync("nothing", "topic", "1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_answer_has_an_exclamation_mark_or_speaks_of_itself_as_I()
    {
        await _newsroom.StoryAsync("Story", Newsroom.Ukraine);
        foreach (var spec in _newsroom.Dispatcher.Specs)
        {
            foreach (var line in new[] { spec.Name, $"{spec.Name} 1", $"{spec.Name} ukraine here", $"{spec.Name} qqqq" })
            {
                var card = (await _newsroom.SayAsync(line, Role.Admin)).Card;
                foreach (var text in card.Lines.Append(card.Headline).Concat(card.Actions.Select(a => a.Label)).Concat(card.Facts.Select(f => f.Value)))
                {
                    text.ShouldNotContain('!');
                    text.Split(' ').Contains("I", StringComparer.Ordinal).ShouldBeFalse(text);
                }

                card.Actions.Count.ShouldBeLessThanOrEqualTo(5);
                card.Actions.ShouldAllBe(a => a.Label.Length <= 30 && (a.Link != null || ActionKey.Fits(a)));
            }
        }

        _newsroom.Log.Lines.ShouldBeEmpty();
    }

    private Task<IReadOnlyList<Suggestion>> SuggestAsync(string command, string option, string typed) =>
        _newsroom.Dispatcher.SuggestAsync(Newsroom.Request(command), option, typed, CancellationToken.None);
}
