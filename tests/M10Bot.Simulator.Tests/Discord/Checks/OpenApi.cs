using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace M10Bot.Simulator.Tests.Discord.Checks;

/// <summary>Discord's own description of its API (OpenAPI 3.1): finds a call's schemas and says where a body does not fit them.</summary>
internal sealed class OpenApi
{
    private readonly JsonElement _root;
    private readonly List<(Regex Path, JsonElement Item)> _paths = [];

    private OpenApi(JsonElement root)
    {
        _root = root;
        foreach (var path in root.GetProperty("paths").EnumerateObject().OrderBy(p => p.Name.Count(c => c == '{')))
        {
            var pattern = "^" + Regex.Replace(Regex.Escape(path.Name).Replace(@"\{", "{", StringComparison.Ordinal), "{[^/]+}", "[^/]+", RegexOptions.None, TimeSpan.FromSeconds(1)) + "$";
            _paths.Add((new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), path.Value));
        }
    }

    /// <summary>Null where the description is not on this machine.</summary>
    public static OpenApi? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "specs", "discord-openapi.json");
            if (File.Exists(file))
            {
                return new OpenApi(JsonDocument.Parse(File.ReadAllText(file)).RootElement.Clone());
            }
        }

        return null;
    }

    /// <summary>What is wrong with an exchange, each with the place in the body.</summary>
    public IEnumerable<string> Check(string method, string path, JsonElement request, int status, JsonElement response)
    {
        var found = _paths.Where(p => p.Path.IsMatch(path) && p.Item.TryGetProperty(method.ToLowerInvariant(), out _)).Select(p => (JsonElement?)p.Item.GetProperty(method.ToLowerInvariant())).FirstOrDefault();
        if (found is not { } operation)
        {
            return [$"{method} {path} is not described"];
        }

        var faults = new List<string>();
        var call = $"{method} {path}";
        if (status < 300 && request.ValueKind != JsonValueKind.Undefined && Schema(operation, "requestBody") is { } asked)
        {
            Fit(asked, request, $"{call} request", faults);
        }

        var responses = operation.GetProperty("responses");
        if (!responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var described) && !responses.TryGetProperty($"{status / 100}XX", out described))
        {
            faults.Add($"{call} has no answer {status}");
        }
        else if (Content(Resolve(described)) is { } schema && response.ValueKind != JsonValueKind.Undefined)
        {
            Fit(schema, response, $"{call} {status}", faults);
        }

        return faults;
    }

    private JsonElement? Schema(JsonElement operation, string part) =>
        operation.TryGetProperty(part, out var body) ? Content(Resolve(body)) : null;

    private static JsonElement? Content(JsonElement of) =>
        of.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json) && json.TryGetProperty("schema", out var schema) ? schema : null;

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()![2..].Split('/').Aggregate(_root, (at, step) => at.GetProperty(step));
        }

        return schema;
    }

    private void Fit(JsonElement raw, JsonElement value, string at, List<string> faults)
    {
        var schema = Resolve(raw);
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => IsOf(t, value)))
        {
            faults.Add($"{at}: {value.ValueKind} is not {type}");
            return;
        }

        foreach (var all in List(schema, "allOf"))
        {
            Fit(all, value, at, faults);
        }

        var options = List(schema, "oneOf").Concat(List(schema, "anyOf")).ToList();
        if (options.Count > 0)
        {
            FitOne(options, value, at, faults);
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => JsonElement.DeepEquals(a, value)))
        {
            faults.Add($"{at}: {value} is none of the values");
        }

        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
        {
            faults.Add($"{at}: {value} is not {only}");
        }

        FitParts(schema, value, at, faults);
    }

    private void FitParts(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var name in List(schema, "required").Where(n => !value.TryGetProperty(n.GetString()!, out _)))
                {
                    faults.Add($"{at}: {name} is missing");
                }

                foreach (var property in value.EnumerateObject())
                {
                    if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var inner))
                    {
                        Fit(inner, property.Value, $"{at}.{property.Name}", faults);
                    }
                    else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
                    {
                        Fit(others, property.Value, $"{at}.{property.Name}", faults);
                    }
                }

                break;
            case JsonValueKind.Array when schema.TryGetProperty("items", out var items):
                foreach (var (item, i) in value.EnumerateArray().Select((item, i) => (item, i)))
                {
                    Fit(items, item, $"{at}[{i}]", faults);
                }

                InRange(schema, "minItems", "maxItems", value.GetArrayLength(), at, faults);
                break;
            case JsonValueKind.String:
                InRange(schema, "minLength", "maxLength", value.GetString()!.EnumerateRunes().Count(), at, faults);
                if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
                {
                    faults.Add($"{at}: “{value}” is not like {pattern}");
                }

                break;
            case JsonValueKind.Number:
                InRange(schema, "minimum", "maximum", value.GetDouble(), at, faults);
                break;
        }
    }

    /// <summary>One of them must fit; where none does, the nearest tells why.</summary>
    private void FitOne(List<JsonElement> options, JsonElement value, string at, List<string> faults)
    {
        List<string>? nearest = null;
        foreach (var option in options)
        {
            var mine = new List<string>();
            Fit(option, value, at, mine);
            if (mine.Count == 0)
            {
                return;
            }

            nearest = nearest is null || mine.Count < nearest.Count ? mine : nearest;
        }

        faults.AddRange(nearest!);
    }

    private static void InRange(JsonElement schema, string min, string max, double number, string at, List<string> faults)
    {
        if ((schema.TryGetProperty(min, out var least) && number < least.GetDouble()) || (schema.TryGetProperty(max, out var most) && number > most.GetDouble()))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{at}: {number} is out of range"));
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static IEnumerable<JsonElement> List(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };
}
