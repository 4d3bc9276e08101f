using M10Bot.News.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace M10Bot.News.Desk;

public static class DeskRegistration
{
    /// <summary>The desk, its embargoes, and the wire's way to it.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services) => services
        .AddSingleton<RulingStore>()
        .AddSingleton<EmbargoAlarm>()
        .AddSingleton<NewsDesk>()
        .AddSingleton<WhatHappened>()
        .AddSingleton(provider => ToDesk(provider.GetRequiredService<NewsDesk>(), provider.GetRequiredService<WireStore>()))
        .AddHostedService<EmbargoClock>();

    private static WireSink ToDesk(NewsDesk desk, WireStore wire) => new(async (item, ct) =>
    {
        var filed = await desk.FileAsync(item.Article, tx => wire.AddAsync(tx, item.Hash, item.FileName), ct);
        return filed is null ? new WireResult.Repeat() : new WireResult.Filed();
    });
}
