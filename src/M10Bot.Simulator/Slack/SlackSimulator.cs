using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Slack;

/// <summary>The simulated Slack: Web API, Socket Mode and slash commands.</summary>
public sealed class SlackSimulator
{
    internal SlackSimulator(SimulatorOptions options, TimeProvider time, Random random, Journal journal, PageFeed feed)
    {
        Parts = (options, time, random, journal, feed);
    }

    private object Parts { get; }

    internal void Map(IEndpointRouteBuilder routes) => _ = (routes, Parts);
}
