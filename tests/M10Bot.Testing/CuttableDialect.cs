using System.Data.Common;
using M10Bot.News.Storage;

namespace M10Bot.Testing;

/// <summary>An engine whose connection can be cut for good: what a killed process can still do to the tables, namely nothing.</summary>
public sealed class CuttableDialect(SqlDialect inner) : SqlDialect
{
    private volatile bool _isCut;

    public override int Writers => inner.Writers;

    public override string ForUpdate => inner.ForUpdate;

    public override string SkipLocked => inner.SkipLocked;

    public void Cut() => _isCut = true;

    public override Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        Check();
        return inner.OpenAsync(ct);
    }

    public override Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken ct)
    {
        Check();
        return inner.BeginAsync(connection, ct);
    }

    public override Task MigrateAsync(CancellationToken ct) => inner.MigrateAsync(ct);

    public override string Rows(string parameter, params IReadOnlyList<SqlColumn> columns) => inner.Rows(parameter, columns);

    public override bool IsConflict(Exception fault) => inner.IsConflict(fault);

    public override string? Notify(string what) => inner.Notify(what);

    public override Task ListenAsync(string what, Action heard, CancellationToken ct) => inner.ListenAsync(what, heard, ct);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    private void Check()
    {
        if (_isCut)
        {
            throw new InvalidOperationException("This process has been killed.");
        }
    }
}
