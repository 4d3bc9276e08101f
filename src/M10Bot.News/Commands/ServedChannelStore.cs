using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;

namespace M10Bot.News.Commands;

/// <summary>The channels that are served, for a platform that tells at once what becomes of its channels.</summary>
public sealed class ServedChannelStore(Database database)
{
    private const string Served = "platform = @platform and kind = 'channel' and is_open = 1";

    /// <summary>Those that have such a channel.</summary>
    public async Task<IReadOnlyList<string>> WorkspacesAsync(Platform platform, CancellationToken ct) =>
        (await database.ReadAsync(
            connection => connection.QueryAsync<string>(Sql.Of($"select distinct workspace from destination where {Served}", new { platform = Word(platform) }, ct)), ct)).AsList();

    /// <param name="platform">The platform.</param>
    /// <param name="workspace">Its workspace.</param>
    /// <param name="channel">Null for all of the workspace.</param>
    public async Task<IReadOnlyList<ServedChannel>> OfAsync(Platform platform, string workspace, string? channel, CancellationToken ct)
    {
        var values = new { platform = Word(platform), workspace, channel = channel ?? "" };
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(Sql.Of(
                $"select address as Address, standing as Standing, webhook as Webhook from destination where {Served} and workspace = @workspace and (@channel = '' or address = @channel)", values, ct)),
            ct);
        return [.. rows.Select(r => new ServedChannel(new Destination(platform, workspace, DestinationKind.Channel, r.Address) { Webhook = r.Webhook }, r.Standing is "suspended"))];
    }

    private static string Word(Platform platform) => platform.ToString().ToLowerInvariant();

    private sealed class Row
    {
        public string Address { get; init; } = "";

        public string Standing { get; init; } = "";

        public string? Webhook { get; init; }
    }
}

/// <param name="Destination">The channel.</param>
/// <param name="IsSuspended">It waits for a person.</param>
public sealed record ServedChannel(Destination Destination, bool IsSuspended);
