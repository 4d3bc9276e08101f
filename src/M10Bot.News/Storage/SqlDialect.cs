using System.Data.Common;
using System.Reflection;
using DbUp.Engine;

namespace M10Bot.News.Storage;

/// <summary>All that differs between the two engines.</summary>
public abstract class SqlDialect : IAsyncDisposable
{
    /// <summary>How many transactions may write at once.</summary>
    public abstract int Writers { get; }

    public abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    public abstract Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken ct);

    public abstract Task MigrateAsync(CancellationToken ct);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The numbered migrations, in order.</summary>
    protected static IEnumerable<SqlScript> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new SqlScript(name, reader.ReadToEnd());
        }
    }

    protected static void Check(DatabaseUpgradeResult result)
    {
        if (!result.Successful)
        {
            throw new InvalidOperationException($"The database could not be brought up to date at {result.ErrorScript?.Name}.", result.Error);
        }
    }
}
