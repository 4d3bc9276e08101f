using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.SocketMode;
using M10Bot.Simulator.Slack.WebApi;
using M10Bot.Simulator.Slack.Workspaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Simulator.Slack;

/// <summary>The simulated Slack: Web API, Socket Mode and slash commands.</summary>
public sealed class SlackSimulator
{
    private const int MostBytes = 1024 * 1024;
    private readonly SlackCore _core;
    private readonly SlackPage _page;

    internal SlackSimulator(SimulatorOptions options, TimeProvider time, Random random, Journal journal, PageFeed feed)
    {
        _core = new SlackCore(options, time, random, journal, feed);
        _page = new SlackPage(_core);
        Newsroom = new SlackTeam(_core, Newsrooms.Build(options.SlackBotToken, _core));
    }

    /// <summary>The workspace that the page shows.</summary>
    public SlackTeam Newsroom { get; }

    public SlackLimits Limits => _core.Limits;

    public SlackFaults Faults => _core.Faults;

    public SlackSockets Sockets => _core.Sockets;

    /// <summary>The slash commands of the app; all get what people type after them.</summary>
    public IList<SlackCommand> Commands => _core.Commands;

    /// <summary>True makes every edit fail with <c>edit_window_closed</c>.</summary>
    public bool IsEditWindowClosed
    {
        get => _core.IsEditWindowClosed;
        set => _core.IsEditWindowClosed = value;
    }

    /// <summary>Installs the app in another workspace, with a bot token of its own and no channels yet.</summary>
    public SlackTeam AddTeam(string id, string name, string botToken) => new(_core, Newsrooms.Empty(id, name, botToken, _core));

    /// <summary>What the page shows when it opens.</summary>
    public JsonObject View() => _page.View();

    internal void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        _core.Stopping = lifetime.ApplicationStopping;
        _core.Address = () => services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        var door = new WebApiDoor(_core);
        var slack = routes.MapGroup("/slack").AddEndpointFilter(LoopbackDoor.FilterAsync);
        slack.MapMethods("/api/{method}", [HttpMethods.Get, HttpMethods.Post], door.HandleAsync);
        slack.MapGet("/link", _core.Sockets.AcceptAsync);
        slack.MapPost("/hooks/{kind}/{team}/{key}", UseHookAsync);
        _page.Map(routes);
    }

    private async Task UseHookAsync(HttpContext context)
    {
        var body = await LoopbackDoor.ReadBodyAsync(context.Request, MostBytes);
        var (status, answer) = body is null
            ? (StatusCodes.Status413PayloadTooLarge, SlackAnswer.No("msg_too_long"))
            : _core.Hooks.Use((string?)context.Request.RouteValues["key"] ?? "", context.Request.ContentType, body);
        _core.Journal.Write("slack", "response_url", answer.Verdict);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.Body.ToJsonString(), context.RequestAborted);
    }
}
