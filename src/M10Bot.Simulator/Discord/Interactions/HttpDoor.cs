using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Rest;
using M10Bot.Simulator.Discord.State;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>
/// The other way in: interactions and webhook events as signed POSTs to the bot's own address. It is proven with the probes
/// that Discord sends, at the start and whenever a test asks; what fails one is detached. Calls loopback only.
/// </summary>
internal sealed class HttpDoor(World world, Journal journal) : IDisposable
{
    // RFC 8032, test 1: anybody may know it, and nothing but this simulator is signed with it.
    private static readonly byte[] Seed = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    private static readonly Ed25519PrivateKeyParameters Key = new(Seed);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private string? _proven;

    public string VerifyKey { get; } = Convert.ToHexStringLower(Key.GeneratePublicKey().GetEncoded());

    /// <summary>Null: interactions go by the gateway.</summary>
    public string? Endpoint { get; private set; }

    /// <summary>A replayed request is expected to be refused; Discord itself does not try that.</summary>
    public bool ExpectsReplaysRefused { get; set; }

    /// <summary>The first of the probes that the last proof failed; null where all passed.</summary>
    public string? Failed { get; private set; }

    /// <summary>Tries the address that a PATCH names, before the world is locked for it.</summary>
    public async Task PrepareAsync(Call call, CancellationToken ct)
    {
        _proven = null;
        if (call.Body.GetText("interactions_endpoint_url") is { Length: > 0 } url && await ProveAsync(url, ct))
        {
            _proven = url;
        }
    }

    /// <returns>False where the address was not proven.</returns>
    public bool Take(string? url)
    {
        if (!string.IsNullOrEmpty(url) && !string.Equals(url, _proven, StringComparison.Ordinal))
        {
            return false;
        }

        Endpoint = string.IsNullOrEmpty(url) ? null : url;
        return true;
    }

    /// <summary>All probes again; an endpoint that fails one is detached.</summary>
    public async Task<bool> ProveAgainAsync(CancellationToken ct)
    {
        if (Endpoint is not { } url)
        {
            return false;
        }

        var stands = await ProveAsync(url, ct);
        if (!stands)
        {
            Endpoint = null;
            journal.Write("discord", "endpoint", "detached", Failed ?? "");
        }

        return stands;
    }

    private async Task<bool> ProveAsync(string url, CancellationToken ct)
    {
        Failed = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || !address.IsLoopback)
        {
            Failed = "the simulator calls loopback addresses only";
            return false;
        }

        foreach (var probe in Probes())
        {
            var (status, body) = await CallAsync(url, probe.Body, probe.Headers, ct);
            var passes = probe.Status == 200
                ? status == 200 && body.GetWhole("type") == 1
                : status == probe.Status;
            journal.Write("discord", "endpoint probe", status.ToString(CultureInfo.InvariantCulture), probe.Name);
            if (!passes)
            {
                Failed = $"{probe.Name}: expected {probe.Status}, got {status}";
                return false;
            }
        }

        return true;
    }

    private IEnumerable<Probe> Probes()
    {
        const string Ping = """{"application_id":"1300000000000000001","id":"1","token":"ping","type":1,"version":1}""";
        var now = Stamp();
        var earlier = (world.Time.GetUtcNow().ToUnixTimeSeconds() - 1).ToString(CultureInfo.InvariantCulture);
        var signature = Sign(now, Ping);
        var other = signature[..^2] + (signature.EndsWith("00", StringComparison.Ordinal) ? "01" : "00");
        yield return new("valid ping", 200, Ping, Headers(signature, now));
        yield return new("bad signature", 401, Ping, Headers(other, now));
        yield return new("missing signature", 401, Ping, Headers(null, now));
        yield return new("missing timestamp", 401, Ping, Headers(signature, null));
        yield return new("signature of the wrong length", 401, Ping, Headers(signature[..^2], now));
        yield return new("signature that is no hex", 401, Ping, Headers(new string('z', 128), now));
        yield return new("altered body", 401, Ping.Replace("\"id\":\"1\"", "\"id\":\"2\"", StringComparison.Ordinal), Headers(signature, now));
        yield return new("altered timestamp", 401, Ping, Headers(signature, earlier));
        if (ExpectsReplaysRefused)
        {
            yield return new("replay", 401, Ping, Headers(signature, now));
        }
    }

    /// <summary>Sends an interaction; null where nothing useful came back within three seconds.</summary>
    /// <returns>The callback that was answered inline, an undefined element for "202, the callback comes by itself", or null.</returns>
    public async Task<JsonElement?> SendAsync(JsonNode payload, CancellationToken ct)
    {
        var body = Wire.Text(payload);
        var now = Stamp();
        using var patience = new CancellationTokenSource(Patience, world.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        var (status, answer) = await CallAsync(Endpoint!, body, Headers(Sign(now, body), now), either.Token);
        journal.Write("discord", "endpoint interaction", status.ToString(CultureInfo.InvariantCulture));
        return status switch
        {
            200 when answer.ValueKind == JsonValueKind.Object => answer,
            202 when answer.ValueKind == JsonValueKind.Undefined => default(JsonElement),
            _ => null,
        };
    }

    /// <summary>A webhook event, or its PING (type 0), as Discord sends it: tried again until it is answered 204.</summary>
    /// <returns>How many tries it took; null where none was answered 204.</returns>
    public async Task<int?> SendEventAsync(string url, JsonObject? webhookEvent, int tries, CancellationToken ct)
    {
        var payload = new JsonObject { ["version"] = 1, ["application_id"] = world.Bot.Id, ["type"] = webhookEvent is null ? 0 : 1 };
        if (webhookEvent is not null)
        {
            payload["event"] = webhookEvent.DeepClone();
        }

        var body = Wire.Text(payload);
        for (var attempt = 1; attempt <= tries; attempt++)
        {
            var now = Stamp();
            var (status, answer) = await CallAsync(url, body, Headers(Sign(now, body), now), ct);
            journal.Write("discord", "webhook event", status.ToString(CultureInfo.InvariantCulture));
            if (status == 204 && answer.ValueKind == JsonValueKind.Undefined)
            {
                return attempt;
            }
        }

        return null;
    }

    public void Dispose() => _http.Dispose();

    private string Stamp() => world.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Sign(string timestamp, string body)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, Key);
        var message = Encoding.UTF8.GetBytes(timestamp + body);
        signer.BlockUpdate(message, 0, message.Length);
        return Convert.ToHexStringLower(signer.GenerateSignature());
    }

    private static (string, string)[] Headers(string? signature, string? timestamp) =>
    [
        .. signature is null ? Array.Empty<(string, string)>() : [("X-Signature-Ed25519", signature)],
        .. timestamp is null ? Array.Empty<(string, string)>() : [("X-Signature-Timestamp", timestamp)],
    ];

    /// <summary>Status 0 where nothing came back; the body only where it is JSON and says so.</summary>
    private async Task<(int Status, JsonElement Body)> CallAsync(string url, string body, IEnumerable<(string Name, string Value)> headers, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.UserAgent.ParseAdd("Discord-Interactions/1.0 (+https://discord.com)");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await _http.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            var isJson = response.Content.Headers.ContentType?.MediaType is "application/json";
            return ((int)response.StatusCode, text.Length == 0 ? default : isJson ? JsonDocument.Parse(text).RootElement.Clone() : JsonSerializer.SerializeToElement(text));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException)
        {
            return (0, default);
        }
    }

    private sealed record Probe(string Name, int Status, string Body, (string, string)[] Headers);
}
