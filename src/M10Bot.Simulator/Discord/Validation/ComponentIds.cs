using System.Text.Json;
using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Discord.Validation;

/// <summary>Discord numbers the components that have no id of their own, and says what they did not.</summary>
internal static class ComponentIds
{
    private const int Separator = 14;
    private const int Container = 17;

    public static JsonElement Complete(JsonElement components)
    {
        var json = (JsonArray)JsonArray.Create(components)!.DeepClone();
        var taken = Tree(json).Select(c => Number(c["id"])).Where(id => id > 0).ToHashSet();
        long next = 1;
        foreach (var component in Tree(json).ToList())
        {
            if (Number(component["id"]) <= 0)
            {
                while (!taken.Add(next))
                {
                    next++;
                }

                component["id"] = next;
            }

            Fill(component);
        }

        return Wire.Element(json);
    }

    private static void Fill(JsonObject component)
    {
        switch (Number(component["type"]))
        {
            case Container:
                component["accent_color"] = component["accent_color"]?.DeepClone();
                component["spoiler"] ??= false;
                break;
            case Separator:
                component["divider"] ??= true;
                component["spacing"] ??= 1;
                break;
        }
    }

    private static IEnumerable<JsonObject> Tree(JsonArray components)
    {
        foreach (var component in components.OfType<JsonObject>())
        {
            yield return component;
            foreach (var child in component["components"] is JsonArray children ? Tree(children) : [])
            {
                yield return child;
            }

            if (component["accessory"] is JsonObject accessory)
            {
                yield return accessory;
            }
        }
    }

    private static long Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
}
