using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Acting;
using M10Bot.Simulator.Slack.Blocks;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>views.open, push, update and publish.</summary>
internal static class ViewMethods
{
    public static SlackAnswer Open(SlackCall call) => OpenOn(call, push: false);

    public static SlackAnswer Push(SlackCall call) => OpenOn(call, push: true);

    public static SlackAnswer Update(SlackCall call)
    {
        if (ReadView(call, "modal", out var view) is { } no)
        {
            return no;
        }

        var (updated, error) = call.Core.Views.Update(call.Team, call.Args.Text("view_id"), call.Args.Text("external_id"), call.Args.Text("hash"), view);
        return Answer(updated, error);
    }

    public static SlackAnswer Publish(SlackCall call)
    {
        if (ReadView(call, "home", out var view) is { } no)
        {
            return no;
        }

        if (!call.Core.Manifest.HasHome)
        {
            return SlackAnswer.No("not_enabled");
        }

        SlackPerson? person;
        lock (call.Team.Gate)
        {
            person = call.Team.Person(call.Args.Text("user_id") ?? "");
        }

        if (person is null)
        {
            return SlackAnswer.No("user_not_found");
        }

        var (published, error) = call.Core.Views.Publish(call.Team, person, call.Args.Text("hash"), view);
        return Answer(published, error);
    }

    private static SlackAnswer OpenOn(SlackCall call, bool push)
    {
        if (ReadView(call, "modal", out var view) is { } no)
        {
            return no;
        }

        if (call.Args.Text("trigger_id") is not { Length: > 0 } trigger)
        {
            return SlackAnswer.No("invalid_arguments", ["missing required field: trigger_id"]);
        }

        var (person, wrong) = call.Core.Triggers.Exchange(trigger, call.Team);
        if (person is null)
        {
            return SlackAnswer.No(wrong);
        }

        var (opened, error) = call.Core.Views.Open(call.Team, person, view, push);
        return Answer(opened, error);
    }

    private static SlackAnswer Answer(SlackView? view, string error) =>
        view is null ? SlackAnswer.No(error) : SlackAnswer.Yes(new JsonObject { ["view"] = view.ToJson() });

    private static SlackAnswer? ReadView(SlackCall call, string type, out JsonElement view)
    {
        view = default;
        if (!call.Args.TryNested("view", out var given) || given is not { } found)
        {
            return SlackAnswer.No("invalid_arguments", ["missing required field: view"]);
        }

        if (found.GetRawText().Length > ViewRules.MostBytes)
        {
            return SlackAnswer.No("view_too_large");
        }

        view = found;
        var problems = ViewRules.Check(found, type).Found;
        return problems.Count > 0 ? SlackAnswer.No("invalid_arguments", problems) : null;
    }
}
