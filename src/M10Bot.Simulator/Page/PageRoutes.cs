using M10Bot.Simulator.Discord;
using M10Bot.Simulator.Slack;
using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Page;

/// <summary>The try-out page and what it calls.</summary>
internal static class PageRoutes
{
    public static void Map(IEndpointRouteBuilder routes, SimulatorOptions options, DiscordSimulator discord, SlackSimulator slack, PageFeed feed) =>
        _ = (routes, options, discord, slack, feed);
}
