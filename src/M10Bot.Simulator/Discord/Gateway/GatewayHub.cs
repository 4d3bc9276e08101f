using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Gateway;

/// <summary>The sessions and their connections; hands events to those that asked for them. Used under the world's gate.</summary>
internal sealed class GatewayHub(World world, DiscordFaults faults, DiscordLimits limits, Breaches breaches, Random random, string token)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan SessionLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan IdentifyPace = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, GatewaySession> _sessions = new(StringComparer.Ordinal);
    private readonly List<GatewayConnection> _connections = [];
    private readonly Dictionary<int, DateTimeOffset> _nextIdentify = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly List<Action> _held = [];
    private DateTimeOffset _dayEnds = DateTimeOffset.MinValue;
    private int _identifiesToday;

    public World World => world;

    public int Identifies { get; private set; }

    public int Resumes { get; private set; }

    /// <summary>Heartbeats are swallowed: to the client the connection looks dead while it is open.</summary>
    public bool IsMute { get; set; }

    /// <summary>The next connections are told to go elsewhere (opcode 7) before any Hello.</summary>
    public int RefusedHellos { get; set; }

    /// <summary>Messages come in several WebSocket frames.</summary>
    public bool SplitsFrames { get; set; }

    /// <summary>How long after Hello each connection beat first; spread over the interval where clients jitter.</summary>
    public List<TimeSpan> FirstBeats { get; } = [];

    public int IdentifiesLeft => Math.Max(0, limits.IdentifiesPerDay - (world.Time.GetUtcNow() < _dayEnds ? _identifiesToday : 0));

    public TimeSpan IdentifiesResetIn => world.Time.GetUtcNow() < _dayEnds ? _dayEnds - world.Time.GetUtcNow() : Day;

    public IReadOnlyCollection<GatewaySession> Sessions => _sessions.Values;

    public IReadOnlyList<GatewayConnection> Connections => _connections;

    public void Dispatch(string name, Guild? guild, int intent, Func<JsonObject> payload)
    {
        var takers = _sessions.Values.Where(s => s.Sees(guild) && (intent == 0 || (s.Intents & intent) != 0)).ToList();
        if (takers.Count == 0)
        {
            return;
        }

        void Send()
        {
            foreach (var session in takers)
            {
                session.Dispatch(name, payload());
            }
        }

        if (faults.TakesPlaceOfNext(name))
        {
            _held.Add(Send);
            return;
        }

        for (var copy = faults.CopiesOf(name); copy > 0; copy--)
        {
            Send();
        }

        var late = _held.ToList();
        _held.Clear();
        late.ForEach(send => send());
    }

    public void Breach(string what) => breaches.Note(what);

    public void Arrived(GatewayConnection connection) => _connections.Add(connection);

    /// <param name="clientSaidGoodbye">Closed by the client with 1000 or 1001: that ends the session.</param>
    public void Left(GatewayConnection connection, bool clientSaidGoodbye)
    {
        _connections.Remove(connection);
        if (connection.Session is not { } session || session.Connection != connection)
        {
            return;
        }

        session.Connection = null;
        session.LeftAt = world.Time.GetUtcNow();
        if (clientSaidGoodbye)
        {
            _sessions.Remove(session.Id);
        }
    }

    public void Forget(GatewaySession session) => _sessions.Remove(session.Id);

    public void Identify(GatewayConnection connection, JsonElement d)
    {
        if (Refusal(d) is { } code)
        {
            Refuse(connection, code, d);
            return;
        }

        var now = world.Time.GetUtcNow();
        var (shard, shards) = ShardOf(d) ?? (0, 1);
        var lane = shard % limits.IdentifyConcurrency;
        if (!limits.Lifted && now < _nextIdentify.GetValueOrDefault(lane))
        {
            connection.SendOp(9, JsonValue.Create(false));
            return;
        }

        if (IsBeyondTheDay(now))
        {
            ResetToken();
            return;
        }

        _nextIdentify[lane] = now + IdentifyPace;
        Identifies++;
        DropExpired(now);
        var id = Convert.ToHexStringLower(RandomBytes());
        var session = new GatewaySession(id, (int)d.GetWhole("intents")!.Value, shard, shards) { Connection = connection, Query = connection.Query };
        _sessions[id] = session;
        connection.Session = session;
        session.Dispatch("READY", Ready(session, connection));
        if ((session.Intents & Intents.Guilds) != 0)
        {
            foreach (var guild in world.Guilds.Values.Where(session.Sees))
            {
                session.Dispatch("GUILD_CREATE", Rendered.GuildCreate(guild, world.Bot));
            }
        }
    }

    public void Resume(GatewayConnection connection, JsonElement d)
    {
        if (!IsToken(d.GetText("token")))
        {
            Refuse(connection, 4004, d);
            return;
        }

        DropExpired(world.Time.GetUtcNow());
        var session = _sessions.GetValueOrDefault(d.GetText("session_id") ?? "");
        if (session is null || !connection.CameByResumeUrl || !string.Equals(session.Query, connection.Query, StringComparison.Ordinal))
        {
            connection.SendOp(9, JsonValue.Create(false));
            return;
        }

        if (d.GetWhole("seq") is not { } seq || seq > session.Seq || seq < 0)
        {
            connection.Close(4007);
            return;
        }

        if (session.After(seq) is not { } missed)
        {
            _sessions.Remove(session.Id);
            connection.SendOp(9, JsonValue.Create(false));
            return;
        }

        Resumes++;
        var former = session.Connection;
        session.Connection = connection;
        session.LeftAt = null;
        connection.Session = session;
        former?.Abort();
        foreach (var json in missed)
        {
            connection.Send(json);
        }

        session.Dispatch("RESUMED", []);
    }

    /// <summary>These codes mean: do not come back like this.</summary>
    private void Refuse(GatewayConnection connection, int code, JsonElement d)
    {
        if (!_refused.Add($"{code} {d}"))
        {
            breaches.Note($"a client came back unchanged after close code {code.ToString(CultureInfo.InvariantCulture)}");
        }

        connection.Close(code); // last, so that who sees it finds the rest done
    }

    private bool IsBeyondTheDay(DateTimeOffset now)
    {
        if (now >= _dayEnds)
        {
            _dayEnds = now + Day;
            _identifiesToday = 0;
        }

        return ++_identifiesToday > limits.IdentifiesPerDay;
    }

    /// <summary>Discord's own answer to a client that begins sessions without end.</summary>
    private void ResetToken()
    {
        world.TokenWasReset = true;
        breaches.Note("more sessions were begun than a day allows: the token was reset");
        _sessions.Clear();
        foreach (var connection in _connections)
        {
            connection.Close(4004);
        }
    }

    private int? Refusal(JsonElement d)
    {
        if (!IsToken(d.GetText("token")))
        {
            return 4004;
        }

        if (d.Get("properties") is not { ValueKind: JsonValueKind.Object })
        {
            return 4002;
        }

        if (d.GetWhole("intents") is not { } intents || intents < 0 || (intents & ~Intents.Known) != 0)
        {
            return 4013;
        }

        if ((intents & Intents.Privileged) != 0)
        {
            return 4014;
        }

        if (d.Get("shard") is not null && ShardOf(d) is null)
        {
            return 4010;
        }

        var (shard, shards) = ShardOf(d) ?? (0, 1);
        return world.Guilds.Values.Count(g => GatewaySession.ShardOf(g, shards) == shard) > limits.GuildsPerShard ? 4011 : null;
    }

    private bool IsToken(string? given) =>
        !world.TokenWasReset
        && (string.Equals(given, token, StringComparison.Ordinal) || (limits.IsLenient && string.Equals(given, $"Bot {token}", StringComparison.Ordinal)));

    private static (int Shard, int Shards)? ShardOf(JsonElement d)
    {
        var pair = d.Members("shard").Select(m => m.ValueKind == JsonValueKind.Number && m.TryGetInt32(out var n) ? n : -1).ToList();
        return pair is [>= 0 and var shard, > 0 and var shards] && shard < shards ? (shard, shards) : null;
    }

    private JsonObject Ready(GatewaySession session, GatewayConnection connection) => new()
    {
        ["v"] = 10,
        ["user"] = Rendered.User(world.Bot),
        ["guilds"] = new JsonArray([.. world.Guilds.Values.Where(session.Sees).Select(g => (JsonNode)new JsonObject { ["id"] = g.Id, ["unavailable"] = true })]),
        ["session_id"] = session.Id,
        ["resume_gateway_url"] = $"ws://{connection.Origin}{GatewayDoor.ResumePath}",
        ["shard"] = new JsonArray(session.Shard, session.Shards),
        ["application"] = new JsonObject { ["id"] = world.Bot.Id, ["flags"] = 0 },
        ["private_channels"] = new JsonArray(),
    };

    private void DropExpired(DateTimeOffset now)
    {
        foreach (var old in _sessions.Values.Where(s => s.LeftAt is { } left && now - left > SessionLife).ToList())
        {
            _sessions.Remove(old.Id);
        }
    }

    private byte[] RandomBytes()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        BitConverter.TryWriteBytes(bytes, long.Parse(world.Ids.Next(), CultureInfo.InvariantCulture));
        return bytes;
    }
}
