using System.Text.Json.Nodes;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Subscriptions;
using Microsoft.Extensions.Hosting;

namespace M10Bot.TryOut;

/// <summary>Does what an admin would do first: adds one channel of each chat, for everything, and lets the page look on.</summary>
internal sealed class OpenedChannels(SimulatedChats chats, SubscriptionStore subscriptions, WhatHappened bot) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        chats.LookInto(bot);
        await OpenAsync(Platform.Discord, chats.Simulator.Discord.View(), "guild", cancellationToken);
        await OpenAsync(Platform.Slack, chats.Simulator.Slack.View(), "team", cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task OpenAsync(Platform platform, JsonObject view, string workspace, CancellationToken ct)
    {
        var channel = new Destination(
            platform,
            view[workspace]!["id"]!.GetValue<string>(),
            DestinationKind.Channel,
            view["channels"]![0]!["id"]!.GetValue<string>());
        return subscriptions.AddAsync(channel, [Topic.Everything], "the trial", ct);
    }
}
