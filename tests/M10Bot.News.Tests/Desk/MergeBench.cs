using M10Bot.News.Articles;
using M10Bot.News.Deliveries;
using M10Bot.News.Desk;
using M10Bot.News.Reading;
using M10Bot.News.Stories;
using M10Bot.News.Tests.Deliveries;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.News.Tests.Desk;

/// <summary>An editor at a desk, and processes that deliver what the editor decides.</summary>
internal sealed class MergeBench : IAsyncDisposable
{
    public static readonly Topic Harbour = new("place:latvia", "Latvia", TopicKind.Place);
    public static readonly Topic Energy = new("medtop:04000000", "economy", TopicKind.Subject);

    private static readonly DeskEntry Editor = new("discord/81/edi", "");

    private MergeBench(DeliveryWorld world)
    {
        World = world;
        var deliveries = world.Deliveries;
        var topics = new StoryTopics(world.Database);
        var telling = new StoryRetelling(new ArticleReader(), topics);
        Merges = new MergeDesk(world.Database, telling, deliveries, new DeliveryMergeStore(world.Database, deliveries, world.Time), new DeliverySignal(), world.Time);
        Splits = new SplitDesk(world.Database, telling, deliveries, new DeliverySignal(), world.Time);
        Desk = DeskWithAMemoryOfItsOwn();
    }

    public DeliveryWorld World { get; }

    public NewsDesk Desk { get; }

    public MergeDesk Merges { get; }

    public SplitDesk Splits { get; }

    public static async Task<MergeBench> StartAsync(string engine) => new(await DeliveryWorld.CreateAsync(engine));

    /// <summary>As after a start of the program.</summary>
    public NewsDesk DeskWithAMemoryOfItsOwn() => new(
        World.Database,
        new ArticleReader(),
        new StoryMatcher(World.Database),
        new StoryTopics(World.Database),
        World.Deliveries,
        new DeliverySignal(),
        new EmbargoAlarm(),
        World.Time,
        NullLogger<NewsDesk>.Instance);

    public async Task<Filed> FileAsync(Article article, NewsDesk? desk = null) => (await (desk ?? Desk).FileAsync(article, _ => Task.FromResult(true), CancellationToken.None))!;

    /// <summary>Two stories of the newsroom that no likeness puts together.</summary>
    public async Task<(long Fire, long Prices)> TwoStoriesAsync()
    {
        var fire = await FileAsync(Fire());
        var prices = await FileAsync(Prices());
        prices.Story.ShouldNotBe(fire.Story);
        return (fire.Story, prices.Story);
    }

    public static Article Fire(string headline = "Fire closes oil terminal in Riga") => Some.Article(headline, "fire") with
    {
        Slug = "fire",
        Version = 0,
        Body = "Flames closed the Kundzinsala oil terminal in Riga on Sunday.\nTwo workers had burns, the rescue service said.",
        Topics = [Harbour],
    };

    public static Article Prices(string headline = "Diesel gets dearer after supply stops") => Some.Article(headline, "prices") with
    {
        Slug = "prices",
        Version = 0,
        Body = "A litre of diesel cost nine cents more by Sunday evening.\nTraders pointed at tank farms that no longer load ships.",
        Topics = [Energy],
    };

    public async Task<DeskOutcome> MergeAsync(long from, long into)
    {
        var (plan, no) = await Merges.PlanAsync(from, into, CancellationToken.None);
        return no ?? await Merges.MergeAsync(from, into, Editor, plan!.Seen, CancellationToken.None);
    }

    public Task<DeskOutcome> TakeBackAsync(long story) => Merges.TakeBackAsync(story, Editor, CancellationToken.None);

    public async Task<DeskOutcome> SplitAsync(long story, bool isNews, params int[] leaving)
    {
        var view = await Splits.ViewAsync(story, CancellationToken.None);
        return await Splits.SplitAsync(story, leaving.ToHashSet(), isNews, Editor, view.Seen, CancellationToken.None);
    }

    /// <summary>A process delivers until nothing is due any more.</summary>
    public async Task DeliverAsync()
    {
        var process = await World.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await World.Tables.ScalarAsync<long>("select count(*) from delivery where state in ('due', 'claimed')") > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        await process.StopAsync();
    }

    /// <summary>What stands in a channel, oldest message first.</summary>
    public string[] In(string channel) =>
        [.. World.Platform.Messages.Where(m => string.Equals(m.To.Address, channel, StringComparison.Ordinal)).Select(m => $"{m.Now.Kicker!.Word} {m.Now.Headline}")];

    public int Posts => World.Platform.Requests.Count(r => r.Verb is "post");

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
