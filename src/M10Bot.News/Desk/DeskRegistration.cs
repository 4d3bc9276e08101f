using M10Bot.News.Chat;
using M10Bot.News.Feeds;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;
using M10Bot.News.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace M10Bot.News.Desk;

public static class DeskRegistration
{
    /// <summary>The desk, its embargoes, and the ways of the wire and the feeds to it. Whoever has a model registers a <see cref="SummaryMachine"/>.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.TryAddSingleton(SummaryMachine.None);
        return services.AddParts();
    }

    private static IServiceCollection AddParts(this IServiceCollection services) => services
        .AddSingleton<EmbargoAlarm>()
        .AddSingleton<StoryTopics>()
        .AddSingleton<NewsDesk>()
        .AddSingleton<StoryRetelling>()
        .AddSingleton<TopicDesk>()
        .AddSingleton<MergeDesk>()
        .AddSingleton<SplitDesk>()
        .AddSingleton<EditorsDesk>()
        .AddSingleton<DeskQueries>()
        .AddSingleton<WhatHappened>()
        .AddSingleton(provider => ToDesk(provider.GetRequiredService<NewsDesk>(), provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new FeedDesk(
            new(provider.GetServices<IChatPlatform>), new(provider.GetRequiredService<DestinationStore>), provider.GetRequiredService<ILogger<FeedDesk>>()))
        .AddSingleton(provider => ToDesk(provider.GetRequiredService<NewsDesk>(), provider.GetRequiredService<FeedDesk>(), provider.GetRequiredService<FeedStore>()))
        .AddSingleton(provider => new FeedTopics(category => PublisherCodes.Category(category, provider.GetRequiredService<TopicCatalogue>())))
        .AddSingleton(provider => new FeedTrouble(provider.GetRequiredService<FeedDesk>().TellAsync))
        .AddSingleton<SummaryDesk>()
        .AddHostedService<SummaryClock>()
        .AddHostedService<EmbargoClock>();

    private static FeedSink ToDesk(NewsDesk desk, FeedDesk feeds, FeedStore store) => new(async (article, known, ct) =>
    {
        if (await desk.FileAsync(article, known, ct) is { Suspicion: { } suspicion })
        {
            await feeds.SuspectAsync(store, article, suspicion, ct);
        }
    });

    private static WireSink ToDesk(NewsDesk desk, Database database, TimeProvider time) => new(async (item, ct) =>
        await desk.FileAsync(item.Article, tx => WireStore.AddAsync(tx, item, time.GetUtcNow(), ct), ct) is { } filed
            ? new WireResult.Filed(new WireRuling(filed.Story, StoryStore.Word(filed.Change), StoryStore.Word(filed.Ruling.Verdict), filed.Ruling.Reasons))
            : new WireResult.Repeat(await database.ReadAsync(connection => RulingStore.NewestAsync(connection, item.Article.Source, item.Article.Uri), ct)));
}
