using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Net;
using M10Bot.News.Storage;
using Microsoft.Extensions.Options;

namespace M10Bot.Cluster;

/// <summary>Section <c>Cluster</c>. Without a port this process is alone and owns all there is to own.</summary>
public sealed class ClusterOptions
{
    /// <summary>Replicas of the same name share the work.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9_-]{1,50}$")]
    public string Name { get; init; } = "m10bot";

    /// <summary>This machine's address as the other replicas reach it. It should stay the same over restarts.</summary>
    public string? Address { get; init; }

    /// <summary>The port the other replicas reach this one at; it makes this process a replica. It should stay the same over restarts.</summary>
    [Range(1, 65_535)]
    public int? Port { get; init; }

    /// <summary>Address and port to listen on, where they are not those that the others call (a container's published port): <c>0.0.0.0:11111</c>.</summary>
    public string? Listen { get; init; }
}

[OptionsValidator]
internal sealed partial class ClusterOptionsRanges : IValidateOptions<ClusterOptions>;

/// <summary>What ranges can't say.</summary>
internal sealed class ClusterOptionsRules(IOptions<StorageOptions> storage) : IValidateOptions<ClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        if (options.Port is null)
        {
            return ValidateOptionsResult.Success;
        }

        var faults = new List<string>();
        if (!IPAddress.TryParse(options.Address, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            faults.Add("Cluster:Address must be this machine's IP address, as the other replicas reach it (127.0.0.1 where all run on one machine).");
        }

        if (options.Listen is { } listen && (!IPEndPoint.TryParse(listen, out var place) || place.Port == 0))
        {
            faults.Add("Cluster:Listen must be an IP address and a port, as 0.0.0.0:11111; leave it out where the others call this machine directly.");
        }

        if (!new DbConnectionStringBuilder { ConnectionString = storage.Value.ConnectionString }.ContainsKey("Host"))
        {
            faults.Add("Cluster:Port makes this a replica, and replicas share one PostgreSQL: give Storage:ConnectionString a Host=, or take Cluster:Port away.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
