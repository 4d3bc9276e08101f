using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>A bot that takes interactions over HTTP, with faults that a test chooses.</summary>
internal sealed class EndpointBot : IAsyncDisposable
{
    private static readonly Ed25519PublicKeyParameters Key = new(Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    private readonly Channel<JsonElement> _taken = Channel.CreateUnbounded<JsonElement>();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private EndpointBot()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/interactions", TakeAsync);
    }

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/interactions";

    /// <summary>Believes whatever comes.</summary>
    public bool IsGullible { get; set; }

    public bool RefusesReplays { get; set; }

    /// <summary>What it answers to interactions; null makes it wait for ever.</summary>
    public Func<JsonElement, (int Status, string? Type, string Body)>? Answer { get; set; } =
        _ => (200, "application/json", """{"type":4,"data":{"content":"by HTTP"}}""");

    /// <summary>Events that are answered 500 before one is taken.</summary>
    public int FailsEvents { get; set; }

    public static async Task<EndpointBot> StartAsync()
    {
        var bot = new EndpointBot();
        await bot._app.StartAsync();
        return bot;
    }

    public async Task<JsonElement> NextAsync()
    {
        using var patience = new CancellationTokenSource(DiscordBench.Patience);
        return await _taken.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        if (!IsGullible && !IsSigned(http.Request.Headers, body))
        {
            http.Response.StatusCode = 401;
            return;
        }

        var json = JsonDocument.Parse(body).RootElement.Clone();
        var type = json.GetProperty("type").GetInt32();
        if (!json.TryGetProperty("id", out _))
        {
            http.Response.StatusCode = FailsEvents-- > 0 ? 500 : 204;
            _taken.Writer.TryWrite(json);
            return;
        }

        if (type == 1)
        {
            await http.Response.WriteAsJsonAsync(new { type = 1 });
            return;
        }

        _taken.Writer.TryWrite(json);
        if (Answer is null)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        var answer = Answer(json);
        http.Response.StatusCode = answer.Status;
        if (answer.Body.Length > 0)
        {
            http.Response.ContentType = answer.Type;
            await http.Response.WriteAsync(answer.Body);
        }
    }

    private bool IsSigned(IHeaderDictionary headers, string body)
    {
        var signature = headers["X-Signature-Ed25519"].ToString();
        var stamp = headers["X-Signature-Timestamp"].ToString();
        if (signature.Length != 128 || !signature.All(char.IsAsciiHexDigit) || stamp.Length == 0 || (!_seen.Add(signature) && RefusesReplays))
        {
            return false;
        }

        var signer = new Ed25519Signer();
        signer.Init(forSigning: false, Key);
        var message = Encoding.UTF8.GetBytes(stamp + body);
        signer.BlockUpdate(message, 0, message.Length);
        return signer.VerifySignature(Convert.FromHexString(signature));
    }
}
