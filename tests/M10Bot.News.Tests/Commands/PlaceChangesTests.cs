using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Commands;

/// <summary>What the platforms tell of places, and a person's own page.</summary>
public sealed class PlaceChangesTests : IAsyncLifetime
{
    private static readonly Destination Place = new(Platform.Slack, "T1", DestinationKind.Channel, "C1");
    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task A_place_that_closes_keeps_what_it_is_owed_until_it_opens_again(string engine)
    {
        await OpenAsync(engine);
        await _newsroom.Places.SuspendAsync(Place, "the channel is archived", "Unarchive it.", CancellationToken.None);
        await _newsroom.Places.SuspendAsync(Place, "the channel is archived", "Unarchive it.", CancellationToken.None);

        (await _newsroom.ScalarAsync<string>("select state || ': ' || note from delivery")).ShouldBe("refused: the channel is archived");
        (await _newsroom.SayAsync("status", Role.Admin)).Card.Headline.ShouldBe("1 channel needs attention");

        await _newsroom.Places.ResumeAsync(Place, CancellationToken.None);

        (await _newsroom.ScalarAsync<string>("select state from delivery")).ShouldBe("due");
        (await _newsroom.SayAsync("status", Role.Admin)).Card.Headline.ShouldBe("All channels are served");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_place_with_a_new_id_keeps_its_orders_and_one_that_is_gone_loses_them(string engine)
    {
        await OpenAsync(engine);
        await _newsroom.Places.MoveAsync(Place, "C2", CancellationToken.None);
        await _newsroom.Places.MoveAsync(Place, "C3", CancellationToken.None);

        (await _newsroom.Destinations.IsOpenAsync(Place with { Address = "C2" }, CancellationToken.None)).ShouldBeTrue();
        (await _newsroom.Destinations.IsOpenAsync(Place, CancellationToken.None)).ShouldBeFalse();

        await _newsroom.Places.CloseAsync(Place with { Address = "C2" }, CancellationToken.None);
        (await _newsroom.Destinations.IsOpenAsync(Place with { Address = "C2" }, CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_befalls_a_channel_befalls_its_threads_and_no_other_channels(string engine)
    {
        await OpenAsync(engine);
        (await _newsroom.SayAsync("channel add <#C1/1790000001.000200> nato", Role.Admin)).Card.Headline.ShouldBe("Thread 1790000001.000200 in channel C1 now gets NATO");
        await _newsroom.SayAsync("channel add <#C12> nato", Role.Admin);
        var thread = Place with { Address = "C1/1790000001.000200" };

        await _newsroom.Places.SuspendAsync(Place, "the channel is archived", "Unarchive it.", CancellationToken.None);
        (await _newsroom.ScalarAsync<long>("select count(*) from destination where standing = 'suspended'")).ShouldBe(2);
        var status = (await _newsroom.SayAsync("status", Role.Admin)).Card;
        status.Actions.Select(a => a.Label).ShouldContain("Remove the thread", StringComparer.Ordinal);
        await _newsroom.Places.ResumeAsync(Place, CancellationToken.None);
        (await _newsroom.ScalarAsync<long>("select count(*) from destination where standing = 'suspended'")).ShouldBe(0);

        await _newsroom.Places.MoveAsync(Place, "C9", CancellationToken.None);
        (await _newsroom.Destinations.IsOpenAsync(thread with { Address = "C9/1790000001.000200" }, CancellationToken.None)).ShouldBeTrue();
        await _newsroom.Places.CloseAsync(Place with { Address = "C9" }, CancellationToken.None);
        (await _newsroom.ScalarAsync<string>("select address from destination where is_open = 1")).ShouldBe("C12");
        (await _newsroom.SayAsync("channel add <#C1/x>", Role.Admin)).Card.Headline.ShouldContain("no channel that can be found");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_workspace_that_is_forgotten_loses_all_its_orders_and_no_other_does(string engine)
    {
        await OpenAsync(engine);
        await new NewsTables(_newsroom.Database).DestinationAsync(Place with { Workspace = "T2" }, "slack/T2", "all");

        await _newsroom.Places.ForgetAsync(Platform.Slack, "T1", CancellationToken.None);

        (await _newsroom.ScalarAsync<string>("select workspace from destination where is_open = 1")).ShouldBe("T2");
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(1);
        (await _newsroom.ScalarAsync<string>("select state from delivery")).ShouldBe("dropped");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_place_nobody_added_is_left_alone(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.Places.SuspendAsync(Place, "x", "y", CancellationToken.None);
        await _newsroom.Places.ResumeAsync(Place, CancellationToken.None);
        await _newsroom.Places.MoveAsync(Place, "C2", CancellationToken.None);
        await _newsroom.Places.CloseAsync(Place, CancellationToken.None);

        (await _newsroom.ScalarAsync<long>("select count(*) from destination")).ShouldBe(0);
    }

    [Theory]
    [OnEveryEngine(Role.Member, false, "Nothing is subscribed yet; Stories come to your direct messages as they happen; Latest stories")]
    [OnEveryEngine(Role.Editor, true, "Nothing is subscribed yet; Stories come to your direct messages as they happen; Latest stories; 1 story goes out")]
    [OnEveryEngine(Role.Admin, false, "Nothing is subscribed yet; Stories come to your direct messages as they happen; Latest stories; All channels are served; No feed is polled")]
    public async Task A_persons_own_page_shows_what_their_role_lets_them_see(string engine, Role role, bool isEditor, string headlines)
    {
        await OpenAsync(engine);
        var request = Newsroom.Request("help", role, direct: true) with { Caller = new Caller("U1", role) { IsEditor = isEditor } };

        var cards = await new HomePage(_newsroom.Dispatcher).CardsAsync(request, CancellationToken.None);

        string.Join("; ", cards.Select(c => c.Headline)).ShouldBe(headlines);
    }

    [Fact]
    public async Task Words_that_are_missing_are_asked_for_with_a_form()
    {
        await OpenAsync(TestDatabase.Sqlite);

        var form = (await _newsroom.SayAsync("correct 1", Role.Editor)).Form.ShouldNotBeNull();

        (form.Command, form.Title).ShouldBe(("correct", "Correct no. 1"));
        form.Fields.Select(f => (f.Name, f.IsRequired)).ShouldBe([("words", true), ("headline", false)]);
        var sent = await AnswerAsync(form, ("words", ""), ("headline", "Riga port closed"));
        sent.Form.ShouldNotBeNull().Fields[0].Error.ShouldNotBeNull();
        (await AnswerAsync(form, ("words", "it was the wrong port"))).Card.Headline.ShouldBe("The correction goes out");
        (await _newsroom.ScalarAsync<string>("select headline from story")).ShouldBe("Riga port closed");
    }

    private Task<CommandReply> AnswerAsync(Form form, params (string Field, string Value)[] answers) => _newsroom.Dispatcher.RunAsync(
        Newsroom.Request(Form.AnswerCommand, Role.Editor) with
        {
            Arguments = answers.Append((Field: Form.KeyArgument, Value: form.Key)).Append((Field: Form.SendArgument, Value: "yes"))
                .ToDictionary(a => a.Field, a => a.Value, StringComparer.Ordinal),
        },
        CancellationToken.None);

    private async Task OpenAsync(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await new NewsTables(_newsroom.Database).DestinationAsync(Place, "slack/T1", "all");
        var article = Some.Article("Port of Riga closed after fire", "riga") with { Slug = "riga", Version = 0, Body = "The port of Riga in Latvia was closed on Sunday." };
        await _newsroom.Desk.FileAsync(article, _ => Task.FromResult(true), CancellationToken.None);
    }
}
