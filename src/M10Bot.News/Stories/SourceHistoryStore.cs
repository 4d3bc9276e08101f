using System.Data.Common;
using Dapper;

namespace M10Bot.News.Stories;

/// <summary>What a Source has sent so far.</summary>
internal static class SourceHistoryStore
{
    private const int Links = 100;

    /// <summary>The links of its last articles, and how many articles came since then.</summary>
    public static async Task<(IReadOnlyList<string> Links, int Recent)> OfAsync(DbTransaction tx, string source, DateTimeOffset since)
    {
        var links = await tx.Connection!.QueryAsync<string>(
            "select link from article where source = @source and link is not null order by id desc limit @Links", new { source, Links }, tx);
        var recent = await tx.Connection!.ExecuteScalarAsync<int>(
            "select count(*) from article where source = @source and received_ms >= @since", new { source, since = since.ToUnixTimeMilliseconds() }, tx);
        return ([.. links], recent);
    }

    /// <summary>The link that this item had; null where it is new or had none.</summary>
    public static Task<string?> LinkAsync(DbTransaction tx, string source, string uri) =>
        tx.Connection!.ExecuteScalarAsync<string?>(
            "select link from article where source = @source and uri = @uri and link is not null order by version desc limit 1", new { source, uri }, tx);
}
