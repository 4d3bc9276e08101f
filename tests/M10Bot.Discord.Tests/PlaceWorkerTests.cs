using M10Bot.Discord.Gateway;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Places;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests;

public sealed class PlaceWorkerTests : IAsyncLifetime
{
    private readonly Bench _bench = new();
    private readonly System.Threading.Channels.Channel<string> _acts = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly PlaceWorker _worker;
    private bool _isSuspended;

    public PlaceWorkerTests()
    {
        _worker = new PlaceWorker(
            _bench.Guilds,
            new PlacePort(
                _ => Task.FromResult<IReadOnlyList<string>>(["81", "82", $"{5UL << 22}"]),
                (guild, channel, _) => Task.FromResult<IReadOnlyList<ServedChannel>>(guild is "81" && channel is null or "42" ? [new ServedChannel(Bench.Channel, _isSuspended)] : []),
                (channel, why, remedy, _) => Did($"suspend {channel.Address}: {why} {remedy}"),
                (channel, _) => Did($"resume {channel.Address}"),
                (channel, _) => Did($"mend {channel.Address}")),
            _bench.Rest,
            new ApplicationId("500"),
            NullLogger<PlaceWorker>.Instance);
    }

    public Task InitializeAsync() => _worker.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _worker.StopAsync(CancellationToken.None);
        _worker.Dispose();
    }

    [Theory]
    [InlineData("CHANNEL_DELETE")]
    [InlineData("THREAD_DELETE")]
    public async Task A_deleted_channel_is_suspended_with_its_reason(string type)
    {
        Events().Take(Message(type, """{"id":"99","guild_id":"81","type":0}"""), new GatewaySession()); // one that nothing is served in
        Events().Take(Message(type, """{"id":"42","guild_id":"81","type":0}"""), new GatewaySession());
        (await ActAsync()).ShouldBe("suspend 42: The channel no longer exists. Choose another channel with the bot's channel command.");
        _bench.Discord.Requests.ShouldBeEmpty("nothing need be asked");
    }

    [Theory]
    [InlineData("CHANNEL_UPDATE", """{"id":"42","guild_id":"81","type":0}""")]
    [InlineData("GUILD_ROLE_UPDATE", """{"guild_id":"81","role":{"id":"7"}}""")]
    public async Task A_channel_the_bot_may_no_longer_write_in_is_suspended_before_a_post_meets_it(string type, string json)
    {
        May(0);
        Events().Take(Message(type, json), new GatewaySession());
        (await ActAsync()).ShouldStartWith("suspend 42: The bot lacks the permission View Channel, Send Messages, Embed Links, Read Message History in the channel. Give it to the bot there");
    }

    [Fact]
    public async Task A_suspended_channel_the_bot_may_write_in_again_is_served_again()
    {
        _isSuspended = true;
        May((ulong)(Permissions.NeededIn(0) & ~Permission.EmbedLinks));
        Events().Take(Message("CHANNEL_UPDATE", """{"id":"42","guild_id":"81","type":0}"""), new GatewaySession());
        (await ActAsync()).ShouldBe("resume 42");
    }

    /// <remarks>Seen red without the retry.</remarks>
    [Fact]
    public async Task Where_the_bot_may_do_more_what_it_could_not_put_right_is_tried_again()
    {
        May((ulong)Permissions.NeededIn(0));
        Events().Take(Message("CHANNEL_UPDATE", """{"id":"42","guild_id":"81","type":0}"""), new GatewaySession());
        (await ActAsync()).ShouldBe("mend 42");
    }

    [Fact]
    public async Task A_server_that_is_missing_at_sign_in_has_left_and_another_shards_has_not()
    {
        var left = new TaskCompletionSource<string>();
        _bench.Guilds.Changed = (guild, hasLeft) => _ = hasLeft && left.TrySetResult(guild);
        Events().Take(Message("READY", """{"session_id":"s","guilds":[{"id":"81","unavailable":true}],"shard":[0,2]}"""), new GatewaySession());
        (await left.Task.WaitAsync(Bench.Patience)).ShouldBe("82");
        _bench.Guilds.HasLeft("82").ShouldBeTrue();
        _bench.Guilds.HasLeft("81").ShouldBeFalse();

        // A second sign-in tells that all of the first was looked through.
        var again = new TaskCompletionSource<string>();
        _bench.Guilds.Changed = (guild, hasLeft) => _ = hasLeft && again.TrySetResult(guild);
        Events().Take(Message("READY", """{"session_id":"s","guilds":[{"id":"82"}],"shard":[0,2]}"""), new GatewaySession());
        (await again.Task.WaitAsync(Bench.Patience)).ShouldBe("81");
        _bench.Guilds.HasLeft($"{5UL << 22}").ShouldBeFalse("it is the other shard's");
    }

    private static GatewayMessage Message(string type, string json) => new(Op.Dispatch, System.Text.Encoding.UTF8.GetBytes(json), 5, type);

    private GatewayEvents Events() =>
        new(_bench.Guilds, new ApplicationId(null), new InteractionQueue(_bench.Time), new RegistrationQueue(_bench.Options), NullLogger<GatewayEvents>.Instance);

    private void May(ulong bits) => _bench.Discord
        .Answer(200, """{"id":"42","type":0}""")
        .Answer(200, """{"id":"9"}""")
        .Answer(200, """{"roles":[]}""")
        .Answer(200, $$"""[{"id":"81","permissions":"{{bits}}"}]""");

    private Task Did(string act)
    {
        _acts.Writer.TryWrite(act);
        return Task.CompletedTask;
    }

    private Task<string> ActAsync() => _acts.Reader.ReadAsync().AsTask().WaitAsync(Bench.Patience);
}
