using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Storage;

public static class StorageRegistration
{
    /// <summary>Adds <see cref="Database"/>, and brings its tables up to date before any hosted service starts.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>()
            .BindConfiguration("Storage", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(provider =>
            new Database(DialectFor(provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString, provider.GetService<FolderLock>())));
        services.AddHostedService<StorageStart>();
        return services;
    }

    /// <summary>The engine a connection string asks for.</summary>
    /// <param name="connectionString">Of either engine.</param>
    /// <param name="taken">The lock of SQLite's folder, where this process has it already.</param>
    public static SqlDialect DialectFor(string connectionString, FolderLock? taken = null) =>
        IsPostgres(connectionString) ? new PostgresDialect(connectionString) : new SqliteDialect(connectionString, taken);

    /// <summary>Where SQLite's file is; null for PostgreSQL.</summary>
    public static string? FileOf(string connectionString) =>
        IsPostgres(connectionString) ? null : Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    private static bool IsPostgres(string connectionString) => new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey("Host");
}
