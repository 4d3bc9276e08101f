using System.Net;
using M10Bot.News.Ownership;

namespace M10Bot.Cluster.Tests;

public sealed class SharesTests
{
    private static readonly SiloAddress[] Replicas = [.. Enumerable.Range(1, 4).Select(i => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, i), 7))];

    private static readonly OwnedKey[] Keys = [.. Enumerable.Range(0, 4000).Select(i => new OwnedKey("lane", $"slack/T{i}"))];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_newcomer_gets_an_equal_share(int replicas) =>
        ((double)Keys.Count(k => Shares.IsOf(k, Replicas[replicas - 1], Replicas[..replicas])) / Keys.Length).ShouldBe(1.0 / replicas, tolerance: 0.03);

    [Fact]
    public void Every_key_is_of_one_replica() =>
        Keys.ShouldAllBe(k => Replicas.Count(r => Shares.IsOf(k, r, Replicas)) == 1);

    [Fact]
    public void Nothing_moves_between_those_who_stay()
    {
        SiloAddress[] before = [.. Replicas.Take(3)];
        Keys.Where(k => Shares.IsOf(k, Replicas[0], Replicas)).ShouldAllBe(k => Shares.IsOf(k, Replicas[0], before));
    }
}
