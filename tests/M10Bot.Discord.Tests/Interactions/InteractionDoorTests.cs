using System.Globalization;
using System.Text;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Doors;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSec.Cryptography;

namespace M10Bot.Discord.Tests.Interactions;

public sealed class InteractionDoorTests : IDisposable
{
    // Of RFC 8032's first test.
    private const string Seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private const string PublicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private const string Command = """{"id":"900","type":2,"token":"t","channel_id":"42","user":{"id":"77"},"data":{"name":"latest"}}""";

    private readonly Key _key = Key.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString(Seed), KeyBlobFormat.RawPrivateKey);
    private readonly Bench _bench = new();
    private readonly InteractionQueue _queue;
    private readonly InteractionDoor _door;

    public InteractionDoorTests()
    {
        _queue = new InteractionQueue(_bench.Time);
        _door = Door(PublicKey);
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Discords_ping_is_answered_in_place()
    {
        var reply = await OpenAsync(Signed("""{"type":1}"""));
        (reply.Status, reply.ContentType, Encoding.UTF8.GetString(reply.Body.Span)).ShouldBe((200, "application/json", """{"type":1}"""));
    }

    [Theory]
    [InlineData("1700000000", """{"type":1}""", "1695961a47c91a1ec033b819b7e87e3dbc583dd0cee6d1fd0216f58ac87b6228ae531ddbf91fb7bc28d7edf7f08604da16f54624f38a6bc0614e4dc13cd47f0f", 200)]
    [InlineData("1700000000", """{"type":2,"t":"Größe 🗞"}""", "3827becfa3f3e50ee1a733624981ac5a96f15a1313007ce6975d7ccb449ac51dc87b0ac24ea26a02e367b9fb739f527f7985215fcfe1d5b90dfa993394bcc202", 503)]
    [InlineData("1700000001", """{"type":1}""", "1695961a47c91a1ec033b819b7e87e3dbc583dd0cee6d1fd0216f58ac87b6228ae531ddbf91fb7bc28d7edf7f08604da16f54624f38a6bc0614e4dc13cd47f0f", 401)]
    [InlineData("1700000000", """{"type":1} """, "1695961a47c91a1ec033b819b7e87e3dbc583dd0cee6d1fd0216f58ac87b6228ae531ddbf91fb7bc28d7edf7f08604da16f54624f38a6bc0614e4dc13cd47f0f", 401)]
    public async Task Signatures_made_elsewhere_are_judged_rightly(string stamp, string body, string signature, int status)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        var door = new InteractionDoor(Options(PublicKey), _queue, time, NullLogger<InteractionDoor>.Instance);
        var opening = WatchedTime.Apart(() => door.OpenAsync(Request(body, ("X-Signature-Ed25519", signature), ("X-Signature-Timestamp", stamp)), default));
        WatchedTime.Apart(() =>
        {
            time.Advance(TimeSpan.FromSeconds(3)); // nobody answers the command
            return true;
        });
        (await opening.WaitAsync(Bench.Patience)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task What_discord_has_not_signed_is_refused_whatever_it_is()
    {
        var good = Signed(Command);
        var signature = good.Headers["X-Signature-Ed25519"];
        DoorRequest[] bad =
        [
            Request(Command),
            Without(good, "X-Signature-Ed25519"),
            Without(good, "X-Signature-Timestamp"),
            With(good, "X-Signature-Ed25519", signature[..^2]),
            With(good, "X-Signature-Ed25519", signature + "00"),
            With(good, "X-Signature-Ed25519", "zz" + signature[2..]),
            With(good, "X-Signature-Ed25519", (signature[0] == '0' ? '1' : '0') + signature[1..]),
            With(good, "X-Signature-Ed25519", new string('0', 128)),
            With(good, "X-Signature-Timestamp", "1"),
            With(good, "X-Signature-Timestamp", "now"),
            With(good, "X-Signature-Timestamp", "99999999999999999999"),
            With(good, "X-Signature-Timestamp", "9999999999999"),
            good with { Body = Encoding.UTF8.GetBytes(Command.Replace("latest", "lateSt", StringComparison.Ordinal)) },
        ];
        foreach (var request in bad)
        {
            (await OpenAsync(request)).Status.ShouldBe(401);
        }
    }

    [Fact]
    public async Task A_signature_of_long_ago_is_worth_nothing()
    {
        var old = Signed("""{"type":1}""");
        _bench.Advance(TimeSpan.FromMinutes(5.1));
        (await OpenAsync(old)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_command_gets_the_first_answer_that_is_given()
    {
        var opening = _door.OpenAsync(Signed(Command), default);
        await AnswerAsync("""{"type":4}"""u8.ToArray());
        var reply = await opening.WaitAsync(Bench.Patience);
        (reply.Status, reply.ContentType, Encoding.UTF8.GetString(reply.Body.Span)).ShouldBe((200, "application/json", """{"type":4}"""));
    }

    [Fact]
    public async Task What_came_before_gets_no_second_answer()
    {
        var opening = _door.OpenAsync(Signed(Command), default);
        await AnswerAsync([]);
        (await opening.WaitAsync(Bench.Patience)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_not_taken_any_more()
    {
        var opening = WatchedTime.Apart(() => _door.OpenAsync(Signed(Command), default));
        _bench.Advance(TimeSpan.FromSeconds(2.9));
        (await opening.WaitAsync(Bench.Patience)).Status.ShouldBe(503);
        await foreach (var arrival in _queue.ReadAllAsync(default))
        {
            arrival.First!.TrySetResult([1]).ShouldBeFalse();
            break;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"x\"}")]
    [InlineData("not json")]
    public async Task A_signed_body_that_makes_no_sense_is_said_to(string body) => (await OpenAsync(Signed(body))).Status.ShouldBe(400);

    [Fact]
    public async Task Without_a_public_key_the_door_is_shut() => (await Door(null).OpenAsync(Signed("""{"type":1}"""), default)).Status.ShouldBe(404);

    private async Task AnswerAsync(byte[] first)
    {
        await foreach (var arrival in _queue.ReadAllAsync(default))
        {
            arrival.First!.SetResult(first);
            return;
        }
    }

    private Task<DoorReply> OpenAsync(DoorRequest request) => _door.OpenAsync(request, default).WaitAsync(Bench.Patience);

    private InteractionDoor Door(string? key) => new(Options(key), _queue, _bench.Time, NullLogger<InteractionDoor>.Instance);

    private static DiscordOptions Options(string? key) => new() { Token = "t", PublicKey = key };

    private DoorRequest Signed(string body)
    {
        var stamp = _bench.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(stamp + body));
        return Request(body, ("X-Signature-Ed25519", Convert.ToHexStringLower(signature)), ("X-Signature-Timestamp", stamp));
    }

    private static DoorRequest Request(string body, params (string Name, string Value)[] headers) => new(
        "POST", "/discord/interactions", new Dictionary<string, string>(StringComparer.Ordinal), headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(body));

    private static DoorRequest With(DoorRequest request, string name, string value) =>
        request with { Headers = new Dictionary<string, string>(request.Headers, StringComparer.OrdinalIgnoreCase) { [name] = value } };

    private static DoorRequest Without(DoorRequest request, string name) =>
        request with { Headers = request.Headers.Where(h => h.Key != name).ToDictionary(StringComparer.OrdinalIgnoreCase) };
}
