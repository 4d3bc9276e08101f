using System.Data;
using System.Data.Common;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace M10Bot.News.Storage;

/// <summary>SQLite inside the process: WAL, every commit durable.</summary>
public sealed class SqliteDialect : SqlDialect
{
    private readonly string _connectionString;

    /// <param name="connectionString">Microsoft.Data.Sqlite's form; the folder of <c>Data Source</c> is made if missing.</param>
    public SqliteDialect(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30, ForeignKeys = true };
        _connectionString = builder.ToString();
        if (Path.GetDirectoryName(Path.GetFullPath(builder.DataSource)) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }

    public override int Writers => 1;

    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(ct);
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "pragma synchronous = full;";
        await pragma.ExecuteNonQueryAsync(ct);
        return connection;
    }

    // Serializable begins immediate here: a deferred transaction that reads first can fail to become a writer.
    public override Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken ct) =>
        connection.BeginTransactionAsync(IsolationLevel.Serializable, ct).AsTask();

    public override async Task MigrateAsync(CancellationToken ct)
    {
        await using (var connection = (SqliteConnection)await OpenAsync(ct))
        {
            await using var pragma = connection.CreateCommand();
            pragma.CommandText = "pragma journal_mode = wal;";
            await pragma.ExecuteNonQueryAsync(ct);
        }

        Check(DeployChanges.To.SqliteDatabase(_connectionString)
            .WithScripts(Scripts())
            .WithVariable("identity", "integer primary key autoincrement")
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade());
    }

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        return base.DisposeAsync();
    }
}
