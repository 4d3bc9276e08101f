using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace M10Bot.Tests.Models;

/// <summary>A model on loopback that speaks both wire formats and says what the script says.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string? Key, JsonObject Body)> _requests = [];
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedModel(WebApplication app, Func<HttpContext, string, Task> answer)
    {
        _app = app;
        app.MapPost("/{**path}", async context =>
        {
            var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
            _requests.Enqueue((context.Request.Path, $"{context.Request.Headers.Authorization}{context.Request.Headers["x-api-key"]}", body));
            _arrived.TrySetResult();
            await answer(context, UserText(body));
        });
    }

    public string Address => _app.Urls.Single();

    public IReadOnlyList<(string Path, string? Key, JsonObject Body)> Requests => [.. _requests];

    /// <summary>A request is there and its answer is being waited for.</summary>
    public Task Arrived => _arrived.Task;

    /// <param name="says">The model's words on what it was sent.</param>
    public static Task<ScriptedModel> StartAsync(Func<string, string> says) => StartAsync((context, sent) => SayAsync(context, says(sent)));

    public static async Task<ScriptedModel> StartAsync(Func<HttpContext, string, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var model = new ScriptedModel(builder.Build(), answer);
        await model._app.StartAsync();
        return model;
    }

    public static Task SayAsync(HttpContext context, string text, string finish = "stop") => context.Response.WriteAsJsonAsync(
        context.Request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal)
            ? new JsonObject
            {
                ["id"] = "msg_1",
                ["type"] = "message",
                ["role"] = "assistant",
                ["model"] = "scripted",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
                ["stop_reason"] = finish == "stop" ? "end_turn" : "max_tokens",
                ["stop_sequence"] = null,
                ["usage"] = new JsonObject { ["input_tokens"] = 300, ["output_tokens"] = 45 },
            }
            : new JsonObject
            {
                ["id"] = "chatcmpl-1",
                ["object"] = "chat.completion",
                ["created"] = 1_773_480_413,
                ["model"] = "scripted",
                ["choices"] = new JsonArray(new JsonObject
                {
                    ["index"] = 0,
                    ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
                    ["finish_reason"] = finish,
                }),
                ["usage"] = new JsonObject { ["prompt_tokens"] = 300, ["completion_tokens"] = 45, ["total_tokens"] = 345 },
            });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string UserText(JsonObject body)
    {
        var content = body["messages"]!.AsArray().Last(m => (string?)m!["role"] == "user")!["content"]!;
        return content is JsonArray parts ? string.Concat(parts.Select(p => (string?)p!["text"])) : (string)content!;
    }
}
