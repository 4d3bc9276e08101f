using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord;
using M10Bot.Simulator.Slack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Page;

/// <summary>The try-out page and what it calls.</summary>
internal static class PageRoutes
{
    private const int LongestArticle = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes, SimulatorOptions options, DiscordSimulator discord, SlackSimulator slack, PageFeed feed)
    {
        var page = routes.MapGroup("").AddEndpointFilter<PageGuard>();
        page.MapGet("/", () => PageFiles.Serve("index.html"));
        page.MapGet("/{file}", (string file) => PageFiles.Serve(file));
        page.MapGet("/css/{**path}", (string path) => PageFiles.Serve($"css/{path}"));
        page.MapGet("/js/{**path}", (string path) => PageFiles.Serve($"js/{path}"));

        page.MapGet("/page/feed", (HttpContext http) => PageEvents.ServeAsync(http, feed));
        page.MapGet("/page/world", () => Json(new JsonObject
        {
            ["discord"] = discord.View(),
            ["slack"] = slack.View(),
            ["has_bot"] = options.Bot is not null,
        }.ToJsonString()));
        page.MapGet("/page/samples", () => Json(Samples(options.Bot).ToJsonString()));
        page.MapPost("/page/wire", (HttpRequest request, CancellationToken ct) => WireAsync(options.Bot, request, ct));
        page.MapGet("/page/happened", async (CancellationToken ct) =>
            options.Bot is { } bot ? Json(await bot.WhatHappened(ct)) : Results.NotFound());
    }

    private static JsonArray Samples(BotWindow? bot) =>
        [.. (bot?.Samples ?? []).Select(s => new JsonObject { ["title"] = s.Title, ["text"] = s.Text })];

    private static async Task<IResult> WireAsync(BotWindow? bot, HttpRequest request, CancellationToken ct)
    {
        if (bot is null)
        {
            return Refuse("No bot is being tried out here, so there is no wire.");
        }

        var (text, fault) = await ReadTextAsync(request, ct);
        if (text is null)
        {
            return Refuse(fault);
        }

        try
        {
            var name = await bot.SendToWire(text, ct);
            return Json(new JsonObject { ["name"] = name }.ToJsonString());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Refuse(e.Message);
        }
    }

    /// <summary>The article, or null and what is wrong with the request.</summary>
    private static async Task<(string? Text, string Fault)> ReadTextAsync(HttpRequest request, CancellationToken ct)
    {
        // Asking for JSON keeps other sites' forms and simple requests out: those need the browser's leave first.
        if (!request.HasJsonContentType())
        {
            return (null, "Send {\"text\": …} as application/json.");
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
            if (body.RootElement.ValueKind != JsonValueKind.Object
                || !body.RootElement.TryGetProperty("text", out var property)
                || property.ValueKind != JsonValueKind.String)
            {
                return (null, "Send {\"text\": …} as application/json.");
            }

            var text = property.GetString()!;
            return string.IsNullOrWhiteSpace(text) ? (null, "The article is empty. Write something, or pick a sample.")
                : Encoding.UTF8.GetByteCount(text) > LongestArticle ? (null, "The article is too long: one mebibyte is the most.")
                : (text, "");
        }
        catch (JsonException)
        {
            return (null, "That is not JSON.");
        }
    }

    private static IResult Json(string json) => Results.Text(json, "application/json; charset=utf-8");

    private static IResult Refuse(string error) => Results.Json(new { error }, statusCode: StatusCodes.Status400BadRequest);
}
