using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Ownership;

namespace M10Bot.Cluster;

/// <summary>Which keys go over to a replica that joins: each replica draws a lot for each key, and the highest has it.</summary>
/// <remarks>The lots of two replicas do not change when a third joins, so it gets its share and nothing else moves (rendezvous hashing).</remarks>
internal static class Shares
{
    public static bool IsOf(OwnedKey key, SiloAddress joined, IEnumerable<SiloAddress> all) =>
        all.Where(a => !a.Equals(joined)).All(other => Lot(key, other) < Lot(key, joined));

    private static ulong Lot(OwnedKey key, SiloAddress replica) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{key} {replica.ToParsableString()}")));
}
