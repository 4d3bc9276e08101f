using System.Data.Common;

namespace M10Bot.News.Storage;

/// <summary>The one way to the tables. SQLite in the process by default, PostgreSQL where a connection string says so.</summary>
/// <remarks>
/// SQLite has one writer: writes queue here, in order, and each commit is durable (WAL, synchronous=FULL). Reads run beside them.
/// Only Stores and Storage see a connection.
/// </remarks>
public sealed class Database(SqlDialect dialect) : IAsyncDisposable
{
    private readonly SemaphoreSlim _writer = new(dialect.Writers, dialect.Writers);

    /// <summary>Runs <paramref name="work"/> in one transaction and commits it; any exception rolls all of it back.</summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken ct)
    {
        await _writer.WaitAsync(ct);
        try
        {
            await using var connection = await dialect.OpenAsync(ct);
            await using var transaction = await dialect.BeginAsync(connection, ct);
            var result = await work(transaction);
            await transaction.CommitAsync(ct);
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken ct) =>
        WriteAsync(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            ct);

    /// <summary>Runs a query outside any transaction.</summary>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken ct)
    {
        await using var connection = await dialect.OpenAsync(ct);
        return await query(connection);
    }

    /// <summary>Brings the tables up to this program's version, under a lock that keeps other processes out.</summary>
    public Task MigrateAsync(CancellationToken ct) => dialect.MigrateAsync(ct);

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await dialect.DisposeAsync();
    }
}
