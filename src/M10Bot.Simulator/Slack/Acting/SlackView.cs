using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Blocks;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>A modal or home view as one person has it open.</summary>
internal sealed record SlackView(string Id, SlackWorkspace Team, SlackPerson Person, JsonElement Source, string Hash, string RootId, string? PreviousId)
{
    /// <summary>By block id and action id: what the person wrote into it so far.</summary>
    public JsonElement? Filled { get; init; }

    public JsonElement Blocks => Source.GetProperty("blocks");

    public string? ExternalId => Source.Text("external_id") is { Length: > 0 } id ? id : null;

    public JsonObject ToJson(JsonObject? state = null)
    {
        var json = new JsonObject
        {
            ["id"] = Id,
            ["team_id"] = Team.Id,
            ["type"] = Source.Text("type"),
            ["blocks"] = Blocks.ToNode(),
            ["private_metadata"] = Source.Text("private_metadata") ?? "",
            ["callback_id"] = Source.Text("callback_id") ?? "",
            ["external_id"] = ExternalId ?? "",
            ["hash"] = Hash,
            ["state"] = state ?? InputState.Of(Blocks, Filled),
            ["clear_on_close"] = Source.Flag("clear_on_close"),
            ["notify_on_close"] = Source.Flag("notify_on_close"),
            ["root_view_id"] = RootId,
            ["previous_view_id"] = PreviousId,
            ["app_id"] = SlackIds.App,
            ["app_installed_team_id"] = Team.Id,
            ["bot_id"] = Team.BotId,
        };
        return json.Set("title", Source.Member("title")).Set("submit", Source.Member("submit")).Set("close", Source.Member("close"));
    }
}
