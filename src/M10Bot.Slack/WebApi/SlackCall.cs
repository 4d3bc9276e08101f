using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace M10Bot.Slack.WebApi;

/// <summary>One Web API call, ready to go.</summary>
/// <param name="Method">Slack's name, <c>chat.postMessage</c>.</param>
/// <param name="Body">The body's bytes.</param>
/// <param name="MediaType">Writes go as JSON, reads as a form: Slack's reads ignore JSON in places.</param>
internal sealed record SlackCall(string Method, byte[] Body, MediaTypeHeaderValue MediaType)
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");
    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded");

    /// <summary>The app-level token instead of the bot's.</summary>
    public bool AsApp { get; init; }

    /// <summary>A token that is in no list of installs yet.</summary>
    public string? Token { get; init; }

    /// <summary>Client id and secret in Base64, in the place of a token.</summary>
    public string? Basic { get; init; }

    /// <summary>The limits it counts against; they also say in whose name, and so with which token, it goes.</summary>
    public IReadOnlyList<PaceKey> Pace { get; init; } = [];

    public string Team => Pace.Count > 0 ? Pace[0].Team : "";

    /// <summary>Pacing and answer together; null is the setting's.</summary>
    public TimeSpan? Timeout { get; init; }

    public static SlackCall Json<T>(string method, T arguments, JsonTypeInfo<T> shape) =>
        new(method, JsonSerializer.SerializeToUtf8Bytes(arguments, shape), JsonType);

    public static SlackCall Form(string method, params IEnumerable<(string Name, string Value)> fields)
    {
        var pairs = fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}");
        return new(method, System.Text.Encoding.ASCII.GetBytes(string.Join('&', pairs)), FormType);
    }
}
