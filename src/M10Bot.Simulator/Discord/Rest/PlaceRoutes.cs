using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Gateway;
using M10Bot.Simulator.Discord.Interactions;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>The bot itself, its guilds, channels, roles and members.</summary>
internal sealed class PlaceRoutes(World world, GatewayHub hub, DiscordLimits limits, HttpDoor http)
{
    private static readonly Budget Reads = new("places", 50, TimeSpan.FromSeconds(1));
    private readonly Pace _opens = new(() => limits.DirectOpensPerMinute, TimeSpan.FromMinutes(1));
    private static readonly Budget Direct = new("open-direct", 10, TimeSpan.FromSeconds(10));

    public IEnumerable<Route> All =>
    [
        new("GET", "gateway/bot", GatewayBot),
        new("GET", "gateway", c => Answer.Ok(new JsonObject { ["url"] = $"ws://{c.Origin}{GatewayDoor.Path}" })) { NeedsBot = false },
        new("GET", "applications/@me", _ => Answer.Ok(Application())),
        new("GET", "oauth2/applications/@me", _ => Answer.Ok(Application())),
        new("PATCH", "applications/@me", Change) { Prepare = http.PrepareAsync },
        new("GET", "users/@me", _ => Answer.Ok(Rendered.User(world.Bot).With(Blanks.OfSelf))),
        new("GET", "users/@me/guilds", Guilds) { BudgetOf = _ => Reads },
        new("POST", "users/@me/channels", OpenDirect) { BudgetOf = _ => Direct },
        new("GET", "guilds/{guild}", c => InGuild(c, Rendered.Guild)) { BudgetOf = _ => Reads, Major = "guild" },
        new("GET", "guilds/{guild}/roles", c => InGuild(c, g => new JsonArray([.. g.Roles.Select(r => (JsonNode)Rendered.Role(g, r))]))) { BudgetOf = _ => Reads, Major = "guild" },
        new("GET", "guilds/{guild}/channels", c => InGuild(c, g => new JsonArray([.. g.Channels.Select(x => (JsonNode)Rendered.Channel(x))]))) { BudgetOf = _ => Reads, Major = "guild" },
        new("GET", "guilds/{guild}/members/{user}", Member) { BudgetOf = _ => Reads, Major = "guild" },
    ];

    private Answer GatewayBot(Call call) => Answer.Ok(new JsonObject
    {
        ["url"] = $"ws://{call.Origin}{GatewayDoor.Path}",
        ["shards"] = Math.Max(1, (world.Guilds.Count + limits.GuildsPerShard - 1) / limits.GuildsPerShard),
        ["session_start_limit"] = new JsonObject
        {
            ["total"] = limits.IdentifiesPerDay,
            ["remaining"] = hub.IdentifiesLeft,
            ["reset_after"] = (long)hub.IdentifiesResetIn.TotalMilliseconds,
            ["max_concurrency"] = limits.IdentifyConcurrency,
        },
    });

    private JsonObject Application() => new JsonObject
    {
        ["id"] = world.Bot.Id,
        ["name"] = world.Bot.Name,
        ["description"] = "",
        ["bot_public"] = true,
        ["bot"] = Rendered.User(world.Bot),
        ["verify_key"] = http.VerifyKey,
        ["interactions_endpoint_url"] = http.Endpoint,
        ["summary"] = "",
        ["icon"] = null,
        ["owner"] = Rendered.User(world.PersonByKey("admin")!),
        ["flags"] = 0,
        ["approximate_guild_count"] = world.Guilds.Count,
    }.With(Blanks.OfApplication);

    /// <summary>The address was tried before (see <see cref="HttpDoor.PrepareAsync"/>).</summary>
    private Answer Change(Call call)
    {
        if (call.Body.Get("interactions_endpoint_url") is not { } url)
        {
            return Answer.Ok(Application());
        }

        if (!http.Take(url.ValueKind == JsonValueKind.String ? url.GetString() : null))
        {
            return Answer.Form("interactions_endpoint_url", "APPLICATION_INTERACTIONS_ENDPOINT_VERIFICATION_FAILED", "The specified interactions endpoint url could not be verified.");
        }

        return Answer.Ok(Application());
    }

    private Answer Guilds(Call call)
    {
        var after = Snowflakes.Number(call.Query["after"].ToString());
        var limit = int.TryParse(call.Query["limit"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 200) : 200;
        var page = world.Guilds.Values.OrderBy(g => Snowflakes.Number(g.Id)).Where(g => Snowflakes.Number(g.Id) > after).Take(limit);
        return Answer.Ok(new JsonArray([.. page.Select(g => (JsonNode)new JsonObject
        {
            ["id"] = g.Id,
            ["name"] = g.Name,
            ["icon"] = null,
            ["banner"] = null,
            ["owner"] = false,
            ["permissions"] = Rendered.Bits(World.PermissionsIn(g, world.Bot)),
            ["features"] = new JsonArray(),
        })]));
    }

    private Answer OpenDirect(Call call)
    {
        if (call.Body.Get("recipient_id")?.ToString() is not { } id || !Snowflakes.IsOne(id))
        {
            return Answer.Form("recipient_id", "BASE_TYPE_REQUIRED", "This field is required");
        }

        if (!world.People.TryGetValue(id, out var person))
        {
            return Answer.Error(404, 10013, "Unknown User");
        }

        if (!limits.Lifted && _opens.Wait("", world.Time.GetUtcNow()) is { } wait)
        {
            return Answer.TooMany(wait, 40003, "You are opening direct messages too fast");
        }

        return person.IsBot
            ? Answer.Error(400, 50007, "Cannot send messages to this user")
            : Answer.Ok(Rendered.Channel(world.DirectChannel(person)));
    }

    private Answer InGuild(Call call, Func<Guild, JsonNode> show) =>
        world.Guilds.TryGetValue(call["guild"], out var guild) ? Answer.Ok(show(guild)) : Answer.Error(404, 10004, "Unknown Guild");

    private Answer Member(Call call) =>
        !world.Guilds.TryGetValue(call["guild"], out var guild) ? Answer.Error(404, 10004, "Unknown Guild")
        : !guild.Members.TryGetValue(call["user"], out var member) ? Answer.Error(404, 10007, "Unknown Member")
        : Answer.Ok(Rendered.Member(member));
}
