using System.Data;
using System.Data.Common;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace M10Bot.News.Storage;

/// <summary>SQLite inside the process: WAL, every commit durable, one process at a time.</summary>
public sealed class SqliteDialect : SqlDialect
{
    private readonly string _connectionString;
    private readonly string _lockPath;
    private FolderLock? _lock;

    /// <param name="connectionString">Microsoft.Data.Sqlite's form; the folder of <c>Data Source</c> is made if missing.</param>
    public SqliteDialect(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30, ForeignKeys = true };
        _connectionString = builder.ToString();
        var path = Path.GetFullPath(builder.DataSource);
        _lockPath = path + ".lock";
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }

    public override int Writers => 1;

    public override string ForUpdate => "";

    public override string SkipLocked => "";

    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(ct);
            await RunAsync(connection, "pragma synchronous = full; pragma temp_store = memory;", ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Serializable begins immediate here: a deferred transaction that reads first can fail to become a writer.
    public override Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken ct) =>
        connection.BeginTransactionAsync(IsolationLevel.Serializable, ct).AsTask();

    public override async Task MigrateAsync(CancellationToken ct)
    {
        _lock ??= FolderLock.Take(_lockPath);
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

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _lock?.Dispose();
        return base.DisposeAsync();
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
