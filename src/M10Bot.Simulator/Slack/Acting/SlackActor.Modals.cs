using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Blocks;
using M10Bot.Simulator.Slack.Requests;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>Modals: what a person submits and closes.</summary>
public sealed partial class SlackActor
{
    /// <summary>Presses the modal's submit button.</summary>
    /// <param name="view">The modal's id; it must be on top.</param>
    /// <param name="state">By block id and action id: a plain value, or Slack's own form of it.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<SlackOutcome> SubmitAsync(string view, JsonElement? state, CancellationToken ct)
    {
        if (_core.Views.Top(_team, _person) is not { } shown || !shown.Id.Is(view))
        {
            return SlackOutcome.Impossible("view_not_found");
        }

        shown = _core.Views.Fill(shown, state);
        var filled = InputState.Of(shown.Blocks, shown.Filled);
        var missing = Missing(shown.Blocks, filled);
        if (missing.Count > 0)
        {
            return new SlackOutcome("incomplete") { FieldErrors = missing };
        }

        var payload = Payload("view_submission", withTrigger: true);
        payload["view"] = shown.ToJson();
        payload["response_urls"] = ResponseUrls(shown.Blocks, filled);
        var reply = await _core.App.AskAsync(AppDoor.Interactive, payload, 0, "", ct);
        if (Trouble(reply) is { } trouble)
        {
            return Failed("", "", trouble);
        }

        return reply is AppAnswer.Acknowledged { Payload: { } answer } && !(answer.ValueKind == JsonValueKind.Object && !answer.EnumerateObject().Any())
            ? Respond(shown, answer.ValueKind == JsonValueKind.Object ? answer.Text("response_action") ?? "" : "", answer)
            : Closed(shown, all: false);
    }

    /// <summary>Writes into a modal's fields without submitting; what is not named stays as it is.</summary>
    public SlackOutcome Fill(string view, JsonElement state)
    {
        if (_core.Views.Find(_team, _person, view) is not { } shown)
        {
            return SlackOutcome.Impossible("view_not_found");
        }

        _core.Views.Fill(shown, state);
        return SlackOutcome.Fine;
    }

    /// <summary>Closes the modal on top; with <paramref name="all"/> the whole stack, as the cross does.</summary>
    public async Task<SlackOutcome> CloseAsync(bool all, CancellationToken ct)
    {
        if (_core.Views.Top(_team, _person) is not { } shown)
        {
            return SlackOutcome.Impossible("view_not_found");
        }

        var root = _core.Views.Close(shown, all);
        var told = all && root is not null ? root : shown;
        if (!told.Source.Flag("notify_on_close"))
        {
            return SlackOutcome.Fine;
        }

        var payload = Payload("view_closed", withTrigger: false);
        payload["view"] = told.ToJson();
        payload["is_cleared"] = all;
        return await SendAsync(payload, "", ct);
    }

    private SlackOutcome Respond(SlackView shown, string what, JsonElement answer)
    {
        switch (what)
        {
            case "clear":
                return Closed(shown, all: true);
            case "errors":
                return RespondWithErrors(shown, answer);
            case "update" or "push" when answer.Member("view") is { } next && ViewRules.Check(next, "modal").Found.Count == 0:
                var (_, error) = what is "push"
                    ? _core.Views.Open(_team, _person, next.Clone(), push: true)
                    : _core.Views.Update(_team, shown.Id, externalId: null, hash: null, next.Clone());
                return error.Length == 0 ? SlackOutcome.Fine : Failed("", "", error);
            default:
                return Failed("", "", "invalid_response_action");
        }
    }

    private SlackOutcome RespondWithErrors(SlackView shown, JsonElement answer)
    {
        var inputs = shown.Blocks.EnumerateArray().Where(b => b.Text("type") is "input").Select(b => b.Text("block_id")!).ToHashSet(StringComparer.Ordinal);
        var errors = answer.Member("errors") is { ValueKind: JsonValueKind.Object } given
            ? given.EnumerateObject().ToDictionary(e => e.Name, e => e.Value.ToString(), StringComparer.Ordinal)
            : [];
        return errors.Count > 0 && errors.Keys.All(inputs.Contains)
            ? new SlackOutcome("errors") { FieldErrors = errors }
            : Failed("", "", "invalid_response_errors");
    }

    private SlackOutcome Closed(SlackView shown, bool all)
    {
        _core.Views.Close(shown, all || shown.Source.Flag("clear_on_close"));
        return SlackOutcome.Fine;
    }

    /// <summary>One for each input whose select asks for it.</summary>
    private JsonArray ResponseUrls(JsonElement blocks, JsonObject filled)
    {
        var urls = new JsonArray();
        foreach (var (block, element) in BlockSearch.Active(blocks).Where(f => f.Block.Text("type") is "input" && f.Element.Flag("response_url_enabled")))
        {
            var (blockId, actionId) = (block.Text("block_id")!, element.Text("action_id")!);
            if (filled["values"]?[blockId]?[actionId] is JsonObject value && (value["selected_conversation"] ?? value["selected_channel"])?.GetValue<string>() is { } channel && FindChannel(channel) is not null)
            {
                urls.Add(new JsonObject { ["block_id"] = blockId, ["action_id"] = actionId, ["channel_id"] = channel, ["response_url"] = _core.Hooks.New(_team, _person, channel, original: null, typed: null) });
            }
        }

        return urls;
    }

    private static Dictionary<string, string> Missing(JsonElement blocks, JsonObject filled)
    {
        var missing = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var block in blocks.EnumerateArray().Where(b => b.Text("type") is "input" && !b.Flag("optional")))
        {
            var id = block.Text("block_id")!;
            if (filled["values"]?[id] is not JsonObject ofBlock || ofBlock.All(v => v.Value is not JsonObject value || InputState.IsEmpty(value)))
            {
                missing[id] = "Please complete this required field.";
            }
        }

        return missing;
    }
}
