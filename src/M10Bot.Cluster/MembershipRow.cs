using System.Text.Json;

namespace M10Bot.Cluster;

/// <summary>A replica as its row says; addresses in Orleans' own readable form.</summary>
internal sealed class MembershipRow
{
    public required string Cluster { get; init; }

    public required string Address { get; init; }

    public required string Host { get; init; }

    public required string Name { get; init; }

    public required int Status { get; init; }

    public required int ProxyPort { get; init; }

    public required string Suspicions { get; init; }

    public required long StartedMs { get; init; }

    public required long AliveMs { get; init; }

    public long Etag { get; set; }

    public static MembershipRow Of(string cluster, MembershipEntry entry) => new()
    {
        Cluster = cluster,
        Address = entry.SiloAddress.ToParsableString(),
        Host = entry.HostName ?? "",
        Name = entry.SiloName ?? "",
        Status = (int)entry.Status,
        ProxyPort = entry.ProxyPort,
        Suspicions = JsonSerializer.Serialize((entry.SuspectTimes ?? []).Select(s => new Suspicion(s.Item1.ToParsableString(), Milliseconds(s.Item2)))),
        StartedMs = Milliseconds(entry.StartTime),
        AliveMs = Milliseconds(entry.IAmAliveTime),
    };

    public MembershipEntry ToEntry() => new()
    {
        SiloAddress = SiloAddress.FromParsableString(Address),
        HostName = Host,
        SiloName = Name,
        Status = (SiloStatus)Status,
        ProxyPort = ProxyPort,
        SuspectTimes = [.. JsonSerializer.Deserialize<List<Suspicion>>(Suspicions)!.Select(s => Tuple.Create(SiloAddress.FromParsableString(s.By), Time(s.AtMs)))],
        StartTime = Time(StartedMs),
        IAmAliveTime = Time(AliveMs),
    };

    private static long Milliseconds(DateTime utc) => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeMilliseconds();

    private static DateTime Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    private sealed record Suspicion(string By, long AtMs);
}
