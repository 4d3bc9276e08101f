using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace M10Bot.Discord.Tests.Support;

/// <summary>Discord's REST side as a script: answers in order, the last one for ever; records what was asked.</summary>
internal sealed class ScriptedDiscord : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, Task<HttpResponseMessage>>> _answers = new();
    private TaskCompletionSource _another = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<HttpRequestMessage, Task<HttpResponseMessage>> _last = _ => Task.FromResult(Json(200, "{}"));

    public List<Asked> Requests { get; } = [];

    /// <summary>Returns when so many requests have come.</summary>
    public async Task AskedAsync(int count)
    {
        while (true)
        {
            Task another;
            lock (Requests)
            {
                if (Requests.Count >= count)
                {
                    return;
                }

                another = _another.Task;
            }

            await another.WaitAsync(Bench.Patience);
        }
    }

    public ScriptedDiscord Answer(int status, string body, params (string Name, string Value)[] headers) =>
        Answer(_ => Task.FromResult(Json(status, body, headers)));

    public ScriptedDiscord Answer(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public ScriptedDiscord Throw(Exception fault) => Answer(_ => Task.FromException<HttpResponseMessage>(fault));

    public static HttpResponseMessage Json(int status, string body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public static (string Name, string Value)[] Bucket(int limit, int remaining, double resetAfter, string hash = "b1") =>
    [
        ("X-RateLimit-Bucket", hash),
        ("X-RateLimit-Limit", limit.ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Remaining", remaining.ToString(CultureInfo.InvariantCulture)),
        ("X-RateLimit-Reset-After", resetAfter.ToString(CultureInfo.InvariantCulture)),
    ];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Requests)
        {
            _another.SetResult();
            _another = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Requests.Add(new Asked(
                $"{request.Method} {request.RequestUri!.PathAndQuery}",
                body,
                request.Headers.Authorization?.ToString(),
                request.Content?.Headers.ContentType?.ToString()));
        }

        if (_answers.TryDequeue(out var next))
        {
            _last = next;
        }

        return await _last(request).WaitAsync(cancellationToken);
    }
}

internal sealed record Asked(string Line, string Body, string? Authorization, string? ContentType)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
