using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Installing;
using M10Bot.Simulator.Slack.Requests;
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

/// <summary>The simulated Slack: Web API, Socket Mode and request URLs, commands, modals, installs.</summary>
public sealed class SlackSimulator
{
    private const int MostBytes = 1024 * 1024;
    private readonly SlackCore _core;
    private readonly SlackPage _page;

    internal SlackSimulator(SimulatorOptions options, TimeProvider time, Random random, Journal journal, PageFeed feed)
    {
        if (TokenDoor.LooksReal(options.SlackBotToken) || TokenDoor.LooksReal(options.SlackAppToken))
        {
            throw new ArgumentException("A token that looks like Slack's own must never come to the simulator.", nameof(options));
        }

        _core = new SlackCore(options, time, random, journal, feed);
        _page = new SlackPage(_core, this);
        Newsroom = new SlackTeam(_core, Newsrooms.Build(options.SlackBotToken, _core));
    }

    /// <summary>The workspace that the page shows.</summary>
    public SlackTeam Newsroom { get; }

    public SlackLimits Limits => _core.Limits;

    public SlackFaults Faults => _core.Faults;

    public SlackSockets Sockets => _core.Sockets;

    /// <summary>The way to the app where Socket Mode is off.</summary>
    public SlackRequestUrls RequestUrls => _core.RequestUrls;

    /// <summary>As in the app's settings; switching it on ends delivery to request URLs, and the other way round.</summary>
    public bool IsSocketMode
    {
        get => _core.IsSocketMode;
        set
        {
            _core.IsSocketMode = value;
            if (!value)
            {
                Sockets.DisableLink();
            }
        }
    }

    /// <summary>True makes the tokens of new installs expire after twelve hours.</summary>
    public bool IsRotating
    {
        get => _core.IsRotating;
        set => _core.IsRotating = value;
    }

    /// <summary>How long a token that expires lives: Slack's twelve hours, or less for a test that cannot wait so long.</summary>
    public TimeSpan TokenLife
    {
        get => _core.TokenLife;
        set => _core.TokenLife = value;
    }

    /// <summary>Where an install may end; at first those of the manifest.</summary>
    public IList<string> RedirectUrls => _core.RedirectUrls;

    /// <summary>The slash commands of the app; all get what people type after them.</summary>
    public IList<SlackCommand> Commands => _core.Commands;

    /// <summary>What the client did that Slack lets pass and an honest client does not do: warnings, unknown arguments, calls with a dead token, envelopes never acknowledged.</summary>
    public IReadOnlyList<string> Complaints => _core.Complaints();

    /// <summary>True makes every edit fail with <c>edit_window_closed</c>.</summary>
    public bool IsEditWindowClosed
    {
        get => _core.IsEditWindowClosed;
        set => _core.IsEditWindowClosed = value;
    }

    /// <summary>True makes a second post with the same <c>client_msg_id</c> answer with the first.</summary>
    public bool DropsRepeatedClientIds
    {
        get => _core.DropsRepeatedClientIds;
        set => _core.DropsRepeatedClientIds = value;
    }

    /// <summary>Installs the app in another workspace, with a bot token of its own and no channels yet.</summary>
    public SlackTeam AddTeam(string id, string name, string botToken) => new(_core, Newsrooms.Empty(id, name, botToken, _core));

    /// <summary>A workspace without the app: somebody has to install it there (/slack/oauth/v2/authorize).</summary>
    public SlackTeam AddTeamWithoutApp(string id, string name) => new(_core, Newsrooms.Empty(id, name, token: null, _core));

    /// <summary>An Enterprise Grid organisation without workspaces yet.</summary>
    public SlackOrganisation AddOrganisation(string id, string name)
    {
        var org = new SlackOrg(id, name);
        _core.Orgs.Add(org);
        return new SlackOrganisation(_core, org);
    }

    internal Action<string, CallArguments>? OnCall
    {
        set => _core.OnCall = value;
    }

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
        new AuthorizePage(_core).Map(slack);
        _page.Map(routes);
        new SlackControl(this).Map(routes);
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
