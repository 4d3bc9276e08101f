using System.Net;
using M10Bot.News.Ownership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Identity = Orleans.Configuration.ClusterOptions;

namespace M10Bot.Cluster;

internal static class ReplicaRegistration
{
    // A silent replica is found after three probes; the two settings of probing that Orleans would stretch by itself are held.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // What is asked of another replica is asked again by the next tick; nobody waits for one that is dying.
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddReplica(this IServiceCollection services)
    {
        services.AddSingleton<MembershipStore>();
        services.AddSingleton<IMembershipTable, MembershipTable>();
        services.Replace(ServiceDescriptor.Singleton<IKeyOwner, ClusterOwner>());
        services.AddSingleton<TurnStore>();
        services.Replace(ServiceDescriptor.Singleton<ITurns, ReplicaTurns>());
        services.AddOptions<Identity>().Configure<IOptions<ClusterOptions>>((cluster, ours) =>
            (cluster.ClusterId, cluster.ServiceId) = (ours.Value.Name, ours.Value.Name));
        services.AddOptions<EndpointOptions>().Configure<IOptions<ClusterOptions>>((endpoint, ours) =>
        {
            endpoint.AdvertisedIPAddress = IPAddress.Parse(ours.Value.Address!);
            endpoint.SiloPort = ours.Value.Port!.Value;
            endpoint.SiloListeningEndpoint = ours.Value.Listen is { } listen ? IPEndPoint.Parse(listen) : null;
            endpoint.GatewayPort = 0; // nobody outside the replicas calls in
        });
        services.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = messaging.SystemResponseTimeout = Answer);
        services.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = membership.MinProbeTimeout = membership.MaxProbeTimeout = Probe;
            membership.NumMissedProbesLimit = 3;
            membership.EnableConnectionLivenessCheck = false;
            membership.TableRefreshTimeout = membership.IAmAliveTablePublishTimeout = Look;
        });

        // Rows are fenced by epoch and deadline whatever Orleans believes: nobody waits until a dead replica's keys are surely free.
        services.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
#pragma warning disable ORLEANSEXP003 // the settled one ends every key whose entry was kept by a replica that leaves or dies, wherever it runs
        services.AddOrleans(silo => silo.AddDistributedGrainDirectory());
#pragma warning restore ORLEANSEXP003
        services.AddHostedService<ReplicaWatch>();
        services.AddHostedService<ReplicaFarewell>(); // last, and after Ownership: what stops first is what started last
        return services;
    }
}
