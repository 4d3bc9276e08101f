using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Blocks;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Slack.Acting;

/// <summary>Which modals and home views stand open, for whom.</summary>
internal sealed class ViewBook(SlackCore core)
{
    private const int MostOpen = 3;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Team, string Person), List<SlackView>> _stacks = [];
    private readonly Dictionary<(string Team, string Person), SlackView> _homes = [];
    private long _count;

    public (SlackView? View, string Error) Open(SlackWorkspace team, SlackPerson person, JsonElement source, bool push)
    {
        SlackView view;
        lock (_lock)
        {
            var stack = Stack(team, person);
            if (push && stack.Count == 0)
            {
                return (null, "not_found");
            }

            if (push && stack.Count >= MostOpen)
            {
                return (null, "push_limit_reached");
            }

            if (IsTaken(team, source, except: null))
            {
                return (null, "duplicate_external_id");
            }

            if (!push)
            {
                stack.Clear();
            }

            var id = NewId();
            view = new SlackView(id, team, person, Named(source), core.NewKey(), stack.Count > 0 ? stack[0].Id : id, stack.Count > 0 ? stack[^1].Id : null);
            stack.Add(view);
        }

        Tell("view.open", view);
        return (view, "");
    }

    public (SlackView? View, string Error) Update(SlackWorkspace team, string? id, string? externalId, string? hash, JsonElement source)
    {
        SlackView updated;
        lock (_lock)
        {
            var stack = _stacks.Values.FirstOrDefault(s => s.Exists(v => Is(v, team, id, externalId)));
            if (stack is null)
            {
                return (null, "not_found");
            }

            var place = stack.FindIndex(v => Is(v, team, id, externalId));
            if (hash is not null && !hash.Is(stack[place].Hash))
            {
                return (null, "hash_conflict");
            }

            if (IsTaken(team, source, stack[place].Id))
            {
                return (null, "duplicate_external_id");
            }

            updated = stack[place] with { Source = Named(source), Hash = core.NewKey() };
            updated = updated with { Filled = InputState.Kept(stack[place].Filled, stack[place].Blocks, updated.Blocks) };
            stack[place] = updated;
        }

        Tell("view.update", updated);
        return (updated, "");
    }

    public (SlackView? View, string Error) Publish(SlackWorkspace team, SlackPerson person, string? hash, JsonElement source)
    {
        SlackView published;
        lock (_lock)
        {
            var known = _homes.GetValueOrDefault((team.Id, person.Id));
            if (hash is not null && known is not null && !hash.Is(known.Hash))
            {
                return (null, "hash_conflict");
            }

            var id = known?.Id ?? NewId();
            var view = new SlackView(id, team, person, Named(source), core.NewKey(), id, null);
            _homes[(team.Id, person.Id)] = view;
            published = view;
        }

        Tell("home", published);
        return (published, "");
    }

    /// <summary>Writes into the fields of an open view.</summary>
    public SlackView Fill(SlackView view, JsonElement? state)
    {
        if (state is not { ValueKind: JsonValueKind.Object } given)
        {
            return view;
        }

        lock (_lock)
        {
            var stack = Stack(view.Team, view.Person);
            var place = stack.FindIndex(v => v.Id.Is(view.Id));
            if (place < 0)
            {
                return view;
            }

            return stack[place] = stack[place] with { Filled = InputState.Merge(stack[place].Filled, given) };
        }
    }

    public SlackWorkspace? TeamOf(string? id)
    {
        lock (_lock)
        {
            return id is null ? null : _stacks.Values.SelectMany(s => s).FirstOrDefault(v => v.Id.Is(id))?.Team;
        }
    }

    /// <summary>The view on top, as the person sees it.</summary>
    public SlackView? Top(SlackWorkspace team, SlackPerson person)
    {
        lock (_lock)
        {
            return Stack(team, person).LastOrDefault();
        }
    }

    public SlackView? Home(SlackWorkspace team, SlackPerson person)
    {
        lock (_lock)
        {
            return _homes.GetValueOrDefault((team.Id, person.Id));
        }
    }

    public SlackView? Find(SlackWorkspace team, SlackPerson person, string id)
    {
        lock (_lock)
        {
            return Stack(team, person).Find(v => v.Id.Is(id)) ?? (_homes.GetValueOrDefault((team.Id, person.Id)) is { } home && home.Id.Is(id) ? home : null);
        }
    }

    /// <summary>Closes one view, or the whole stack; answers with what was on the bottom of it.</summary>
    public SlackView? Close(SlackView view, bool all)
    {
        SlackView? root;
        SlackView? left;
        lock (_lock)
        {
            var stack = Stack(view.Team, view.Person);
            root = stack.FirstOrDefault();
            if (all)
            {
                stack.Clear();
            }
            else
            {
                stack.RemoveAll(v => v.Id.Is(view.Id));
            }

            left = stack.LastOrDefault();
        }

        Tell("view.close", view);
        if (left is not null)
        {
            Tell("view.update", left);
        }

        return root;
    }

    private void Tell(string kind, SlackView view)
    {
        if (ReferenceEquals(view.Team, core.Newsroom))
        {
            core.Tell(kind, new JsonObject { ["person"] = view.Person.Key, ["view"] = view.ToJson() });
        }
    }

    private List<SlackView> Stack(SlackWorkspace team, SlackPerson person)
    {
        if (!_stacks.TryGetValue((team.Id, person.Id), out var stack))
        {
            _stacks[(team.Id, person.Id)] = stack = [];
        }

        return stack;
    }

    private bool IsTaken(SlackWorkspace team, JsonElement source, string? except) =>
        source.Text("external_id") is { Length: > 0 } external
        && _stacks.Values.SelectMany(s => s).Any(v => ReferenceEquals(v.Team, team) && v.ExternalId.Is(external) && !v.Id.Is(except));

    private static bool Is(SlackView view, SlackWorkspace team, string? id, string? externalId) =>
        ReferenceEquals(view.Team, team) && (id is not null ? view.Id.Is(id) : externalId is not null && view.ExternalId.Is(externalId));

    private static JsonElement Named(JsonElement source)
    {
        var view = JsonObject.Create(source)!;
        view["blocks"] = BlockSearch.WithIds(source.GetProperty("blocks")).ToNode();
        return view.ToElement();
    }

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"V0{++_count:D6}");
}
