using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.News.Tests.Commands;

/// <summary>The admin who added a channel hears once that it is suspended, and never a flood.</summary>
public sealed class SuspensionNoticeTests : IAsyncLifetime
{
    private static readonly Destination First = new(Platform.Slack, "T1", DestinationKind.Channel, "C1");
    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task An_admin_is_told_once_with_reason_and_remedy(string engine)
    {
        await OpenAsync(engine);
        await TellAsync();
        _newsroom.Platform.Posts.ShouldBeEmpty();

        await SuspendAsync("C1");
        await TellAsync();
        await TellAsync();

        var (to, card, _) = _newsroom.Platform.Posts.ShouldHaveSingleItem();
        to.ShouldBe(new Destination(Platform.Slack, "T1", DestinationKind.Person, "U1"));
        card.Lines[0].ShouldBe("Channel C1: the channel is archived. Unarchive it.");
        card.Channels.ShouldBe(["C1"], "it is shown by its name");
        card.Actions.Select(a => a.Command).ShouldBe(["channel test", "status"]);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Many_channels_are_one_message_and_one_that_comes_and_goes_is_told_once_a_day(string engine)
    {
        await OpenAsync(engine);
        for (var i = 10; i < 25; i++)
        {
            await _newsroom.SayAsync($"channel add <#C{i}> nato", Role.Admin);
            await SuspendAsync($"C{i}");
        }

        _newsroom.Platform.Posts.Clear(); // the cards that each was tested with
        await TellAsync();
        _newsroom.Platform.Posts.ShouldHaveSingleItem().Card.Lines.ShouldContain("And 5 more; “status” lists them.", StringComparer.Ordinal);

        await SuspendAsync("C1");
        await TellAsync();
        _newsroom.Platform.Posts.Count.ShouldBe(1); // the same person within the hour

        _newsroom.Time.Advance(TimeSpan.FromHours(2));
        await TellAsync();
        _newsroom.Platform.Posts.Count.ShouldBe(2);
        for (var i = 0; i < 5; i++)
        {
            await _newsroom.Places.ResumeAsync(First, CancellationToken.None);
            await TellAsync();
            await SuspendAsync("C1");
            _newsroom.Time.Advance(TimeSpan.FromHours(2));
            await TellAsync();
        }

        _newsroom.Platform.Posts.Count.ShouldBe(2); // the same channel within the day
        _newsroom.Time.Advance(TimeSpan.FromDays(1));
        await TellAsync();
        _newsroom.Platform.Posts.Count.ShouldBe(3);
    }

    [Theory]
    [OnEveryEngine]
    public async Task An_admin_is_told_in_the_language_of_their_messages(string engine)
    {
        await OpenAsync(engine);
        await _newsroom.Destinations.SetLanguageAsync(new Destination(Platform.Slack, "T1", DestinationKind.Person, "U1"), "de", "U1", CancellationToken.None);
        await SuspendAsync("C1");

        await TellAsync();

        var card = _newsroom.Platform.Posts.ShouldHaveSingleItem().Card;
        card.Headline.ShouldBe("Ein Kanal von dir bekommt keine Meldungen mehr");
        card.Lines[0].ShouldStartWith("Kanal C1: ");
        card.Actions[0].Label.ShouldBe("Testen");
        Texts.Current.ShouldBe(Texts.English);
    }

    private async Task OpenAsync(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add here nato", Role.Admin);
        _newsroom.Platform.Posts.Clear(); // the card it was tested with
    }

    private Task SuspendAsync(string address) =>
        _newsroom.Places.SuspendAsync(First with { Address = address }, "the channel is archived", "Unarchive it.", CancellationToken.None);

    private async Task TellAsync()
    {
        var store = new SuspensionNoticeStore(_newsroom.Database, _newsroom.Time);
        using var clock = new SuspensionNoticeClock(store, _newsroom.Destinations, [_newsroom.Platform], _newsroom.Time, NullLogger<SuspensionNoticeClock>.Instance);
        await clock.TellAsync(CancellationToken.None);
    }
}
