using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Benchmarks.Slack;

/// <summary>
/// Takes posts and answers each as Slack does, with the message in the answer; nothing else. In a process of its own
/// (verb <c>slack-server</c>), so that what the client costs is not mixed with what the server does.
/// </summary>
internal sealed class PostsServer : IAsyncDisposable
{
    private static int _ts;

    private readonly ServerProcess _process;

    private PostsServer(ServerProcess process) => _process = process;

    public Uri Api => new($"{_process.Address}/api");

    public static async Task<PostsServer> StartAsync() => new(await ServerProcess.StartAsync("slack-server"));

    public static Task<int> ServeAsync() => ServerProcess.ServeAsync(AnswerAsync);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

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
