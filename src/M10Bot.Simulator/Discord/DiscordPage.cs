using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Interactions;
using M10Bot.Simulator.Discord.Rest;
using M10Bot.Simulator.Discord.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Discord;

/// <summary>What the try-out page sees of Discord, and what it does there as a person.</summary>
internal sealed class DiscordPage(World world, PersonClient client)
{
    private const int LastMessages = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "command", (body, _) => Started(client.Command(Text(body, "person"), Text(body, "channel"), Text(body, "name"), Options(body, "options"))));
        Map(routes, "component", (body, _) => Started(client.Component(
            Text(body, "person"), Text(body, "channel"), Text(body, "message"), Text(body, "custom_id"), [.. body.Members("values").Select(v => v.ToString())])));
        Map(routes, "modal", (body, _) => Started(client.Modal(Text(body, "person"), Text(body, "interaction"), Text(body, "custom_id"), Options(body, "values"))));
        Map(routes, "context", (body, _) => Started(client.OnMessage(Text(body, "person"), Text(body, "channel"), Text(body, "name"), Text(body, "message"))));
        Map(routes, "say", (body, _) => Task.FromResult(new JsonObject { ["message"] = client.Say(Text(body, "person"), Text(body, "channel"), Text(body, "content")).Id }));
        Map(routes, "webhook", (body, _) => Task.FromResult(new JsonObject { ["url"] = client.Webhook(Text(body, "person"), Text(body, "channel")) }));
        Map(routes, "autocomplete", CompleteAsync);
    }

    public JsonObject View()
    {
        lock (world.Gate)
        {
            var guild = world.Guilds.GetValueOrDefault(World.MainGuildId);
            var shown = (guild?.Channels ?? []).Concat(guild?.Threads ?? []).Concat(world.Channels.Values.Where(c => c.Context == Channel.InBotDirect)).ToList();
            var messages = new JsonObject(shown.Select(c => KeyValuePair.Create(c.Id, (JsonNode?)Messages(c))));
            return new JsonObject
            {
                ["guild"] = new JsonObject { ["id"] = World.MainGuildId, ["name"] = guild?.Name ?? "" },
                ["bot"] = new JsonObject { ["id"] = world.Bot.Id, ["name"] = world.Bot.Name },
                ["people"] = new JsonArray([.. world.People.Values.Where(p => !p.IsBot).Select(p => (JsonNode)new JsonObject
                {
                    ["key"] = p.Key,
                    ["id"] = p.Id,
                    ["name"] = p.Name,
                    ["role"] = p.Role,
                })]),
                ["roles"] = new JsonArray([.. (guild?.Roles ?? []).Where(r => !string.Equals(r.Id, World.MainGuildId, StringComparison.Ordinal)).Select(r =>
                    (JsonNode)new JsonObject { ["id"] = r.Id, ["name"] = r.Name })]),
                ["channels"] = new JsonArray([.. shown.Select(Shown)]),
                ["commands"] = new JsonArray([.. world.Commands.Everywhere.Select(c => CommandBook.Shown(c, withLocalisations: true))]),
                ["messages"] = messages,
            };
        }
    }

    /// <summary>A channel as the page lists it.</summary>
    public static JsonNode Shown(Channel channel)
    {
        var json = new JsonObject
        {
            ["id"] = channel.Id,
            ["name"] = channel.Name,
            ["kind"] = Kind(channel),
            ["type"] = channel.Type,
            ["topic"] = channel.Topic,
            ["person"] = channel.Recipient?.Key,
        };
        if (channel.Thread is { } thread)
        {
            json["parent"] = thread.Parent.Id;
            json["archived"] = thread.Archived;
            json["locked"] = thread.Locked;
            json["tags"] = new JsonArray([.. thread.Tags.Select(id => JsonValue.Create(thread.Parent.Forums?.Tags.Find(t => string.Equals(t.Id, id, StringComparison.Ordinal))?.Name ?? id))]);
        }

        return json;
    }

    private static string Kind(Channel channel) => channel switch
    {
        { Recipient: not null } => "dm",
        { IsThread: true } => "thread",
        { IsForum: true } => "forum",
        { Type: Channel.Announcement } => "announcement",
        _ => "text",
    };

    private static JsonArray Messages(Channel channel) =>
        [.. channel.Messages.Where(m => !m.Deleted).TakeLast(LastMessages).Select(Rendered.ForPage)];

    private static Task<JsonObject> Started(Interaction interaction) => Task.FromResult(new JsonObject { ["interaction"] = interaction.Id });

    private async Task<JsonObject> CompleteAsync(JsonElement body, CancellationToken ct)
    {
        var interaction = client.Autocomplete(
            Text(body, "person"), Text(body, "channel"), Text(body, "name"), Text(body, "option"), body.GetText("typed") ?? "", Options(body, "options"));
        var choices = await interaction.Choices.Task.WaitAsync(ct);
        return new JsonObject
        {
            ["choices"] = new JsonArray([.. choices.EnumerateArray().Select(c => (JsonNode)new JsonObject
            {
                ["name"] = c.GetText("name"),
                ["value"] = Wire.Node(c.GetProperty("value")),
            })]),
        };
    }

    private static void Map(IEndpointRouteBuilder routes, string name, Func<JsonElement, CancellationToken, Task<JsonObject>> act) =>
        routes.MapPost($"/page/discord/{name}", LoopbackOnly.Guard(context => AnswerAsync(context, act)));

    private static async Task AnswerAsync(HttpContext context, Func<JsonElement, CancellationToken, Task<JsonObject>> act)
    {
        JsonObject answer;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            answer = await act(body.RootElement.Clone(), context.RequestAborted);
        }
        catch (Exception e) when (e is DiscordClientException or JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            answer = new JsonObject { ["error"] = e is JsonException ? "The request body contains invalid JSON." : e.Message };
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Wire.Bytes(answer), context.RequestAborted);
    }

    private static string Text(JsonElement body, string name) =>
        body.GetText(name) ?? throw new DiscordClientException($"The field {name} is missing.");

    private static Dictionary<string, JsonElement> Options(JsonElement body, string name) =>
        body.Get(name) is { ValueKind: JsonValueKind.Object } options
            ? options.EnumerateObject().ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal)
            : [];
}
