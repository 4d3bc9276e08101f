using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;
using M10Bot.News.Tests.Commands;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Subscriptions;

public sealed class DestinationTests : IAsyncLifetime
{
    private static readonly Destination Channel = new(Platform.Slack, "T1", DestinationKind.Channel, "C1");
    private static readonly CancellationToken None = CancellationToken.None;

    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task A_person_is_one_destination_whichever_workspace_the_order_came_from(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        foreach (var workspace in new[] { "81", "", "82" })
        {
            var person = new Destination(Platform.Slack, workspace, DestinationKind.Person, "U1");
            await _newsroom.Subscriptions.AddAsync(person, [Newsroom.Ukraine, Newsroom.Nato], "U1", None);
        }

        (await _newsroom.ScalarAsync<long>("select count(*) from destination")).ShouldBe(1);
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(2);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Channels_of_two_workspaces_are_two_destinations(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.Destinations.OpenAsync(Channel, "U1", None);
        await _newsroom.Destinations.OpenAsync(Channel with { Workspace = "T2" }, "U1", None);

        (await _newsroom.ScalarAsync<long>("select count(*) from destination")).ShouldBe(2);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Opening_and_closing_say_whether_they_changed_anything(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        (await _newsroom.Destinations.CloseAsync(Channel, None)).ShouldBeFalse();
        (await _newsroom.Destinations.OpenAsync(Channel, "U1", None)).ShouldBeTrue();
        (await _newsroom.Destinations.OpenAsync(Channel, "U1", None)).ShouldBeFalse();
        (await _newsroom.Destinations.CloseAsync(Channel, None)).ShouldBeTrue();
        (await _newsroom.Destinations.IsOpenAsync(Channel, None)).ShouldBeFalse();
        (await _newsroom.Destinations.OpenAsync(Channel, "U1", None)).ShouldBeTrue();
    }

    [Theory]
    [OnEveryEngine]
    public async Task Only_new_orders_are_reported_as_added(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.Subscriptions.AddAsync(Channel, [Newsroom.Ukraine], "U1", None);

        (await _newsroom.Subscriptions.AddAsync(Channel, [Newsroom.Ukraine, Newsroom.Nato], "U2", None)).ShouldBe([Newsroom.Nato]);
        (await _newsroom.Subscriptions.ListAsync(Channel, None)).Select(s => $"{s.Name} by {s.CreatedBy}").ShouldBe(["NATO by U2", "Ukraine by U1"]);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Many_orders_at_once_are_all_kept(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var people = Enumerable.Range(0, 40).Select(i => new Destination(Platform.Slack, "T1", DestinationKind.Person, $"U{i % 20}"));

        await Task.WhenAll(people.Select(p => _newsroom.Subscriptions.AddAsync(p, [Newsroom.Ukraine], p.Address, None))).WaitAsync(TimeSpan.FromSeconds(30));

        (await _newsroom.ScalarAsync<long>("select count(*) from destination")).ShouldBe(20);
        (await _newsroom.ScalarAsync<long>("select count(*) from subscription")).ShouldBe(20);
    }

    [Theory]
    [OnEveryEngine]
    public async Task The_orders_that_match_a_story_are_its_topics_and_everything(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var story = await _newsroom.StoryAsync("About Kyiv", Newsroom.Ukraine);
        await _newsroom.Subscriptions.AddAsync(Channel, [Newsroom.Ukraine, Newsroom.Nato, Articles.Topic.Everything], "U1", None);

        var matching = await _newsroom.Subscriptions.MatchingAsync(Channel, story, None);

        matching.Select(s => s.Topic).ShouldBe(["place:ukraine", "all"], ignoreOrder: true);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_closed_channel_loses_its_choices_too(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var story = await _newsroom.StoryAsync("About Kyiv", Newsroom.Ukraine);
        await _newsroom.Subscriptions.ChooseAsync(Channel, story, StoryChoice.Mute, "U1", None);
        (await _newsroom.Subscriptions.ChoiceAsync(Channel, story, None)).ShouldBe(StoryChoice.Mute);

        await _newsroom.Destinations.CloseAsync(Channel, None);

        (await _newsroom.Subscriptions.ChoiceAsync(Channel, story, None)).ShouldBeNull();
    }
}
