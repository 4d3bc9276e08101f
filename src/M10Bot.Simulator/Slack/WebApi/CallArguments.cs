using System.Globalization;
using System.Text;
using System.Text.Json;
using M10Bot.Simulator.Slack.Workspaces;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace M10Bot.Simulator.Slack.WebApi;

/// <summary>A call's arguments, from a form, a JSON object or a query; a method need not know which.</summary>
internal sealed class CallArguments
{
    private static readonly CallArguments None = new();
    private readonly Dictionary<string, StringValues> _form = [];
    private readonly JsonElement? _json;

    private CallArguments()
    {
    }

    private CallArguments(Dictionary<string, StringValues> form) => _form = form;

    private CallArguments(JsonElement json) => _json = json;

    public bool IsJson => _json is not null;

    public IEnumerable<string> Names => _json is { } json ? json.EnumerateObject().Select(m => m.Name) : _form.Keys;

    /// <summary>As it was sent: text in a form, anything in JSON.</summary>
    public JsonValueKind KindOf(string name) => _json is { } json && json.TryGetProperty(name, out var value) ? value.ValueKind : JsonValueKind.String;

    /// <summary>A token in a form field; Slack takes none from a query or a JSON body.</summary>
    public string? FormToken => _form.TryGetValue("token", out var token) ? token.ToString() : null;

    public static CallArguments OfQuery(string? query)
    {
        var form = QueryHelpers.ParseQuery(query);
        form.Remove("token");
        return new CallArguments(form);
    }

    /// <returns>The arguments, or Slack's error code for a body it cannot read, and a warning or null.</returns>
    public static (CallArguments? Arguments, string? Error, string? Warning) OfBody(string? contentType, byte[] body)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return body.Length == 0 ? (None, null, null) : (null, "missing_post_type", null);
        }

        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            return (null, "invalid_post_type", null);
        }

        var charset = type.Charset.ToString().Trim('"');
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase))
        {
            return (null, "invalid_charset", null);
        }

        if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return (new CallArguments(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body))), null, null);
        }

        if (!type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return (null, "invalid_post_type", null);
        }

        return JsonExtensions.TryParse(body) switch
        {
            null => (null, "invalid_json", null),
            { ValueKind: JsonValueKind.Object } json => (new CallArguments(json), null, charset.Length == 0 ? "missing_charset" : null),
            _ => (null, "json_not_object", null),
        };
    }

    /// <summary>What is left of JSON sent to a method that reads forms only: nothing.</summary>
    public CallArguments WithoutJson() => IsJson ? None : this;

    public bool Has(string name) => _json is { } json ? json.Member(name) is not null : _form.ContainsKey(name);

    public string? Text(string name) =>
        _json is { } json ? json.Text(name) : _form.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>True where JSON holds something else than a string, such as an id that went through a double.</summary>
    public bool IsNotText(string name) => _json?.Member(name) is { ValueKind: not JsonValueKind.String };

    public bool Flag(string name) =>
        _json?.Member(name) is { ValueKind: JsonValueKind.True } || Text(name) is "true" or "1" or "True";

    public int? Number(string name) =>
        _json?.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value)
            ? value
            : int.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;

    /// <summary>A nested argument: native in JSON, text of JSON in a form.</summary>
    /// <returns>False where it is there and is not JSON.</returns>
    public bool TryNested(string name, out JsonElement? nested)
    {
        nested = null;
        if (_json?.Member(name) is { ValueKind: not JsonValueKind.String } native)
        {
            nested = native.Clone();
            return true;
        }

        if (Text(name) is not { Length: > 0 } text)
        {
            return true;
        }

        nested = JsonExtensions.TryParse(Encoding.UTF8.GetBytes(text));
        return nested is not null;
    }
}
