using System.Net;
using M10Bot.Testing;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace M10Bot.Cluster.Tests;

/// <summary>The contract written on IMembershipTable, on every engine this machine can test.</summary>
public sealed class MembershipTableTests(ITestOutputHelper output)
{
    private static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, 123, DateTimeKind.Utc);

    public static TheoryData<string> Engines => [.. TestDatabase.Engines];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_new_cluster_is_empty_at_version_0(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        var all = await world.Table.ReadAll();
        all.Members.ShouldBeEmpty();
        all.Version.Version.ShouldBe(0);
        all.Version.VersionEtag.ShouldNotBeNullOrEmpty();
        await world.Table.InitializeMembershipTable(true);
        (await world.Table.ReadAll()).Version.ShouldBe(all.Version, "beginning twice changes nothing");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Before_it_was_begun_nothing_can_be_put_into_it(string engine)
    {
        await using var world = await World.CreateAsync(engine, begin: false);
        await world.Table.InitializeMembershipTable(false);
        (await world.Table.InsertRow(Entry(1), new TableVersion(1, "0"))).ShouldBeFalse();
        (await world.Table.ReadAll()).Members.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_was_put_in_is_read_back_whole(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        var entry = Entry(1);
        entry.AddSuspector(Address(2), Start.AddSeconds(5));
        entry.AddSuspector(Address(3), Start.AddSeconds(6));
        (await world.InsertAsync(entry)).ShouldBeTrue();

        var found = await world.Table.ReadRow(entry.SiloAddress);
        var (read, etag) = found.Members.ShouldHaveSingleItem();
        etag.ShouldNotBeNullOrEmpty();
        found.Version.Version.ShouldBe(1);
        (read.SiloAddress, read.HostName, read.SiloName, read.Status, read.ProxyPort).ShouldBe((entry.SiloAddress, "host", "name-1", SiloStatus.Joining, 0));
        (read.StartTime, read.IAmAliveTime).ShouldBe((Start, Start));
        read.SuspectTimes.ShouldBe([Tuple.Create(Address(2), Start.AddSeconds(5)), Tuple.Create(Address(3), Start.AddSeconds(6))]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_silo_that_is_not_there_reads_as_nothing_with_the_tables_version(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.InsertAsync(Entry(1));
        var found = await world.Table.ReadRow(Address(9));
        found.Members.ShouldBeEmpty();
        found.Version.Version.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_same_silo_cannot_be_put_in_twice_and_the_failure_leaves_no_trace(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.InsertAsync(Entry(1));
        var before = (await world.Table.ReadAll()).Version;
        (await world.InsertAsync(Entry(1))).ShouldBeFalse();
        (await world.Table.ReadAll()).Version.ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_insert_that_read_an_older_table_fails_and_leaves_no_trace(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        var old = (await world.Table.ReadAll()).Version;
        await world.InsertAsync(Entry(1));
        (await world.Table.InsertRow(Entry(2), old.Next())).ShouldBeFalse();
        (await world.Table.InsertRow(Entry(2), new TableVersion(2, "no etag of ours"))).ShouldBeFalse();
        (await world.Table.ReadAll()).Members.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_update_changes_the_row_the_version_and_both_etags(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.InsertAsync(Entry(1));
        var before = await world.Table.ReadRow(Address(1));
        var (entry, etag) = before.Members.ShouldHaveSingleItem();
        entry.Status = SiloStatus.Active;

        (await world.Table.UpdateRow(entry, etag, before.Version.Next())).ShouldBeTrue();

        var after = await world.Table.ReadRow(Address(1));
        after.Version.Version.ShouldBe(before.Version.Version + 1);
        after.Version.VersionEtag.ShouldNotBe(before.Version.VersionEtag, StringComparer.Ordinal);
        after.Members[0].Item1.Status.ShouldBe(SiloStatus.Active);
        after.Members[0].Item2.ShouldNotBe(etag, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_update_fails_for_a_silo_that_is_not_there_an_older_table_or_an_older_row(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.InsertAsync(Entry(1));
        var first = await world.Table.ReadRow(Address(1));
        var (entry, etag) = first.Members[0];
        (await world.Table.UpdateRow(Entry(9), etag, first.Version.Next())).ShouldBeFalse("it is not there");
        (await world.Table.UpdateRow(entry, etag, first.Version.Next())).ShouldBeTrue();
        entry.Status = SiloStatus.Dead;
        (await world.Table.UpdateRow(entry, etag, first.Version.Next())).ShouldBeFalse("the table has changed");
        var now = (await world.Table.ReadAll()).Version;
        (await world.Table.UpdateRow(entry, etag, now.Next())).ShouldBeFalse("the row has changed");
        (await world.Table.ReadRow(Address(1))).Members[0].Item1.Status.ShouldBe(SiloStatus.Joining);
        (await world.Table.ReadAll()).Version.ShouldBe(now);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_sign_of_life_changes_its_time_alone_and_what_was_read_stays_good(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.InsertAsync(Entry(1));
        var before = await world.Table.ReadRow(Address(1));
        var alive = Entry(1);
        alive.Status = SiloStatus.Dead;
        alive.IAmAliveTime = Start.AddMinutes(3);

        await world.Table.UpdateIAmAlive(alive);

        var after = await world.Table.ReadRow(Address(1));
        after.Version.ShouldBe(before.Version);
        (after.Members[0].Item1.IAmAliveTime, after.Members[0].Item1.Status).ShouldBe((Start.AddMinutes(3), SiloStatus.Joining));
        (await world.Table.UpdateRow(before.Members[0].Item1, before.Members[0].Item2, before.Version.Next())).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Of_many_that_change_the_same_state_at_once_one_succeeds(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        for (var round = 0; round < 10; round++)
        {
            var version = (await world.Table.ReadAll()).Version.Next();
            var inserts = Enumerable.Range(1, 8).Select(i => world.Table.InsertRow(Entry((round * 8) + i), version));
            (await Task.WhenAll(inserts)).Count(done => done).ShouldBe(1);
        }

        var all = await world.Table.ReadAll();
        (all.Members.Count, all.Version.Version).ShouldBe((10, 10));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Concurrent_changes_that_try_again_all_come_through(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async i =>
        {
            while (!await world.InsertAsync(Entry(i)))
            {
            }
        }));
        var all = await world.Table.ReadAll();
        (all.Members.Count, all.Version.Version).ShouldBe((8, 8));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Only_the_dead_of_long_ago_are_forgotten(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        await world.InsertAsync(Entry(1, SiloStatus.Dead, Start));
        await world.InsertAsync(Entry(2, SiloStatus.Dead, Start.AddHours(2)));
        await world.InsertAsync(Entry(3, SiloStatus.Active, Start));
        await world.Table.CleanupDefunctSiloEntries(new DateTimeOffset(Start.AddHours(1)));
        (await world.Table.ReadAll()).Members.Select(m => m.Item1.SiloAddress).ShouldBe([Address(2), Address(3)], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Clusters_of_other_names_are_worlds_apart(string engine)
    {
        await using var world = await World.CreateAsync(engine);
        var other = world.Of("other");
        await other.InitializeMembershipTable(true);
        await world.InsertAsync(Entry(1));
        (await other.ReadAll()).Members.ShouldBeEmpty();

        await other.DeleteMembershipTableEntries("name");
        (await world.Table.ReadAll()).Members.ShouldBeEmpty();
        if (TestDatabase.Engines.Count == 1)
        {
            output.WriteLine($"{TestDatabase.PostgresVariable} is not set: PostgreSQL was not tested.");
        }
    }

    private static SiloAddress Address(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_000 + number), 77);

    private static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Joining, DateTime? alive = null) => new()
    {
        SiloAddress = Address(number),
        HostName = "host",
        SiloName = $"name-{number}",
        Status = status,
        StartTime = Start,
        IAmAliveTime = alive ?? Start,
    };

    private sealed class World(TestDatabase test) : IAsyncDisposable
    {
        public MembershipTable Table { get; } = Made(test, "name");

        public static async Task<World> CreateAsync(string engine, bool begin = true)
        {
            var world = new World(await TestDatabase.CreateAsync(engine));
            if (begin)
            {
                await world.Table.InitializeMembershipTable(true);
            }

            return world;
        }

        public MembershipTable Of(string name) => Made(test, name);

        public async Task<bool> InsertAsync(MembershipEntry entry) => await Table.InsertRow(entry, (await Table.ReadAll()).Version.Next());

        public ValueTask DisposeAsync() => test.DisposeAsync();

        private static MembershipTable Made(TestDatabase test, string name) =>
            new(new MembershipStore(test.Database), Options.Create(new ClusterOptions { Name = name }));
    }
}
