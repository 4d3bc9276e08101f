using System.Security.Cryptography;
using System.Text;
using Dapper;
using M10Bot.News.Storage;

namespace M10Bot.Slack.Workspaces;

/// <summary>Remembers across replicas what Slack sent: a repeat may come to another one than the first.</summary>
internal sealed class SeenStore(Database database, TimeProvider time)
{
    /// <summary>Slack's last repeat comes five minutes after the first; the state of an installation lives ten.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    private long _nextSweep;

    /// <summary>False for an id that any replica took before.</summary>
    public Task<bool> IsNewAsync(string id, CancellationToken ct) => database.WriteAsync(
        async transaction =>
        {
            var now = time.GetUtcNow();
            if (now.ToUnixTimeMilliseconds() >= Volatile.Read(ref _nextSweep))
            {
                Volatile.Write(ref _nextSweep, (now + Sweep).ToUnixTimeMilliseconds());
                await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                    "delete from slack_seen where seen_ms < @before", new { before = (now - Memory).ToUnixTimeMilliseconds() }, transaction, cancellationToken: ct));
            }

            // What comes from outside is of any length; its hash is not.
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
            return await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "insert into slack_seen (id, seen_ms) values (@hash, @now) on conflict (id) do nothing",
                new { hash, now = now.ToUnixTimeMilliseconds() },
                transaction,
                cancellationToken: ct)) == 1;
        },
        ct);
}
