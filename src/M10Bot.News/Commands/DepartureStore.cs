using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;

namespace M10Bot.News.Commands;

/// <summary>Workspaces that removed the bot, and the end of their data.</summary>
/// <remarks>People stay: what comes to their direct messages is theirs, and <c>unsubscribe</c> ends it.</remarks>
public sealed class DepartureStore(Database database, TimeProvider time)
{
    private const string Match = "platform = @platform and workspace = @workspace";

    /// <summary>The workspace removed the bot. Harmless to repeat: the first time counts.</summary>
    public Task LeftAsync(Platform platform, string workspace, CancellationToken ct) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(Sql.In(
                transaction,
                "insert into departure (platform, workspace, left_ms) values (@platform, @workspace, @now) on conflict (platform, workspace) do nothing",
                new { platform = Word(platform), workspace, now = time.GetUtcNow().ToUnixTimeMilliseconds() },
                ct)),
            ct);

    /// <summary>The bot is there (again); nothing of these is deleted.</summary>
    /// <remarks>Few have left at any time, and a platform may tell of all that are there: those that left are read, once.</remarks>
    public async Task ArrivedAsync(Platform platform, IReadOnlyCollection<string> workspaces, CancellationToken ct)
    {
        var departed = await database.ReadAsync(
            connection => connection.QueryAsync<string>(Sql.Of("select workspace from departure where platform = @platform", new { platform = Word(platform) }, ct)), ct);
        foreach (var workspace in departed.Intersect(workspaces, StringComparer.Ordinal))
        {
            await database.WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync(Sql.In(transaction, $"delete from departure where {Match}", new { platform = Word(platform), workspace }, ct)), ct);
        }
    }

    /// <summary>Deletes what belongs to a workspace that left at least this long ago; one workspace each time.</summary>
    /// <returns>Which; null where there is none.</returns>
    public Task<string?> PurgeOneAsync(TimeSpan grace, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                var due = await connection.QueryFirstOrDefaultAsync<Row>(Sql.In(
                    transaction,
                    $"select platform as Platform, workspace as Workspace from departure where left_ms <= @until order by left_ms limit 1 {database.Dialect.SkipLocked}",
                    new { until = (time.GetUtcNow() - grace).ToUnixTimeMilliseconds() },
                    ct));
                if (due is null)
                {
                    return null;
                }

                var key = new { platform = due.Platform, workspace = due.Workspace };
                const string Channels = $"select id from destination where {Match} and kind = 'channel'";
                await connection.ExecuteAsync(Sql.In(
                    transaction,
                    $"""
                    delete from delivery where destination_id in ({Channels});
                    delete from subscription where destination_id in ({Channels});
                    delete from story_choice where destination_id in ({Channels});
                    delete from destination where {Match} and kind = 'channel';
                    delete from form where {Match};
                    delete from departure where {Match};
                    """,
                    key,
                    ct));
                return $"{due.Platform}/{due.Workspace}";
            },
            ct);

    private static string Word(Platform platform) => platform.ToString().ToLowerInvariant();

    private sealed class Row
    {
        public string Platform { get; init; } = "";

        public string Workspace { get; init; } = "";
    }
}
