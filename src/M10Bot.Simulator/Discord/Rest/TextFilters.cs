using System.Text.Json;
using System.Text.RegularExpressions;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Rest;

/// <summary>AutoMod's words of a guild, and Discord's own list of harmful links; they look at every text of a message.</summary>
internal sealed partial class TextFilters(World world)
{
    public Answer? Refuse(Guild? guild, JsonElement body)
    {
        if (world.HarmfulHosts.Count == 0 && guild is not { BlockedWords.Count: > 0 })
        {
            return null;
        }

        var texts = Texts(body).ToList();
        if (texts.SelectMany(t => Links().Matches(t).Select(m => m.Groups["host"].Value)).Any(world.HarmfulHosts.Contains))
        {
            return Answer.Error(400, 240000, "Message blocked by harmful links filter");
        }

        return guild?.BlockedWords.Exists(w => texts.Exists(t => t.Contains(w, StringComparison.OrdinalIgnoreCase))) == true
            ? Answer.Error(400, 200000, "Message was blocked by automatic moderation")
            : null;
    }

    private static IEnumerable<string> Texts(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.String => [node.GetString()!],
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => node.EnumerateObject().SelectMany(p => Texts(p.Value)),
        _ => [],
    };

    [GeneratedRegex("https?://(?<host>[^/\\s:?#]+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Links();
}
