using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace M10Bot.Simulator.Tests.Slack.Checks;

/// <summary>An app that takes Slack's requests by HTTP, keeps them, and answers as it is told to.</summary>
internal sealed class RequestUrlApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<AppRequest> _requests = Channel.CreateUnbounded<AppRequest>();

    private RequestUrlApp(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/slack/events");

    /// <summary>What it answers; at first 200 and nothing.</summary>
    public Func<AppRequest, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public int Waiting => _requests.Reader.Count;

    public static async Task<RequestUrlApp> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var self = new RequestUrlApp(app);
        app.MapPost("/{**path}", self.TakeAsync);
        await app.StartAsync();
        return self;
    }

    public async Task<AppRequest> NextAsync() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(SlackBench.Patience);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new AppRequest(context.Request.Path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        _requests.Writer.TryWrite(request);
        await Answer(request, context);
    }
}

internal sealed record AppRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
