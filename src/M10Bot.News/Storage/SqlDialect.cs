using System.Data.Common;
using System.Reflection;
using DbUp.Engine;

namespace M10Bot.News.Storage;

/// <summary>All that differs between the two engines.</summary>
public abstract class SqlDialect : IAsyncDisposable
{
    /// <summary>How many transactions may write at once.</summary>
    public abstract int Writers { get; }

    /// <summary>True where several processes may work on one database at once.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Ends a SELECT whose rows the transaction is about to change: <c>for update</c>, where the engine has it.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>As <see cref="ForUpdate"/>, but passes over rows that others hold.</summary>
    public abstract string SkipLocked { get; }

    public abstract Task<DbConnection> OpenAsync(CancellationToken ct);

    public abstract Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken ct);

    /// <summary>As <see cref="BeginAsync"/>, for <see cref="Database.WriteUnforcedAsync{T}"/>.</summary>
    public virtual Task<DbTransaction> BeginUnforcedAsync(DbConnection connection, CancellationToken ct) => BeginAsync(connection, ct);

    public abstract Task MigrateAsync(CancellationToken ct);

    /// <summary>A table expression over a parameter that holds a JSON array of arrays, one per row (<see cref="SqlRows"/>).</summary>
    /// <remarks>Also the way to say "one of these": <c>in @list</c> is understood by SQLite alone.</remarks>
    public abstract string Rows(string parameter, params IReadOnlyList<SqlColumn> columns);

    /// <summary>True where another transaction was in the way and the same work will succeed if it is run again.</summary>
    public abstract bool IsConflict(Exception fault);

    /// <summary>What keeps the engine itself from serving, to be read after "the database": <c>cannot be reached</c>. Null where the fault is another.</summary>
    public abstract string? Trouble(Exception fault);

    /// <summary>A statement that tells every process on this database, at the commit, what happened; null where there is only one process.</summary>
    public virtual string? Notify(string what) => null;

    /// <summary>Calls <paramref name="heard"/> at each <see cref="Notify"/> of any process, until its connection breaks. Returns at once where there is only one.</summary>
    public virtual Task ListenAsync(string what, Action heard, CancellationToken ct) => Task.CompletedTask;

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

/// <summary>A column of <see cref="SqlDialect.Rows"/>.</summary>
public readonly record struct SqlColumn(string Name, bool IsNumber)
{
    public static SqlColumn Number(string name) => new(name, IsNumber: true);

    public static SqlColumn Text(string name) => new(name, IsNumber: false);
}
