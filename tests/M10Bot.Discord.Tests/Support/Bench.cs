using M10Bot.Discord.Gateway;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Webhooks;
using M10Bot.News.Chat;
using M10Bot.News.Ownership;
using M10Bot.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests.Support;

/// <summary>The parts under test around a scripted Discord and a clock that stands still.</summary>
internal sealed class Bench
{
    public Bench(DiscordOptions? options = null)
    {
        Options = options ?? new DiscordOptions { Token = "secret-token", ApiBase = "http://127.0.0.1:9/api/v10" };
        Rest = new DiscordRest(new HttpClient(Discord), Options, new RateLimits(Options, Time), Jitter, Time, NullLogger<DiscordRest>.Instance);
        Plan = new ShardPlan(Options);
        Guilds.Came(Channel.Workspace);
        Webhooks = new WebhookAccess(Seal, new OverWebhooks(), (place, _) =>
        {
            Ended.Add(place);
            return Task.CompletedTask;
        });
        Platform = new DiscordPlatform(Rest, Options, Guilds, Webhooks, Time, NullLogger<DiscordPlatform>.Instance);
    }

    /// <summary>Real time, and far more than anything takes: the machine may be very busy.</summary>
    public static readonly TimeSpan Patience = WatchedTime.Patience;

    public static Destination Channel { get; } = new(Platform: News.Chat.Platform.Discord, "81", DestinationKind.Channel, "42");

    public static Destination Person { get; } = new(News.Chat.Platform.Discord, "81", DestinationKind.Person, "77");

    public static DeliveryKey Key { get; } = new("k3YofThisDelivery");

    public WatchedTime Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public ScriptedDiscord Discord { get; } = new();

    public Jitter Jitter { get; } = new(new Random(7));

    public DiscordOptions Options { get; }

    public DiscordRest Rest { get; }

    public ShardPlan Plan { get; }

    public GuildBook Guilds { get; } = new();

    public IChatPlatform Platform { get; }

    public WebhookSeal Seal { get; } = new(new Lazy<IDataProtectionProvider>(() => new EphemeralDataProtectionProvider()));

    public WebhookAccess Webhooks { get; }

    /// <summary>The places whose webhook's secret was wiped.</summary>
    public List<Destination> Ended { get; } = [];

    public static RestCall Post(string channel = "42") => RestCall.PostMessage(channel, "{}"u8.ToArray());

    public GatewayDirectory Directory() => new(Rest, Plan, Options, NullLogger<GatewayDirectory>.Instance);

    public ShardWork Shards(GatewayEvents events, Func<GatewaySocket> sockets) =>
        new(Options, Plan, new SignIns(Plan, new LocalTurns(Time), Time), Directory(), events, sockets, Jitter, Time, NullLogger<ShardWork>.Instance);

    /// <summary>An answer that shows the message just as it was sent, as Discord does.</summary>
    public static Func<HttpRequestMessage, Task<HttpResponseMessage>> Echo(string id = "900") => async request =>
    {
        var sent = await request.Content!.ReadAsStringAsync();
        return ScriptedDiscord.Json(200, $$"""{"id":"{{id}}","channel_id":"42",{{sent.TrimStart()[1..]}}""");
    };

    public Task<RestReply> SendAsync(RestCall call) => WatchedTime.Apart(() => Rest.SendAsync(call, default));

    public void Advance(TimeSpan step) => Time.AdvanceApart(step);

    /// <summary>Lets time pass until <paramref name="task"/> is done, to one wait after the other.</summary>
    /// <param name="most">The longest wait that is let pass; shorter than a request's time limit unless a test says otherwise.</param>
    public Task<T> PassAsync<T>(Task<T> task, TimeSpan? most = null) => Time.StepUntilAsync(task, most ?? TimeSpan.FromSeconds(9));
}
