using M10Bot.News.Articles;
using M10Bot.News.Bulletins;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Desk;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Desk;

/// <summary>A desk on a fresh database and a clock that stands still.</summary>
internal sealed class DeskBench(TestDatabase data, FakeTimeProvider time) : IAsyncDisposable
{
    public TestDatabase Data => data;

    public FakeTimeProvider Time => time;

    public NewsTables Tables { get; } = new(data.Database);

    public NewsDesk Desk { get; } = DeskOn(data.Database, time);

    public EditorsDesk Editors => new(data.Database, Desk, new DeliveryStore(data.Database, time), new DeliverySignal(), time);

    public static async Task<DeskBench> StartAsync(string engine) => new(await TestDatabase.CreateAsync(engine), new FakeTimeProvider(Some.Time));

    public async Task<Filed> FileAsync(Article article) => (await Desk.FileAsync(article, _ => Task.FromResult(true), CancellationToken.None))!;

    public Task<Card> CardAsync(Filed filed) =>
        data.Database.WriteAsync(async tx => (await BulletinStore.CardAsync(tx, filed.Bulletin!))!, CancellationToken.None);

    /// <summary>Another process on the same tables; SQLite has room for one, so there it is the same database with a memory of its own.</summary>
    public AnotherDesk Again() => new(DeskOn(data.Database.Dialect.Writers == 1 ? data.Database : data.Open(), time));

    public ValueTask DisposeAsync() => data.DisposeAsync();

    private static NewsDesk DeskOn(Database database, FakeTimeProvider time) => new(
        database,
        new ArticleReader(),
        new StoryMatcher(database),
        new StoryTopics(database),
        new DeliveryStore(database, time),
        new DeliverySignal(),
        new EmbargoAlarm(),
        time,
        NullLogger<NewsDesk>.Instance);
}

internal sealed class AnotherDesk(NewsDesk desk)
{
    public async Task<Filed> FileAsync(Article article) => (await desk.FileAsync(article, _ => Task.FromResult(true), CancellationToken.None))!;
}
