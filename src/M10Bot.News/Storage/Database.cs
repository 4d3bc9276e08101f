using System.Data.Common;
using Dapper;

namespace M10Bot.News.Storage;

/// <summary>The one way to the tables. SQLite in the process by default, PostgreSQL where a connection string says so.</summary>
/// <remarks>
/// SQLite has one writer: writes queue here, in order, and each commit is durable (WAL, synchronous=FULL). Reads run beside them.
/// Only Stores and Storage see a connection.
/// </remarks>
public sealed class Database(SqlDialect dialect) : IAsyncDisposable
{
    private const int Tries = 4;

    // Ten thousand lanes that wake at once must not open ten thousand connections.
    private const int Readers = 32;

    private readonly SemaphoreSlim _writer = new(dialect.Writers, dialect.Writers);
    private readonly SemaphoreSlim _readers = new(Readers, Readers);
    private DbConnection? _kept; // the only writer's connection, open between writes

    /// <summary>What a Store needs to know of the engine.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>Runs <paramref name="work"/> in one transaction and commits it; any exception rolls all of it back.</summary>
    /// <remarks>Where another transaction was in the way, the work runs again from its start: let it touch nothing but the tables.</remarks>
    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken ct) => WriteAsync(work, isForced: true, ct);

    /// <summary>As <see cref="WriteAsync{T}(Func{DbTransaction, Task{T}}, CancellationToken)"/>, but does not wait for the disk.</summary>
    /// <remarks>
    /// A failing machine may lose it, a killed process does not; and it is never lost while a later <see cref="WriteAsync{T}(Func{DbTransaction, Task{T}}, CancellationToken)"/>
    /// stands. For what costs nothing to lose, such as a claim whose request has not been recorded yet.
    /// </remarks>
    public Task<T> WriteUnforcedAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken ct) => WriteAsync(work, isForced: false, ct);

    /// <inheritdoc cref="WriteAsync{T}(Func{DbTransaction, Task{T}}, CancellationToken)"/>
    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken ct) =>
        WriteAsync(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            ct);

    /// <summary>Runs a query outside any transaction.</summary>
    /// <remarks>Once more where the connection had died unnoticed, as all have when the database was away.</remarks>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken ct)
    {
        try
        {
            return await ReadOnceAsync(query, ct);
        }
        catch (DbException e) when (dialect.Trouble(e) is not null)
        {
            return await ReadOnceAsync(query, ct);
        }
    }

    /// <summary>What keeps the database from serving, in words that follow "the database"; null where the fault is another.</summary>
    public string? Trouble(Exception fault) => dialect.Trouble(fault);

    /// <summary>Returns once the database has answered; throws what the engine throws where it does not.</summary>
    public Task PingAsync(CancellationToken ct) =>
        ReadAsync(connection => connection.ExecuteScalarAsync<int>(new CommandDefinition("select 1", cancellationToken: ct)), ct);

    /// <summary>Brings the tables up to this program's version, under a lock that keeps other processes out.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await dialect.MigrateAsync(ct);
        await WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(Sql.In(
                transaction,
                "insert into installation (id, name) values (1, @name) on conflict (id) do nothing",
                new { name = Guid.NewGuid().ToString("N")[..8] },
                ct)),
            ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_kept is not null)
        {
            await _kept.DisposeAsync();
        }

        _writer.Dispose();
        _readers.Dispose();
        await dialect.DisposeAsync();
    }

    private async Task<T> ReadOnceAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken ct)
    {
        await _readers.WaitAsync(ct);
        try
        {
            await using var connection = await dialect.OpenAsync(ct);
            return await query(connection);
        }
        finally
        {
            _readers.Release();
        }
    }

    private async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, bool isForced, CancellationToken ct)
    {
        await _writer.WaitAsync(ct);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await CommitAsync(work, isForced, ct);
                }
                catch (DbException e) when (attempt < Tries && dialect.IsConflict(e))
                {
                    // Rolled back by the engine; nothing of it stands.
                }
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    private async Task<T> CommitAsync<T>(Func<DbTransaction, Task<T>> work, bool isForced, CancellationToken ct)
    {
        var connection = _kept ?? await dialect.OpenAsync(ct);
        _kept = null;
        var isSound = false;
        try
        {
            await using var transaction = await (isForced ? dialect.BeginAsync(connection, ct) : dialect.BeginUnforcedAsync(connection, ct));
            var result = await work(transaction);
            await transaction.CommitAsync(ct);
            isSound = true;
            return result;
        }
        finally
        {
            if (isSound && dialect.Writers == 1)
            {
                _kept = connection;
            }
            else
            {
                await connection.DisposeAsync();
            }
        }
    }
}
