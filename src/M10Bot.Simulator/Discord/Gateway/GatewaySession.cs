using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Gateway;

/// <summary>What one identify began: numbers every event, keeps them for a resume, outlives its connections.</summary>
internal sealed class GatewaySession(string id, int intents, int shard, int shards)
{
    private const int Kept = 2_000;
    private readonly Queue<(long Seq, byte[] Json)> _sent = new();

    public string Id => id;

    public int Intents => intents;

    public int Shard => shard;

    public int Shards => shards;

    public long Seq { get; private set; }

    /// <summary>Null between a lost connection and its resume.</summary>
    public GatewayConnection? Connection { get; set; }

    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>As it was opened with; a resume says the same.</summary>
    public string Query { get; init; } = "";

    /// <summary>Events without a guild go to shard 0.</summary>
    public bool Sees(Guild? guild) => (guild is null ? 0 : ShardOf(guild, shards)) == shard;

    public static int ShardOf(Guild guild, int shards) => (int)((Snowflakes.Number(guild.Id) >> 22) % (ulong)shards);

    public void Dispatch(string name, JsonObject payload)
    {
        Seq++;
        var json = Wire.Bytes(new JsonObject { ["op"] = 0, ["s"] = Seq, ["t"] = name, ["d"] = payload });
        _sent.Enqueue((Seq, json));
        if (_sent.Count > Kept)
        {
            _sent.Dequeue();
        }

        Connection?.Send(json);
    }

    /// <returns>Null where the first of them is no longer kept.</returns>
    public IReadOnlyList<byte[]>? After(long seq) =>
        _sent.TryPeek(out var first) && first.Seq > seq + 1 ? null : [.. _sent.Where(e => e.Seq > seq).Select(e => e.Json)];
}
