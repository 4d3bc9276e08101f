using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace M10Bot.Cluster;

/// <summary>The one door of this project.</summary>
public static class ClusterRegistration
{
    /// <summary>Makes this process a replica where the section <c>Cluster</c> has a port; needs Storage and Ownership, added before it.</summary>
    /// <remarks>Without the port nothing of Orleans is loaded: its types are named in <see cref="ReplicaRegistration"/> and behind it only.</remarks>
    public static IServiceCollection AddCluster(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Cluster");
        services.AddOptions<ClusterOptions>().Bind(section, o => o.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClusterOptions>, ClusterOptionsRanges>();
        services.AddSingleton<IValidateOptions<ClusterOptions>, ClusterOptionsRules>();
        return string.IsNullOrWhiteSpace(section["Port"]) ? services : services.AddReplica();
    }
}
