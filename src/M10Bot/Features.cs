using M10Bot.Cluster;
using M10Bot.Discord;
using M10Bot.Llm;
using M10Bot.News.Commands;
using M10Bot.News.Deliveries;
using M10Bot.News.Desk;
using M10Bot.News.Feeds;
using M10Bot.News.Ownership;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;
using M10Bot.News.Wire;
using M10Bot.Slack;
using M10Bot.TryOut;
using M10Bot.Web;
using Microsoft.Extensions.Hosting;

namespace M10Bot;

/// <summary>The table of contents: all that the bot is made of.</summary>
internal static class Features
{
    /// <param name="tryOut">The simulated chats; null where the bot speaks to the real ones.</param>
    public static HostApplicationBuilder AddFeatures(this HostApplicationBuilder builder, SimulatedChats? tryOut)
    {
        builder.Services
            .AddStorage()
            .AddOwnership()
            .AddCluster(builder.Configuration)
            .AddStories()
            .AddReading()
            .AddSubscriptions()
            .AddDeliveries()
            .AddCommands()
            .AddLlm(builder.Configuration)
            .AddDesk()
            .AddDiscord(builder.Configuration)
            .AddSlack(builder.Configuration)
            .AddTryOut(tryOut)
            .AddWire()
            .AddFeeds()
            .AddWeb(builder.Configuration);
        return builder;
    }
}
