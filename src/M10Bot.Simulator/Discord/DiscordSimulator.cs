using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Discord;

/// <summary>The simulated Discord: REST v10, Gateway and interactions.</summary>
public sealed class DiscordSimulator
{
    internal DiscordSimulator(SimulatorOptions options, TimeProvider time, Random random, Journal journal, PageFeed feed)
    {
        Parts = (options, time, random, journal, feed);
    }

    private object Parts { get; }

    internal void Map(IEndpointRouteBuilder routes) => _ = (routes, Parts);
}
