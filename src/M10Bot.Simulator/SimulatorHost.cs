using System.Net;
using M10Bot.Simulator.Control;
using M10Bot.Simulator.Discord;
using M10Bot.Simulator.Page;
using M10Bot.Simulator.Slack;
using M10Bot.Simulator.Slack.SocketMode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace M10Bot.Simulator;

/// <summary>A Discord and a Slack on loopback that obey the platforms' documented rules, and a page to act in as a member.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatorHost(WebApplication app, DiscordSimulator discord, SlackSimulator slack, Journal journal)
    {
        _app = app;
        Discord = discord;
        Slack = slack;
        Journal = journal;
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>The page, e.g. <c>http://127.0.0.1:5010</c>.</summary>
    public string Address { get; }

    public DiscordSimulator Discord { get; }

    public SlackSimulator Slack { get; }

    public Journal Journal { get; }

    /// <summary>What a Discord client takes for <c>https://discord.com/api/v10</c>.</summary>
    public string DiscordApi => $"{Address}/api/v10";

    /// <summary>What a Slack client takes for <c>https://slack.com/api</c>.</summary>
    public string SlackApi => $"{Address}/slack/api";

    /// <summary>Starts listening on loopback. Never binds another address.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, TimeProvider time, Random random, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        var app = builder.Build();
        SocketValve.Install(app, "/slack/link");
        app.UseWebSockets();

        var journal = new Journal(time);
        var feed = new PageFeed();
        var discord = new DiscordSimulator(options, time, random, journal, feed);
        var slack = new SlackSimulator(options, time, random, journal, feed);
        discord.Map(app);
        slack.Map(app);
        PageRoutes.Map(app, options, discord, slack, feed);
        ControlRoutes.Map(app, time, journal);

        await app.StartAsync(ct);
        return new SimulatorHost(app, discord, slack, journal);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Discord.Dispose();
    }
}
