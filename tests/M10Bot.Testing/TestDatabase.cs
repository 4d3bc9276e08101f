using M10Bot.News.Storage;
using Npgsql;

namespace M10Bot.Testing;

/// <summary>A fresh database of either engine, gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
    public const string PostgresVariable = "M10BOT_TEST_POSTGRES";

    private readonly string _connectionString;
    private readonly Func<ValueTask> _remove;
    private readonly List<Database> _opened = [];

    private TestDatabase(string connectionString, Func<ValueTask> remove)
    {
        (_connectionString, _remove) = (connectionString, remove);
        Database = Open();
    }

    /// <summary>Migrated and ready.</summary>
    public Database Database { get; }

    public string ConnectionString => _connectionString;

    /// <summary>The engines this machine can test: PostgreSQL where <c>M10BOT_TEST_POSTGRES</c> holds a connection string (tests/postgres.sh).</summary>
    public static IReadOnlyList<string> Engines =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(PostgresVariable)) ? [Sqlite] : [Sqlite, Postgres];

    public static async Task<TestDatabase> CreateAsync(string engine = Sqlite)
    {
        var made = await CreateEmptyAsync(engine);
        await made.Database.MigrateAsync(CancellationToken.None);
        return made;
    }

    /// <summary>Without tables.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(string engine)
    {
        if (string.Equals(engine, Sqlite, StringComparison.Ordinal))
        {
            var folder = Directory.CreateTempSubdirectory("m10bot-test-");
            return new TestDatabase(
                $"Data Source={Path.Combine(folder.FullName, "m10bot.db")}",
                () =>
                {
                    folder.Delete(recursive: true);
                    return ValueTask.CompletedTask;
                });
        }

        var server = Environment.GetEnvironmentVariable(PostgresVariable)
            ?? throw new InvalidOperationException($"{PostgresVariable} is not set; run tests/postgres.sh.");
        var name = $"m10bot_{Guid.NewGuid():N}";
        await RunAsync(server, $"create database {name}");
        return new TestDatabase(
            new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString(),
            async () => await RunAsync(server, $"drop database {name} with (force)"));
    }

    /// <summary>Another door to the same tables, as another process has it.</summary>
    public Database Open() => Open(StorageRegistration.DialectFor(_connectionString));

    /// <summary>The same, for a process that will be killed.</summary>
    public (Database Database, CuttableDialect Engine) OpenCuttable()
    {
        var dialect = new CuttableDialect(StorageRegistration.DialectFor(_connectionString));
        return (Open(dialect), dialect);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await _remove();
    }

    private Database Open(SqlDialect dialect)
    {
        var database = new Database(dialect);
        _opened.Add(database);
        return database;
    }

    private static async Task RunAsync(string server, string text)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Pooling = false });
#pragma warning disable CA2100 // the name is made above
        await using var command = source.CreateCommand(text);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
