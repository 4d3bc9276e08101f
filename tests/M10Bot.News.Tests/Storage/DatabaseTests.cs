using System.Data.Common;
using System.Globalization;
using Dapper;
using M10Bot.News.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Storage;

public sealed class DatabaseTests(ITestOutputHelper output)
{
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Migrating_twice_changes_nothing_and_keeps_the_name_of_the_installation(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var tables = new NewsTables(test.Database);
        var name = await tables.ScalarAsync<string>("select name from installation");

        await test.Database.MigrateAsync(CancellationToken.None);

        (await tables.ScalarAsync<string>("select name from installation")).ShouldBe(name);
        (await tables.ScalarAsync<long>("select count(*) from installation")).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_migration_that_is_broken_off_leaves_nothing_of_its_script_and_goes_on_from_there(string engine)
    {
        await using var test = await TestDatabase.CreateEmptyAsync(engine);
        var tables = new NewsTables(test.Database);
        await tables.ExecuteAsync("create table article_source (in_the_way integer)"); // the name of the last thing that its script makes

        var broken = await Should.ThrowAsync<InvalidOperationException>(test.Database.MigrateAsync(CancellationToken.None));

        broken.Message.ShouldContain("060_stories.sql");
        (await tables.ScalarAsync<long>("select count(*) from story")).ShouldBe(0, "what came before is kept");
        await Should.ThrowAsync<DbException>(() => tables.ScalarAsync<long>("select count(*) from story_move"));
        await tables.ExecuteAsync("drop table article_source");
        await test.Database.MigrateAsync(CancellationToken.None);
        (await tables.ScalarAsync<long>("select count(*) from story_move")).ShouldBe(0);
        (await tables.ScalarAsync<long>("select count(*) from installation")).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Only_an_unforced_write_does_not_wait_for_the_disk(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var (question, waits, goesOn) = string.Equals(engine, TestDatabase.Sqlite, StringComparison.Ordinal)
            ? ("pragma synchronous", "2", "1")
            : ("show synchronous_commit", "on", "off");

        (await test.Database.WriteAsync(AskAsync, CancellationToken.None)).ShouldBe(waits);
        (await test.Database.WriteUnforcedAsync(AskAsync, CancellationToken.None)).ShouldBe(goesOn);
        (await test.Database.WriteAsync(AskAsync, CancellationToken.None)).ShouldBe(waits);

        async Task<string?> AskAsync(DbTransaction transaction) =>
            Convert.ToString(await transaction.Connection!.ExecuteScalarAsync<object>(question, transaction: transaction), CultureInfo.InvariantCulture);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_write_that_throws_leaves_nothing_behind(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);

        await Should.ThrowAsync<TimeoutException>(test.Database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("insert into wire_file (hash, name, read_ms) values ('a', 'a', 0)", transaction: transaction);
                throw new TimeoutException();
            },
            CancellationToken.None));

        var tables = new NewsTables(test.Database);
        (await tables.ScalarAsync<long>("select count(*) from wire_file")).ShouldBe(0);
        (await tables.ExecuteAsync("insert into wire_file (hash, name, read_ms) values ('a', 'a', 0)")).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Writes_from_many_tasks_are_all_kept(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var tables = new NewsTables(test.Database);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            tables.ExecuteAsync("insert into wire_file (hash, name, read_ms) values (@hash, 'n', 0)", new { hash = $"h{i}" })));

        (await tables.ScalarAsync<long>("select count(*) from wire_file")).ShouldBe(100);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Rows_come_out_of_one_parameter_as_they_went_in(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var text = """quote " backslash \ apostrophe ' bracket ] Ж 🔴 $1 @x null""";
        var rows = SqlRows.Of([[1, text, null], [long.MaxValue, "", 7]]);
        var table = test.Database.Dialect.Rows("rows", SqlColumn.Number("a"), SqlColumn.Text("b"), SqlColumn.Number("c"));

        var read = await test.Database.ReadAsync(
            connection => connection.QueryAsync<(long A, string B, long? C)>($"select r.a, r.b, r.c from {table} r order by r.a", new { rows }),
            CancellationToken.None);

        read.ShouldBe([(1, text, null), (long.MaxValue, "", 7)]);
    }

    [Fact]
    public async Task A_full_disk_is_named_leaves_nothing_half_written_and_is_no_trouble_once_there_is_room()
    {
        await using var test = await TestDatabase.CreateAsync();
        var tables = new NewsTables(test.Database);
        await test.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("pragma max_page_count = 1", transaction: transaction), CancellationToken.None);

        var fault = await Should.ThrowAsync<DbException>(() => test.Database.WriteAsync(
            async transaction =>
            {
                for (var i = 0; i < 200; i++)
                {
                    await transaction.Connection!.ExecuteAsync(
                        "insert into wire_file (hash, name, read_ms) values (@hash, @name, 0)", new { hash = $"h{i}", name = new string('n', 4000) }, transaction);
                }
            },
            CancellationToken.None));

        test.Database.Trouble(fault).ShouldBe("has no room left on its disk");
        (await tables.ScalarAsync<long>("select count(*) from wire_file")).ShouldBe(0);
        await test.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("pragma max_page_count = 1000000", transaction: transaction), CancellationToken.None);
        (await tables.ExecuteAsync("insert into wire_file (hash, name, read_ms) values ('a', 'a', 0)")).ShouldBe(1);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_folder_is_turned_away_with_a_reason()
    {
        await using var test = await TestDatabase.CreateAsync();
        var second = test.Open();

        var refusal = await Should.ThrowAsync<StorageException>(second.MigrateAsync(CancellationToken.None));

        refusal.Message.ShouldContain("Another M10Bot already works with");
        refusal.Message.ShouldContain("m10bot.db.lock");
    }

    [Fact]
    public async Task The_data_folder_is_free_again_once_the_first_process_has_ended()
    {
        await using var test = await TestDatabase.CreateAsync();
        await test.Database.DisposeAsync();

        await using var second = new Database(StorageRegistration.DialectFor(test.ConnectionString));
        await second.MigrateAsync(CancellationToken.None);

        (await new NewsTables(second).ScalarAsync<long>("select count(*) from installation")).ShouldBe(1);
    }

    [Fact]
    public async Task SQLite_writes_ahead_and_makes_each_commit_durable()
    {
        await using var test = await TestDatabase.CreateAsync();

        var (journal, synchronous) = await test.Database.WriteAsync(
            async transaction => (
                await transaction.Connection!.ExecuteScalarAsync<string>("pragma journal_mode"),
                await transaction.Connection!.ExecuteScalarAsync<long>("pragma synchronous")),
            CancellationToken.None);

        journal.ShouldBe("wal");
        synchronous.ShouldBe(2);
    }

    [Fact]
    public async Task Replicas_that_start_at_once_migrate_an_empty_PostgreSQL_together()
    {
        if (!TestDatabase.Engines.Contains(TestDatabase.Postgres, StringComparer.Ordinal))
        {
            output.WriteLine($"Not run: {TestDatabase.PostgresVariable} is not set.");
            return;
        }

        await using var test = await TestDatabase.CreateEmptyAsync(TestDatabase.Postgres);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => test.Open().MigrateAsync(CancellationToken.None)));

        (await new NewsTables(test.Database).ScalarAsync<long>("select count(*) from installation")).ShouldBe(1);
    }

    [Theory]
    [InlineData("Data Source=data/m10bot.db", typeof(SqliteDialect))]
    [InlineData("Host=db.example;Username=m10bot", typeof(PostgresDialect))]
    public async Task The_connection_string_chooses_the_engine(string connectionString, Type engine)
    {
        var folder = Directory.CreateTempSubdirectory("m10bot-test-");
        await using var dialect = StorageRegistration.DialectFor(connectionString.Replace("data/", folder.FullName + "/", StringComparison.Ordinal));
        dialect.ShouldBeOfType(engine);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_tables_stand_before_any_hosted_service_starts()
    {
        var folder = Directory.CreateTempSubdirectory("m10bot-test-");
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={folder.FullName}/m10bot.db")]);
        builder.Services.AddHostedService<CountsInstallations>();
        builder.Services.AddStorage();
        using (var host = builder.Build())
        {
            await host.StartAsync();
            host.Services.GetServices<IHostedService>().OfType<CountsInstallations>().Single().Count.ShouldBe(1);
            await host.StopAsync();
        }

        folder.Delete(recursive: true);
    }

    private sealed class CountsInstallations(Database database) : IHostedService
    {
        public long Count { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) =>
            Count = await new NewsTables(database).ScalarAsync<long>("select count(*) from installation");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
