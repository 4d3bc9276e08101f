using System.Data.Common;
using Dapper;

namespace M10Bot.News.Storage;

/// <summary>One statement with its values, its transaction and its token: what every Store passes to Dapper.</summary>
public static class Sql
{
    public static CommandDefinition In(DbTransaction transaction, string text, object? values, CancellationToken ct) =>
        new(text, values, transaction, cancellationToken: ct);

    /// <summary>Outside a transaction.</summary>
    public static CommandDefinition Of(string text, object? values, CancellationToken ct) =>
        new(text, values, cancellationToken: ct);
}
