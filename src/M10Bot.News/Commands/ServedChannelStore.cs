using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Storage;

namespace M10Bot.News.Commands;

/// <summary>The channels that are served, for a platform that tells at once what becomes of its channels.</summary>
public sealed class ServedChannelStore
{
    private const string Served = "platform = @platform and kind = 'channel' and is_open = 1";

    private readonly Database _database;
    private readonly SuspensionStore _suspensions;
    private readonly DeliveryStore _deliveries;
    private readonly DeliverySignal _signal;

    internal ServedChannelStore(Database database, SuspensionStore suspensions, DeliveryStore deliveries, DeliverySignal signal) =>
        (_database, _suspensions, _deliveries, _signal) = (database, suspensions, deliveries, signal);

    /// <summary>Those that have such a channel.</summary>
    public async Task<IReadOnlyList<string>> WorkspacesAsync(Platform platform, CancellationToken ct) =>
        (await _database.ReadAsync(
            connection => connection.QueryAsync<string>(Sql.Of($"select distinct workspace from destination where {Served}", new { platform = Word(platform) }, ct)), ct)).AsList();

    /// <param name="platform">The platform.</param>
    /// <param name="workspace">Its workspace.</param>
    /// <param name="channel">Null for all of the workspace.</param>
    public async Task<IReadOnlyList<ServedChannel>> OfAsync(Platform platform, string workspace, string? channel, CancellationToken ct)
    {
        var values = new { platform = Word(platform), workspace, channel = channel ?? "" };
        var rows = await _database.ReadAsync(
            connection => connection.QueryAsync<Row>(Sql.Of(
                $"select address as Address, standing as Standing from destination where {Served} and workspace = @workspace and (@channel = '' or address = @channel)", values, ct)),
            ct);
        return [.. rows.Select(r => new ServedChannel(new Destination(platform, workspace, DestinationKind.Channel, r.Address), r.Standing is "suspended"))];
    }

    /// <summary>Nothing goes there until it is mended; it is tried again by itself, ever more rarely.</summary>
    public Task SuspendAsync(Destination channel, string why, string remedy, CancellationToken ct) => _suspensions.SuspendAsync(channel, why, remedy, ct);

    /// <summary>Mended: all that waited for it is due.</summary>
    public async Task ResumeAsync(Destination channel, CancellationToken ct)
    {
        await _deliveries.ResumeAsync(channel, ct);
        _signal.Wake();
    }

    private static string Word(Platform platform) => platform.ToString().ToLowerInvariant();

    private sealed class Row
    {
        public string Address { get; init; } = "";

        public string Standing { get; init; } = "";
    }
}

/// <param name="Destination">The channel.</param>
/// <param name="IsSuspended">It waits for a person.</param>
public sealed record ServedChannel(Destination Destination, bool IsSuspended);
