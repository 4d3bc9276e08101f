using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Ownership;

namespace M10Bot.Cluster;

/// <summary>Which keys go over to a replica that joins, and to whom those of one that stops: each replica draws a lot for each key, and the highest has it.</summary>
/// <remarks>The lots of two replicas do not change when a third joins, so it gets its share and nothing else moves; nor when one leaves (rendezvous hashing).</remarks>
internal static class Shares
{
    public static bool IsOf(OwnedKey key, SiloAddress joined, IEnumerable<SiloAddress> all) => Of(key, all).Equals(joined);

    /// <summary>Whose the key is; <paramref name="all"/> has at least one.</summary>
    public static SiloAddress Of(OwnedKey key, IEnumerable<SiloAddress> all) => all.MaxBy(replica => Lot(key, replica))!;

    private static ulong Lot(OwnedKey key, SiloAddress replica) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{key} {replica.ToParsableString()}")));
}
