using Dapper;
using M10Bot.News.Ownership;
using M10Bot.News.Storage;
using Microsoft.Extensions.Logging;

namespace M10Bot.Cluster;

/// <summary>The lines stand in the database that all replicas share.</summary>
/// <remarks>While it is away each replica keeps its own lines: whoever waits is no worse off than without replicas.</remarks>
internal sealed partial class ReplicaTurns(TurnStore store, LocalTurns local, ILogger<ReplicaTurns> logger) : ITurns
{
    public async Task<TimeSpan> BookAsync(string name, TimeSpan spacing, CancellationToken ct)
    {
        try
        {
            return await store.BookAsync(name, spacing, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogAlone(logger, e, name);
            return await local.BookAsync(name, spacing, ct);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The turns of {Name} could not be shared with the other replicas; this one keeps its own for now")]
    private static partial void LogAlone(ILogger logger, Exception e, string name);
}

/// <summary>When each line is free again.</summary>
internal sealed class TurnStore(Database database, TimeProvider time)
{
    // A time further ahead was written by a clock that was wrong.
    private static readonly TimeSpan LongestLine = TimeSpan.FromHours(1);

    public async Task<TimeSpan> BookAsync(string name, TimeSpan spacing, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var free = await database.WriteAsync(
            transaction => transaction.Connection!.ExecuteScalarAsync<long>(Sql.In(
                transaction,
                """
                insert into turn (name, free_ms) values (@name, @now + @spacing)
                on conflict (name) do update set free_ms = @spacing + case when turn.free_ms between @now and @latest then turn.free_ms else @now end
                returning free_ms
                """,
                new { name, now, spacing = (long)spacing.TotalMilliseconds, latest = now + (long)LongestLine.TotalMilliseconds },
                ct)),
            ct);
        return TimeSpan.FromMilliseconds(free - now) - spacing;
    }
}
