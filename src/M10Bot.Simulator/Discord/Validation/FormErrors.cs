using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>Everything that is wrong with a body, as Discord's tree of <c>_errors</c> (array places are text keys).</summary>
internal sealed class FormErrors
{
    private readonly JsonObject _tree = [];

    public bool Any => _tree.Count > 0;

    public JsonObject Tree => _tree;

    /// <param name="path">Field names and array places, parted by dots; empty for the body itself.</param>
    public void Add(string path, string code, string message)
    {
        var node = _tree;
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (node[step] is not JsonObject next)
            {
                next = [];
                node[step] = next;
            }

            node = next;
        }

        if (node["_errors"] is not JsonArray list)
        {
            list = [];
            node["_errors"] = list;
        }

        list.Add(new JsonObject { ["code"] = code, ["message"] = message });
    }
}
