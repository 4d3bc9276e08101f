using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Commands;

/// <summary>Deliveries that no platform can settle, and the editor who looks and decides.</summary>
public sealed class DoubtCommandsTests : IAsyncLifetime
{
    private static readonly Destination First = Channel("T1", "C1");

    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task The_only_one_is_settled_by_a_button_of_the_queue(string engine)
    {
        await OpenAsync(engine, First);

        var queue = await EditorAsync("queue");
        queue.Card.Headline.ShouldBe("Nothing waits to go out and 1 delivery is in doubt");
        var form = (await PressAsync(queue, "It stands there")).Form.ShouldNotBeNull();
        var again = (await PressAsync(queue, "It stands there")).Form.ShouldNotBeNull();
        var card = (await _newsroom.SendAsync(form, Role.Editor)).Card;
        card.Headline.ShouldBe("It is taken as standing there");
        card.Lines.ShouldHaveSingleItem().ShouldContain("has to be removed by hand");
        card.Actions.Select(a => a.Label).ShouldBe(["Queue"]);
        (await _newsroom.SendAsync(again, Role.Editor)).Card.Headline.ShouldBe("It is not in doubt any more");
        (await PressAsync(queue, "It stands there")).Card.Headline.ShouldBe("It is not in doubt any more");

        (await StateAsync(1)).ShouldBe("gone");
        (await EditorAsync("audit")).Card.Items.ShouldHaveSingleItem();
    }

    [Theory]
    [OnEveryEngine]
    public async Task Several_are_gone_through_one_by_one_so_that_each_button_says_what_it_settles(string engine)
    {
        await OpenAsync(engine, First, Channel("T1", "C2"), Channel("T2", "C9"));

        var queue = await EditorAsync("queue");
        queue.Card.Actions.Select(a => a.Label).ShouldBe(["Settle them", "Who did what"]);
        var first = await PressAsync(queue, "Settle them");
        first.Card.Headline.ShouldBe("In doubt: Port of Riga closed after fire at oil terminal");
        first.Card.Lines.ShouldBe(["No. 1 · this channel", "The end was not seen"]);
        var second = await PressAsync(first, "Next in doubt");
        second.Card.Lines[0].ShouldBe("No. 1 · channel C2");
        second.Card.Channels.ShouldBe(["C2"], "the platform shows it by its name");
        var third = await PressAsync(second, "Next in doubt");
        third.Card.Lines[0].ShouldBe("No. 1 · Slack T2 · C9");
        third.Card.Channels.ShouldBeEmpty();
        (await PressAsync(third, "Next in doubt")).Card.Lines[0].ShouldBe("No. 1 · this channel");

        var sent = await PressAsync(second, "It does not, send it");
        sent.Card.Headline.ShouldBe("It is sent again");
        (await StateAsync(2)).ShouldBe("due");
        var next = await PressAsync(sent, "Next in doubt");
        next.Card.Lines[0].ShouldBe("No. 1 · Slack T2 · C9");
        await PressAsync(next, "It does not, send it");
        var last = await PressAsync(first, "Next in doubt");
        last.Card.Lines[0].ShouldBe("No. 1 · this channel", "no other is left");
        last.Card.Actions.Select(a => a.Label).ShouldBe(["It stands there", "It does not, send it", "Queue"]);
        (await PressAsync(last, "It does not, send it")).Card.Actions.Select(a => a.Label).ShouldBe(["Queue"]);
        (await PressAsync(first, "Next in doubt")).Card.Headline.ShouldBe("Nothing is in doubt");
    }

    [Theory]
    [OnEveryEngine]
    public async Task One_said_to_be_missing_is_looked_for_once_more_before_it_is_sent_again(string engine)
    {
        await OpenAsync(engine, First);
        var queue = await EditorAsync("queue");
        _newsroom.Platform.Settled = new SettleOutcome.Found(new Receipt("C1", "1.7"));

        var card = (await PressAsync(queue, "It does not, send it")).Card;

        card.Headline.ShouldBe("It stands there after all");
        card.Lines.ShouldHaveSingleItem().ShouldBe("The bot looked once more and found it; nothing is sent again.");
        (await StateAsync(1)).ShouldBe("done");
        (await _newsroom.ScalarAsync<string>("select receipt_channel || ' ' || receipt_message from delivery")).ShouldBe("C1 1.7");
        (await EditorAsync("audit")).Card.Items.ShouldHaveSingleItem().Detail!.ShouldContain("stands as C1 1.7");
    }

    [Theory]
    [OnEveryEngine]
    public async Task One_found_that_may_lack_something_is_edited_once_more(string engine)
    {
        await OpenAsync(engine, First);
        _newsroom.Platform.Settled = new SettleOutcome.Found(new Receipt("C1", "1.7"), MayLack: true);

        (await PressAsync(await EditorAsync("queue"), "It does not, send it")).Card.Headline.ShouldBe("It stands there after all");

        (await StateAsync(1)).ShouldBe("due");
        (await _newsroom.ScalarAsync<string>("select receipt_message || ' ' || shown_version from delivery")).ShouldBe("1.7 1");
    }

    [Theory]
    [OnEveryEngine]
    public async Task One_settled_with_the_messages_link_has_its_receipt_and_is_corrected_there(string engine)
    {
        await OpenAsync(engine, Channel("T1", "C2"));
        await _newsroom.ExecuteAsync("update destination set webhook = 'sealed'");
        await EditorAsync("correct 1 it was the other terminal");
        _newsroom.Platform.Links = link => link is "https://there" ? new LinkOutcome.Ours(new Receipt("C2", "1.5")) : new LinkOutcome.No(LinkFault.Elsewhere);
        var asked = await PressAsync(await EditorAsync("queue"), "It stands there");
        asked.Card.Headline.ShouldBe("It stands there: Port of Riga closed after fire at oil terminal");
        asked.Card.Lines[0].ShouldBe("No. 1 · channel C2");
        asked.Card.Channels.ShouldBe(["C2"]);
        var form = asked.Form.ShouldNotBeNull();

        var wrong = await _newsroom.SendAsync(form, Role.Editor, ("link", "https://elsewhere"));
        wrong.Form.ShouldNotBeNull().Fields.ShouldHaveSingleItem().Error.ShouldBe("This message is in another place than the delivery was for.");
        (await StateAsync(1)).ShouldBe("doubt");

        _newsroom.Platform.LinkedTo!.Webhook.ShouldBe("sealed", "only the webhook is shown its messages");

        var right = await _newsroom.SendAsync(form, Role.Editor, ("link", " https://there "));
        right.Form.ShouldBeNull();
        right.Card.Lines.ShouldHaveSingleItem().ShouldBe("Corrections edit it, and a kill withdraws it.");
        (await StateAsync(1)).ShouldBe("due");
        (await _newsroom.ScalarAsync<string>("select receipt_channel || ' ' || receipt_message || ' ' || shown_version || ' ' || wanted_version from delivery")).ShouldBe("C2 1.5 1 2");
        (await EditorAsync("audit")).Card.Items[0].Detail!.ShouldContain("stands as C2 1.5");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_link_is_looked_at_as_soon_as_it_is_written_and_what_is_wrong_is_said_in_the_editors_language(string engine)
    {
        await OpenAsync(engine, First);
        var form = (await PressAsync(await EditorAsync("queue"), "It stands there")).Form.ShouldNotBeNull();

        (await WriteAsync(form, "https://discord.com/x", "en")).ShouldBe("This is no link to a message in Slack. Copy it in the menu of the message.");
        (await WriteAsync(form, "https://discord.com/x", "de")).ShouldBe("Das ist kein Link zu einer Nachricht in Slack. Das Menü der Nachricht kopiert ihn.");
        _newsroom.Platform.Links = _ => new LinkOutcome.No(LinkFault.NotThere);
        (await WriteAsync(form, "https://there", "de")).ShouldBe(Texts.In("de", "There is no such message."));
        _newsroom.Platform.Links = _ => new LinkOutcome.Ours(new Receipt("C1", "1.5"));
        (await WriteAsync(form, "https://there", "de")).ShouldBeNull();
        (await StateAsync(1)).ShouldBe("doubt", "nothing is settled before it is sent");
    }

    [Theory]
    [OnEveryEngine]
    public async Task The_editors_own_direct_messages_are_named_and_nobody_elses(string engine)
    {
        await OpenAsync(engine, Person("T1", "U1"), Person("T1", "U2"), Person("T2", "U1"));

        var queue = (await EditorAsync("queue")).Card.Items;
        queue.Select(i => i.Detail!.Split(':')[0]).Order(StringComparer.Ordinal).ShouldBe(["a person on Slack", "a person on Slack", "your direct messages"]);
        (await PressAsync(await EditorAsync("queue"), "Settle them")).Card.Lines[0].ShouldBe("No. 1 · your direct messages");
    }

    private static Destination Channel(string workspace, string id) => new(Platform.Slack, workspace, DestinationKind.Channel, id);

    private static Destination Person(string workspace, string id) => new(Platform.Slack, workspace, DestinationKind.Person, id);

    /// <summary>A story whose message may stand in each of these places.</summary>
    private async Task OpenAsync(string engine, params Destination[] places)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var tables = new NewsTables(_newsroom.Database);
        foreach (var place in places)
        {
            await tables.DestinationAsync(place, "slack/T1", "all");
        }

        var article = Some.Article("Port of Riga closed after fire at oil terminal", "riga") with { Slug = "riga", Version = 0, Body = "The port of Riga in Latvia was closed on Sunday.", Urgency = Urgency.Flash };
        await _newsroom.Desk.FileAsync(article, _ => Task.FromResult(true), CancellationToken.None);
        await _newsroom.ExecuteAsync("update delivery set state = 'doubt', attempted_ms = 1, attempted_version = 1, note = 'the end was not seen'");
    }

    private Task<CommandReply> EditorAsync(string line) => _newsroom.SayAsync(line, Role.Editor);

    private Task<CommandReply> PressAsync(CommandReply reply, string label) => _newsroom.PressAsync(reply, label, Role.Editor);

    /// <summary>Fills the form's field, as Discord does before the form is sent; returns what is wrong with it.</summary>
    private async Task<string?> WriteAsync(Form form, string link, string locale)
    {
        var request = Newsroom.Request(Form.AnswerCommand, Role.Editor) with { Locale = locale };
        var answers = new Dictionary<string, string>(StringComparer.Ordinal) { [Form.KeyArgument] = form.Key, ["link"] = link };
        return (await _newsroom.Dispatcher.RunAsync(request with { Arguments = answers }, CancellationToken.None)).Form.ShouldNotBeNull().Fields[0].Error;
    }

    private Task<string> StateAsync(long delivery) => _newsroom.ScalarAsync<string>($"select state from delivery where id = {delivery}");
}
