using M10Bot.News.Chat;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

public sealed class StatusCommandTests : IAsyncLifetime
{
    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    /// <remarks>Seen red: the admin was given a button that refused.</remarks>
    [Theory]
    [OnEveryEngine]
    public async Task Who_may_not_settle_gets_no_button_for_it_but_the_name_of_who_may(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.StoryAsync("Story");
        await _newsroom.SayAsync("channel add here", Role.Admin);
        await _newsroom.ExecuteAsync("insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, state, created_ms, wanted_ms) values (1, 1, 'slack/one', 3, 1, 'doubt', 0, 0)");

        async Task<Card> StatusAsync(bool isEditor) => (await _newsroom.Dispatcher.RunAsync(
            Newsroom.Request("status") with { Caller = new Caller("U1", Role.Admin) { IsEditor = isEditor }, Editors = "Edi Editor" }, CancellationToken.None)).Card;
        var admin = await StatusAsync(isEditor: false);
        admin.Actions.ShouldNotContain(a => a.Command == "queue");
        admin.Lines.ShouldHaveSingleItem().ShouldBe("What is in doubt an editor settles, with “queue”; the person who runs the bot keeps the list of them. Edi Editor can.");
        var both = await StatusAsync(isEditor: true);
        both.Actions.ShouldContain(a => a.Command == "queue");
        both.Lines.ShouldBeEmpty();
    }

    [Theory]
    [OnEveryEngine]
    public async Task Status_of_an_empty_workspace_teaches(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        var card = (await _newsroom.SayAsync("status", Role.Admin)).Card;

        card.Facts.Single(f => f.Label is "Channels").Value.ShouldBe("none added; “channel add” adds one");
        card.Facts.Single(f => f.Label is "Last articles").Value.ShouldBe("none received yet");
        card.Actions.ShouldHaveSingleItem().Command.ShouldBe("channel add");
    }

    [Theory]
    [OnEveryEngine]
    public async Task Status_shows_standing_waiting_doubt_and_how_long_the_last_one_took(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.StoryAsync("Story", bulletin: null);
        await _newsroom.StoryAsync("Another");
        await _newsroom.SayAsync("channel add here", Role.Admin);
        await _newsroom.SayAsync("channel add <#C2> ukraine", Role.Admin);
        await _newsroom.ExecuteAsync(Newsroom.RefusedDelivery.Replace("values (1, 1, 's", "values (2, 1, 's", StringComparison.Ordinal));
        await _newsroom.ExecuteAsync(
            """
            insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, shown_version, state, created_ms, wanted_ms, settled_ms)
            values (1, 1, 'slack/one', 3, 1, 1, 'done', 1000, 1000, 1800), (1, 2, 'slack/one', 3, 1, 0, 'doubt', 0, 0, null);
            update destination set standing = 'suspended', reason = 'It is archived.', remedy = 'Unarchive it.' where address = 'C2';
            """);
        _newsroom.Time.Advance(TimeSpan.FromMinutes(61));

        var card = (await _newsroom.SayAsync("status", Role.Admin)).Card;

        card.Headline.ShouldBe("1 channel needs attention");
        card.Items.Select(i => i.Channel?.Id).ShouldBe(["C2", null]);
        card.Items.Select(i => $"{i.Words} — {i.Detail}").ShouldBe(
        [
            "Channel C2 — suspended: It is archived. Unarchive it. · 1 subscription · nothing shown yet",
            "This channel — served · 1 subscription · 1 waiting · last shown after 800 ms",
        ]);
        string Fact(string label) => card.Facts.Single(f => string.Equals(f.Label, label, StringComparison.Ordinal)).Value;
        Fact("Waiting").ShouldBe("nothing; 1 until their places can be served again");
        Fact("In doubt").ShouldStartWith("1 delivery");
        Fact("Last articles").ShouldBe("M10News 1 hour 1 minute ago; M10News 1 hour 1 minute ago");
        Fact("Running for").ShouldBe("1 hour 1 minute");
        Fact("Version").ShouldMatch("^[0-9]+\\.");
    }

    /// <remarks>Seen red: a member who takes no messages read that they are subscribed, and what they are owed waited for good without a word.</remarks>
    [Theory]
    [OnEveryEngine]
    public async Task Whoever_can_not_be_reached_reads_why_nothing_comes_and_status_does_not_wait_for_them(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.StoryAsync("Story", bulletin: null);
        await _newsroom.StoryAsync("Another");
        await _newsroom.SayAsync("subscribe ukraine me");
        await _newsroom.ExecuteAsync(
            """
            insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, state, created_ms, wanted_ms) values (1, 1, 'slack/one', 3, 1, 'refused', 0, 0);
            update destination set standing = 'suspended', reason = 'This person takes no messages.', remedy = 'Allow them.';
            """);

        var status = (await _newsroom.SayAsync("status", Role.Admin)).Card.Facts.ToDictionary(f => f.Label, f => f.Value, StringComparer.Ordinal);
        status["People"].ShouldBe("1; 1 can't be reached");
        status["Waiting"].ShouldBe("nothing; 1 until their places can be served again");
        (await _newsroom.SayAsync("why 2")).Card.Facts.Single(f => f.Label is "You").Value.ShouldEndWith("; nothing can be sent there: This person takes no messages. Allow them.");
        (await _newsroom.SayAsync("receipts 2", Role.Editor)).Card.Items.ShouldHaveSingleItem().Detail.ShouldBe("not served: This person takes no messages.");
    }

    /// <remarks>Seen red: notes and remedies were English in all languages, and no stop stood between Slack's reason and its remedy.</remarks>
    [Theory]
    [InlineData("en", "suspended: the channel is archived. Unarchive the channel, or remove it with /m10 channel remove.", "rests for 5 minutes: Slack had a fault of its own", "served, but: The message stands but could not be published to following channels: The thread is locked.", "1 delivery: its post may have been archived since")]
    [InlineData("de", "ausgesetzt: der Kanal ist archiviert. Hol den Kanal aus dem Archiv oder entferne ihn mit /m10 channel remove.", "ruht, weiter in 5 Minuten: Slack hatte einen eigenen Fehler", "wird bedient, aber: Die Nachricht steht, ließ sich aber nicht in die folgenden Kanäle veröffentlichen: Der Thread ist gesperrt.", "1 Zustellung: ihr Beitrag wurde inzwischen vielleicht archiviert")]
    [InlineData("es", "suspendido: el canal está archivado. Desarchiva el canal o quítalo con /m10 channel remove.", "en pausa, sigue en 5 minutos: Slack tuvo un fallo propio", "atendido, pero: El mensaje está, pero no se pudo publicar en los canales seguidores: El hilo está bloqueado.", "1 entrega: puede que su publicación se haya archivado desde entonces")]
    [InlineData("fr", "suspendu : le salon est archivé. Désarchive le salon ou retire-le avec /m10 channel remove.", "en pause, reprise dans 5 minutes : Slack a eu un défaut de son côté", "servi, mais : Le message est là, mais n’a pas pu être publié dans les salons abonnés : Le fil est verrouillé.", "1 envoi: sa publication a peut-être été archivée depuis")]
    [InlineData("uk", "призупинено: канал заархівовано. Розархівуйте канал або вилучіть його командою /m10 channel remove.", "відпочиває, далі через 5 хвилин: у Slack сталася власна помилка", "обслуговується, але: Повідомлення на місці, але опублікувати його в каналах-підписниках не вдалося: Гілку заблоковано.", "1 доставка: її допис відтоді могли заархівувати")]
    public async Task Status_tells_what_the_platforms_said_in_the_readers_language(string language, string suspended, string rests, string served, string doubt)
    {
        _newsroom = await Newsroom.OpenAsync();
        await _newsroom.StoryAsync("Story");
        foreach (var channel in new[] { "C1", "C2", "C3" })
        {
            await _newsroom.SayAsync($"channel add <#{channel}> ukraine", Role.Admin);
        }

        await _newsroom.ExecuteAsync(
            $"""
            insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, shown_version, state, created_ms, wanted_ms, note)
            values (1, 2, 'slack/one', 3, 1, 0, 'doubt', 0, 0, 'its post may have been archived since');
            update destination set standing = 'suspended', reason = 'the channel is archived', remedy = 'Unarchive the channel, or remove it with /m10 channel remove.' where address = 'C1';
            update destination set standing = 'resting', until_ms = {_newsroom.Time.GetUtcNow().AddMinutes(5).ToUnixTimeMilliseconds()}, reason = 'Slack had a fault of its own' where address = 'C2';
            update destination set reason = 'The message stands but could not be published to following channels: The thread is locked.' where address = 'C3';
            """);

        var card = (await _newsroom.Dispatcher.RunAsync(Newsroom.Request("status", Role.Admin) with { Locale = language }, CancellationToken.None)).Card;

        string Detail(int channel) => card.Items.Single(i => i.Detail!.Contains(((string[])[suspended, rests, served])[channel], StringComparison.Ordinal)).Detail!;
        Detail(0).ShouldStartWith(suspended);
        Detail(1).ShouldStartWith(rests);
        Detail(2).ShouldStartWith(served);
        card.Facts.ShouldContain(f => f.Value == doubt);
    }

    [Theory]
    [OnEveryEngine]
    public async Task Status_shows_nothing_of_another_workspace(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.Destinations.OpenAsync(new Destination(Platform.Slack, "T2", DestinationKind.Channel, "C1"), "U9", CancellationToken.None);

        (await _newsroom.SayAsync("status", Role.Admin)).Card.Items.ShouldBeEmpty();
    }
}
