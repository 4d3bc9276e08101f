using System.Data;
using System.Data.Common;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace M10Bot.News.Storage;

/// <summary>SQLite inside the process: WAL, every commit durable, one process at a time.</summary>
public sealed class SqliteDialect : SqlDialect
{
    // 16 MB of pages: a fan-out of a hundred thousand would otherwise write each page several times. The log is brought into
    // the file every 32 MB instead of every 4: less often is less writing, and few commits wait for it.
    private const string OnOpen =
        "pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -16384; pragma wal_autocheckpoint = 8192;";

    private readonly string _connectionString;
    private readonly string _path;
    private FolderLock? _lock;

    /// <param name="connectionString">Microsoft.Data.Sqlite's form; the folder of <c>Data Source</c> is made if missing.</param>
    /// <param name="taken">The folder's lock where this process has it already; else it is taken with the first migration.</param>
    public SqliteDialect(string connectionString, FolderLock? taken = null)
    {
        _lock = taken;
        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30, ForeignKeys = true };
        _connectionString = builder.ToString();
        _path = Path.GetFullPath(builder.DataSource);
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }

    public override int Writers => 1;

    public override bool IsShared => false;

    public override string ForUpdate => "";

    public override string SkipLocked => "";

    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(ct);
            await RunAsync(connection, OnOpen, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken ct) => BeginAsync(connection, "full", ct);

    // In WAL mode "normal" leaves the disk's turn to the next commit that is forced; that one takes along all before it.
    public override Task<DbTransaction> BeginUnforcedAsync(DbConnection connection, CancellationToken ct) => BeginAsync(connection, "normal", ct);

    public override async Task MigrateAsync(CancellationToken ct)
    {
        _lock ??= FolderLock.Take(_path);
        await using (var connection = await OpenAsync(ct))
        {
            await RunAsync(connection, "pragma journal_mode = wal;", ct);
        }

        Check(DeployChanges.To.SqliteDatabase(_connectionString)
            .WithScripts(Scripts())
            .WithVariable("identity", "integer primary key autoincrement")
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade());
    }

    public override string Rows(string parameter, params IReadOnlyList<SqlColumn> columns) =>
        $"(select {string.Join(", ", columns.Select((c, i) => $"value ->> {i} as {c.Name}"))} from json_each(@{parameter}))";

    // One writer at a time in one process: nobody is ever in the way.
    public override bool IsConflict(Exception fault) => false;

    // The primary codes of https://www.sqlite.org/rescode.html that are the machine's trouble, not the statement's.
    public override string? Trouble(Exception fault) => fault is not SqliteException sqlite ? null : sqlite.SqliteErrorCode switch
    {
        5 or 6 => "is held by another program",
        8 or 10 or 14 or 23 => "cannot be read and written",
        11 or 26 => "is damaged",
        13 => "has no room left on its disk",
        _ => null,
    };

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _lock?.Dispose();
        return base.DisposeAsync();
    }

    // Serializable begins immediate here: a deferred transaction that reads first can fail to become a writer.
    private static async Task<DbTransaction> BeginAsync(DbConnection connection, string synchronous, CancellationToken ct)
    {
        await RunAsync(connection, $"pragma synchronous = {synchronous};", ct);
        return await connection.BeginTransactionAsync(IsolationLevel.Serializable, ct);
    }

    private static async Task RunAsync(DbConnection connection, string text, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class only
        command.CommandText = text;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
