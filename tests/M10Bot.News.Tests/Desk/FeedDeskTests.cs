using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Feeds;
using M10Bot.News.Tests.Commands;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.News.Tests.Desk;

/// <summary>What a channel is told of its feed, by itself and in its own language.</summary>
/// <remarks>Each was seen red: the cards were English wherever they stood, and went past the channel's webhook.</remarks>
public sealed class FeedDeskTests : IAsyncLifetime
{
    private static readonly Destination Channel = new(Platform.Slack, "T1", DestinationKind.Channel, "C1");
    private static readonly FeedHome Home = new("slack", "T1", "C1");

    private static readonly Feed Troubled = new()
    {
        Id = 7,
        Url = "https://example.org/rss.xml",
        Source = "Alba Press",
        Standing = "polled",
        Level = 3,
        Failures = 6,
        Reason = "the server answers 404 (not found)",
        Remedy = "Look on the publisher's page for the feed's new address and add that.",
    };

    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [InlineData("en", "The feed of Alba Press cannot be read", "6 times in a row: the server answers 404 (not found).", "Look on the publisher's page for the feed's new address and add that. It is tried again by itself, ever more rarely.", "Try again now", "Stop it")]
    [InlineData("de", "Der Feed von Alba Press ist nicht lesbar", "6 Mal hintereinander: der Server antwortet 404 (nicht gefunden).", "Such auf der Seite des Herausgebers die neue Adresse des Feeds und füge sie hinzu. Er wird von selbst wieder versucht, immer seltener.", "Jetzt neu versuchen", "Stoppen")]
    [InlineData("es", "El feed de Alba Press no se puede leer", "6 veces seguidas: el servidor responde 404 (no encontrado).", "Busca en la página del medio la nueva dirección del feed y añádela. Se reintenta solo, cada vez más espaciado.", "Reintentar ahora", "Detenerlo")]
    [InlineData("fr", "Le flux « Alba Press » est illisible", "6 fois de suite : le serveur répond 404 (introuvable).", "Cherche sur la page de l’éditeur la nouvelle adresse du flux et ajoute-la. Il est réessayé de lui-même, de plus en plus rarement.", "Réessayer maintenant", "L’arrêter")]
    [InlineData("uk", "Стрічку «Alba Press» не вдається прочитати", "Разів поспіль: 6; сервер відповідає 404 (не знайдено).", "Знайдіть на сторінці видавця нову адресу стрічки й додайте її. Спроби тривають самі, дедалі рідше.", "Спробувати зараз", "Зупинити")]
    public async Task A_trouble_is_told_in_the_language_of_the_channel(string language, string headline, string reason, string remedy, string again, string stop)
    {
        var card = await CardAsync(language, desk => desk.TellAsync(Troubled, Home, CancellationToken.None));

        card.Headline.ShouldBe(headline);
        card.Lines.ShouldBe([reason, remedy]);
        card.Actions.Select(a => a.Label).Take(2).ShouldBe([again, stop]);
        card.Language.ShouldBe(language);
        Texts.Current.ShouldBe(Texts.English, "the language ends with the card");
    }

    [Theory]
    [InlineData("en", "The feed of Alba Press is stopped", "The server answers 418.")]
    [InlineData("de", "Der Feed von Alba Press ist gestoppt", "Der Server antwortet 418.")]
    [InlineData("es", "El feed de Alba Press está detenido", "El servidor responde 418.")]
    [InlineData("fr", "Le flux « Alba Press » est arrêté", "Le serveur répond 418.")]
    [InlineData("uk", "Стрічку «Alba Press» зупинено", "Сервер відповідає 418.")]
    public async Task A_stop_is_told_in_the_language_of_the_channel(string language, string headline, string reason)
    {
        var stopped = Troubled with { Standing = "off", Failures = 1, Reason = "the server answers 418 ", Remedy = null };
        var card = await CardAsync(language, desk => desk.TellAsync(stopped, Home, CancellationToken.None));

        card.Headline.ShouldBe(headline);
        card.Lines[0].ShouldBe(reason);
        card.Actions.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("en", "The feed of Alba Press can be read again", "It is polled as before.")]
    [InlineData("de", "Der Feed von Alba Press ist wieder lesbar", "Er wird abgerufen wie zuvor.")]
    [InlineData("es", "El feed de Alba Press se puede leer de nuevo", "Se sigue como antes.")]
    [InlineData("fr", "Le flux « Alba Press » est de nouveau lisible", "Il est suivi comme avant.")]
    [InlineData("uk", "Стрічку «Alba Press» знову можна прочитати", "Її опитують, як і раніше.")]
    public async Task The_end_of_a_trouble_is_told_in_the_language_of_the_channel(string language, string headline, string line)
    {
        var well = Troubled with { Level = 0, Failures = 0, Reason = null, Remedy = null };
        var card = await CardAsync(language, desk => desk.TellAsync(well, Home, CancellationToken.None));

        card.Headline.ShouldBe(headline);
        card.Lines.ShouldBe([line]);
    }

    [Theory]
    [InlineData("en", "The feed of Alba Press is not itself", "The feed of Alba Press links to casino.example, where it never did before.", "Somebody else", "Stop the feed")]
    [InlineData("de", "Der Feed von Alba Press verhält sich fremd", "Der Feed von Alba Press verlinkt auf casino.example, was er noch nie tat.", "Vielleicht hat ihn", "Feed stoppen")]
    [InlineData("es", "El feed de Alba Press no parece el mismo", "El feed de Alba Press enlaza a casino.example, cosa que nunca había hecho.", "Puede que otra persona", "Detener el feed")]
    [InlineData("fr", "Le flux « Alba Press » n’est plus lui-même", "Le flux « Alba Press » renvoie à casino.example, ce qu’il n’a jamais fait.", "Quelqu’un d’autre", "Arrêter le flux")]
    [InlineData("uk", "Стрічка «Alba Press» сама на себе не схожа", "Стрічка «Alba Press» посилається на casino.example, чого раніше ніколи не робила.", "Можливо, нею", "Зупинити стрічку")]
    public async Task A_feed_that_is_not_itself_is_told_in_the_language_of_the_channel(string language, string headline, string suspicion, string then, string stop)
    {
        _newsroom = await Newsroom.OpenAsync();
        var feed = await _newsroom.Feeds.OfferAsync("https://example.org/rss.xml", "Alba Press", null, "U1", TimeSpan.FromMinutes(5), CancellationToken.None);
        await _newsroom.Feeds.StartAsync(feed.Id, false, Home, CancellationToken.None);
        var article = Some.Article() with { Uri = $"{feed.Id}/entry", Source = "Alba Press" };
        const string Suspicion = "the feed of Alba Press links to casino.example, where it never did before";
        var card = await CardAsync(language, desk => desk.SuspectAsync(_newsroom.Feeds, article, Suspicion, CancellationToken.None));

        card.Headline.ShouldBe(headline);
        card.Lines[0].ShouldBe(suspicion);
        card.Lines[1].ShouldStartWith(then);
        card.Actions.ShouldContain(a => a.Label == stop);
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_channel_that_is_written_to_by_a_webhook_is_told_by_it(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.SayAsync("channel add here nato", Role.Admin);
        await _newsroom.Destinations.SetWebhookAsync(Channel with { Webhook = "sealed" }, CancellationToken.None);
        _newsroom.Platform.Posts.Clear(); // the test card

        await Desk().TellAsync(Troubled, Home, CancellationToken.None);

        _newsroom.Platform.Posts.ShouldHaveSingleItem().To.Webhook.ShouldBe("sealed");
    }

    private async Task<Card> CardAsync(string language, Func<FeedDesk, Task> tell)
    {
        _newsroom ??= await Newsroom.OpenAsync();
        await _newsroom.Destinations.SetLanguageAsync(Channel, language, "U1", CancellationToken.None);
        await tell(Desk());
        var (to, card, _) = _newsroom.Platform.Posts.ShouldHaveSingleItem();
        to.ShouldBe(Channel);
        return card;
    }

    private FeedDesk Desk() => new(new(() => [_newsroom.Platform]), new(() => _newsroom.Destinations), NullLogger<FeedDesk>.Instance);
}
