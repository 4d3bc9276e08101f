using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using M10Bot.Testing;

namespace M10Bot.Slack.Tests;

/// <summary>Slack's Web API as a script: answers in the order given, per method; an unexpected call fails the test.</summary>
internal sealed class ScriptedSlack : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>>> _answers = new(StringComparer.Ordinal);
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentQueue<string> _unexpected = new();

    /// <summary>Done before each answer.</summary>
    public Action OnCall { get; set; } = () => { };

    public IReadOnlyCollection<string> Unexpected => _unexpected;

    public ScriptedSlack Answer(string method, string json) => Answer(method, HttpStatusCode.OK, json);

    public ScriptedSlack Answer(string method, HttpStatusCode status, string body, string? retryAfter = null) =>
        Answer(method, async (request, ct) =>
        {
            await Body(request, ct);
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (retryAfter is not null)
            {
                response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            }

            return response;
        });

    /// <summary>The body is taken, then the connection breaks.</summary>
    public ScriptedSlack Break(string method) => Answer(method, async (request, ct) =>
    {
        await Body(request, ct);
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "broken");
    });

    /// <summary>No connection at all.</summary>
    public ScriptedSlack Unreachable(string method) => Answer(method, (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));

    /// <summary>The body is taken, an answer never comes.</summary>
    public ScriptedSlack Hang(string method) => Answer(method, async (request, ct) =>
    {
        await Body(request, ct);
        await new TaskCompletionSource().Task.WaitAsync(ct);
        throw new InvalidOperationException();
    });

    public ScriptedSlack Answer(string method, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.GetOrAdd(method, _ => new()).Enqueue(answer);
        return this;
    }

    /// <summary>The next call that arrives.</summary>
    public async Task<Received> NextAsync() => await _received.Reader.ReadAsync().AsTask().WaitAsync(WatchedTime.Patience);

    /// <summary>The next call of this method; others before it are passed over.</summary>
    public async Task<Received> NextAsync(string method)
    {
        while (true)
        {
            if (await NextAsync() is var call && string.Equals(call.Method, method, StringComparison.Ordinal))
            {
                return call;
            }
        }
    }

    /// <summary>Nothing has arrived that was not read.</summary>
    public bool IsQuiet => _received.Reader.Count == 0;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var method = request.RequestUri!.Segments[^1];
        if (!_answers.TryGetValue(method, out var queue) || !queue.TryDequeue(out var answer))
        {
            _unexpected.Enqueue(method);
            throw new InvalidOperationException($"Unexpected call of {method}");
        }

        OnCall();
        return await answer(request, cancellationToken);
    }

    /// <summary>Taking the body is what makes a request one that has left.</summary>
    private async Task Body(HttpRequestMessage request, CancellationToken ct)
    {
        var body = await request.Content!.ReadAsStringAsync(ct);
        var type = request.Content.Headers.ContentType?.ToString() ?? "";
        _received.Writer.TryWrite(new Received(request.RequestUri!.Segments[^1], request.RequestUri, request.Headers.Authorization?.ToString(), type, body));
    }
}

/// <summary>One call as it came in.</summary>
internal sealed record Received(string Method, Uri Address, string? Authorization, string ContentType, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public IReadOnlyDictionary<string, string> Form => Body.Split('&').Select(p => p.Split('=', 2))
        .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
}
