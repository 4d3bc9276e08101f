using System.Data.Common;
using M10Bot.News.Storage;

namespace M10Bot.Testing;

/// <summary>An engine whose connection can be cut, for good or for a while: what a killed process can still do to the tables, namely nothing.</summary>
public sealed class CuttableDialect(SqlDialect inner) : SqlDialect
{
    private volatile bool _isCut;
    private volatile bool _losesNext;
    private volatile bool _losesThis;

    public override int Writers
    {
        get
        {
            if (!_losesThis)
            {
                return inner.Writers;
            }

            _losesThis = false; // looked at after the commit
            throw Gone();
        }
    }

    public override bool IsShared => inner.IsShared;

    public override string ForUpdate => inner.ForUpdate;

    public override string SkipLocked => inner.SkipLocked;

    public void Cut() => _isCut = true;

    public void Mend() => _isCut = false;

    /// <summary>The next unforced write is carried out, and its answer lost.</summary>
    public void LoseNextAnswer() => _losesNext = true;

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

    public override Task<DbTransaction> BeginUnforcedAsync(DbConnection connection, CancellationToken ct)
    {
        Check();
        (_losesThis, _losesNext) = (_losesNext, false);
        return inner.BeginUnforcedAsync(connection, ct);
    }

    public override Task MigrateAsync(CancellationToken ct) => inner.MigrateAsync(ct);

    public override string Rows(string parameter, params IReadOnlyList<SqlColumn> columns) => inner.Rows(parameter, columns);

    public override bool IsConflict(Exception fault) => inner.IsConflict(fault);

    public override string? Trouble(Exception fault) => inner.Trouble(fault);

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
            throw Gone();
        }
    }

    private static InvalidOperationException Gone() => new("This process has no database any more.");
}
