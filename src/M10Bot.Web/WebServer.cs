using System.Net;
using M10Bot.News.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.Web;

/// <summary>Listens at <c>Web:Address</c> and leads each request to its door.</summary>
internal sealed partial class WebServer(IEnumerable<IHttpDoor> doors, IOptions<WebOptions> options, ILogger<WebServer> logger) : IHostedService, IAsyncDisposable
{
    private readonly IHttpDoor[] _doors = [.. doors];
    private WebApplication? _app;

    /// <summary>Where it listens, once it has started; tells the port where 0 was asked for.</summary>
    public string? Listening { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1; // each door says its own
            Listen(kestrel, new Uri(options.Value.Address!));
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync(cancellationToken);
        Listening = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        LogListening(logger, Listening);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Listen(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, Uri address)
    {
        if (address.Host is "localhost" && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port);
        }
        else
        {
            kestrel.Listen(address.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.Host), address.Port);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var ct = context.RequestAborted;
        try
        {
            await WriteAsync(context, await ReplyAsync(context, ct), ct);
        }
        catch (BadHttpRequestException e)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFault(logger, context.Request.Method, e);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task<DoorReply> ReplyAsync(HttpContext context, CancellationToken ct)
    {
        var path = context.Request.Path.Value ?? "/";
        var here = _doors.Where(d => Leads(d, path)).ToList();
        if (here.Count == 0)
        {
            return DoorReply.Text(StatusCodes.Status404NotFound, "There is no door here.");
        }

        var method = context.Request.Method.ToUpperInvariant();
        if (here.Find(d => d.Methods.Contains(method, StringComparer.Ordinal)) is not { } door)
        {
            var allowed = string.Join(", ", here.SelectMany(d => d.Methods).Distinct(StringComparer.Ordinal));
            var reply = DoorReply.Text(StatusCodes.Status405MethodNotAllowed, $"This address takes {allowed}.");
            return reply with { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Allow"] = allowed } };
        }

        if (await BodyAsync(context, door.MaxBytes, ct) is not { } body)
        {
            return DoorReply.Text(StatusCodes.Status413PayloadTooLarge, $"The body is longer than {door.MaxBytes} bytes.");
        }

        return await door.OpenAsync(
            new DoorRequest(
                method,
                path,
                context.Request.Query.ToDictionary(q => q.Key, q => q.Value[^1] ?? "", StringComparer.Ordinal),
                context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body),
            ct);
    }

    private static bool Leads(IHttpDoor door, string path) => door.Path.EndsWith('/')
        ? path.StartsWith(door.Path, StringComparison.Ordinal)
        : string.Equals(path, door.Path, StringComparison.Ordinal);

    /// <summary>Null where it is too long, said or found.</summary>
    private static async Task<byte[]?> BodyAsync(HttpContext context, int most, CancellationToken ct)
    {
        if (context.Request.ContentLength > most)
        {
            return null;
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = most + 1L;
        using var all = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(all, ct);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return all.Length > most ? null : all.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, DoorReply reply, CancellationToken ct)
    {
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = reply.Body.Length;
        context.Response.ContentType = reply.ContentType;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(reply.Body, ct);
        }
    }

    [LoggerMessage(LogLevel.Information, "HTTP doors are open at {Address}")]
    private static partial void LogListening(ILogger logger, string address);

    [LoggerMessage(LogLevel.Error, "A {Method} request ended in a fault")]
    private static partial void LogFault(ILogger logger, string method, Exception fault);
}
