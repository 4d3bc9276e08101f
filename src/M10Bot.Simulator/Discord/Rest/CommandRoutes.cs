using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>Registration of application commands, global and by guild.</summary>
internal sealed class CommandRoutes(World world, PageFeed feed)
{
    private const int CreatesPerDay = 200;
    private static readonly Budget Pace = new("commands", 20, TimeSpan.FromSeconds(20));

    public IEnumerable<Route> All =>
    [
        new("GET", "applications/{application}/commands", c => List(c, guildId: null)) { BudgetOf = _ => Pace },
        new("POST", "applications/{application}/commands", c => Upsert(c, guildId: null)) { BudgetOf = _ => Pace },
        new("DELETE", "applications/{application}/commands/{command}", c => Remove(c, guildId: null)) { BudgetOf = _ => Pace },
        new("POST", "applications/{application}/guilds/{guild}/commands", c => Upsert(c, c["guild"])) { BudgetOf = _ => Pace, Major = "guild" },
        new("DELETE", "applications/{application}/guilds/{guild}/commands/{command}", c => Remove(c, c["guild"])) { BudgetOf = _ => Pace, Major = "guild" },
        new("PUT", "applications/{application}/commands", c => Replace(c, guildId: null)) { BudgetOf = _ => Pace },
        new("GET", "applications/{application}/guilds/{guild}/commands", c => List(c, c["guild"])) { BudgetOf = _ => Pace, Major = "guild" },
        new("PUT", "applications/{application}/guilds/{guild}/commands", c => Replace(c, c["guild"])) { BudgetOf = _ => Pace, Major = "guild" },
    ];

    private Answer List(Call call, string? guildId) =>
        Refuse(call, guildId) ?? Answer.Ok(Shown(world.Commands.In(guildId), call.Asks("with_localizations")));

    private Answer Replace(Call call, string? guildId)
    {
        if (Refuse(call, guildId) is { } refused)
        {
            return refused;
        }

        var errors = new FormErrors();
        CommandCheck.ReadAll(call.Body, errors, ofGuild: guildId is not null);
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (RefuseNew(guildId, world.Commands.NewIn(guildId, call.Body)) is { } tooMany)
        {
            return tooMany;
        }

        var kept = world.Commands.Replace(guildId, call.Body, world);
        TellPage();
        return Answer.Ok(Shown(kept, withLocalisations: true));
    }

    private Answer Upsert(Call call, string? guildId)
    {
        if (Refuse(call, guildId) is { } refused)
        {
            return refused;
        }

        var errors = new FormErrors();
        CommandCheck.ReadOne(call.Body, errors, ofGuild: guildId is not null);
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (RefuseNew(guildId, world.Commands.NewIn(guildId, Wire.Element(new JsonArray(Wire.Node(call.Body))))) is { } tooMany)
        {
            return tooMany;
        }

        var (command, isNew) = world.Commands.Upsert(guildId, call.Body, world);
        TellPage();
        return new Answer(isNew ? 201 : 200, CommandBook.Shown(command, withLocalisations: true));
    }

    private Answer Remove(Call call, string? guildId)
    {
        if (Refuse(call, guildId) is { } refused)
        {
            return refused;
        }

        if (!world.Commands.Remove(guildId, call["command"]))
        {
            return Answer.Error(404, 10063, "Unknown application command");
        }

        TellPage();
        return Answer.Empty;
    }

    private Answer? RefuseNew(string? guildId, int count) =>
        count > 0 && world.Commands.CreatedIn(guildId, world.Time.GetUtcNow()) + count > CreatesPerDay
            ? Answer.Error(400, 30034, "Max number of daily application command creates has been reached (200)")
            : null;

    private void TellPage()
    {
        if (feed.HasListeners)
        {
            feed.Publish(Wire.Text(new JsonObject
            {
                ["pane"] = "discord",
                ["kind"] = "commands",
                ["commands"] = Shown(world.Commands.Everywhere, withLocalisations: true),
            }));
        }
    }

    private Answer? Refuse(Call call, string? guildId) =>
        !string.Equals(call["application"], world.Bot.Id, StringComparison.Ordinal) ? Answer.Error(403, 20012, "You are not authorized to perform this action on this application")
        : guildId is not null && !world.Guilds.ContainsKey(guildId) ? Answer.MissingAccess
        : null;

    private static JsonArray Shown(IEnumerable<System.Text.Json.JsonElement> commands, bool withLocalisations) =>
        [.. commands.Select(c => CommandBook.Shown(c, withLocalisations))];
}
