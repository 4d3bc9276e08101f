using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace M10Bot.Benchmarks.Slack;

/// <summary>
/// Takes posts and answers each as Slack does, with the message in the answer; nothing else. In a process of its own
/// (verb <c>slack-server</c>), so that what the client costs is not mixed with what the server does.
/// </summary>
internal sealed class PostsServer : IAsyncDisposable
{
    private static int _ts;

    private readonly Process _process;

    private PostsServer(Process process, Uri api) => (_process, Api) = (process, api);

    public Uri Api { get; }

    public static async Task<PostsServer> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "M10Bot.Benchmarks.dll"));
        start.ArgumentList.Add("slack-server");
        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() is { } address
            ? new PostsServer(process, new Uri($"{address}/api"))
            : throw new InvalidOperationException("The server of the benchmark did not start.");
    }

    public static async Task<int> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadLineAsync(); // whoever started it closes this
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var body = new byte[context.Request.ContentLength ?? 0];
        await context.Request.Body.ReadExactlyAsync(body);
        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"ok":true,"channel":"{{ChannelIn(body)}}","ts":"1772000000.{{Interlocked.Increment(ref _ts) % 1_000_000:D6}}","message":"""));
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = head.Length + body.Length + 1;
        await context.Response.Body.WriteAsync(head);
        await context.Response.Body.WriteAsync(body);
        await context.Response.Body.WriteAsync("}"u8.ToArray());
    }

    // It stands first in what is sent here.
    private static string ChannelIn(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        return reader.Read() && reader.Read() && reader.ValueTextEquals("channel"u8) && reader.Read() ? reader.GetString()! : "";
    }
}
