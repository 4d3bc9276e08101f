using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using M10Bot.Discord.Gateway;

namespace M10Bot.Discord.Tests.Support;

/// <summary>The gateway's end of one connection, played by a test.</summary>
internal sealed class ScriptedGateway : GatewaySocket
{
    private readonly Channel<GatewayFrame> _toBot = Channel.CreateUnbounded<GatewayFrame>();
    private readonly Channel<JsonElement> _fromBot = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource<Uri> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Uri> Connected => _connected.Task;

    /// <summary>The code with which the bot closed.</summary>
    public Task<int> Closed => _closed.Task;

    public ScriptedGateway Say(string json)
    {
        _toBot.Writer.TryWrite(new GatewayFrame(Encoding.UTF8.GetBytes(json)));
        return this;
    }

    public ScriptedGateway SayBinary(byte[] bytes)
    {
        _toBot.Writer.TryWrite(new GatewayFrame(bytes, IsBinary: true));
        return this;
    }

    public ScriptedGateway Hello(int interval = 41_250) => Say($$$"""{"op":10,"d":{"heartbeat_interval":{{{interval}}} },"s":null,"t":null}""");

    public ScriptedGateway Ready(int sequence = 1) => Say(
        $$$"""{"op":0,"s":{{{sequence}}},"t":"READY","d":{"session_id":"sess","resume_gateway_url":"wss://resume.example","guilds":[{"id":"81","unavailable":true}],"application":{"id":"500"} } }""");

    public ScriptedGateway Hear(int sequence, string type, string json) => Say($$"""{"op":0,"s":{{sequence}},"t":"{{type}}","d":{{json}}}""");

    public ScriptedGateway Drop(int? code = null)
    {
        _toBot.Writer.TryWrite(new GatewayFrame(null, CloseCode: code));
        return this;
    }

    public async Task<JsonElement> HeardAsync(int op)
    {
        while (true)
        {
            var message = await _fromBot.Reader.ReadAsync().AsTask().WaitAsync(Bench.Patience);
            if (message.GetProperty("op").GetInt32() == op)
            {
                return message.GetProperty("d");
            }
        }
    }

    public override Task ConnectAsync(Uri address, CancellationToken ct)
    {
        _connected.TrySetResult(address);
        return Task.CompletedTask;
    }

    public override Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken ct)
    {
        _fromBot.Writer.TryWrite(JsonDocument.Parse(text.ToArray()).RootElement);
        return Task.CompletedTask;
    }

    public override Task<GatewayFrame> ReceiveAsync(CancellationToken ct) => _toBot.Reader.ReadAsync(ct).AsTask();

    public override Task CloseAsync(int code)
    {
        _closed.TrySetResult(code);
        _toBot.Writer.TryWrite(new GatewayFrame(null));
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
