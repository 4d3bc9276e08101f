using M10Bot.News.Ownership;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Cluster.Tests;

public sealed class TurnTests
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5.5);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public static TheoryData<string> Engines => [.. TestDatabase.Engines];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Replicas_stand_in_one_line(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var (one, other) = (Turns(test), Turns(test));
        (await BookAsync(one)).ShouldBe(TimeSpan.Zero);
        (await BookAsync(other)).ShouldBe(Spacing);
        (await BookAsync(one)).ShouldBe(2 * Spacing);
        (await other.BookAsync("another line", Spacing, CancellationToken.None)).ShouldBe(TimeSpan.Zero);

        _time.Advance(2 * Spacing);
        (await BookAsync(other)).ShouldBe(Spacing);
        _time.Advance(TimeSpan.FromMinutes(1));
        (await BookAsync(one)).ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task All_that_book_at_once_get_turns_of_their_own(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var turns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BookAsync(Turns(test))));
        turns.Order().ShouldBe(Enumerable.Range(0, 8).Select(i => i * Spacing));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_time_that_a_wrong_clock_left_holds_nobody_up(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        _time.Advance(TimeSpan.FromDays(1));
        await BookAsync(Turns(test));
        var behind = new ReplicaTurns(new TurnStore(test.Database, new FakeTimeProvider(_time.GetUtcNow().AddDays(-1))), new LocalTurns(_time), NullLogger<ReplicaTurns>.Instance);
        (await BookAsync(behind)).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Without_the_database_each_keeps_its_own_line()
    {
        await using var test = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        var (database, engine) = test.OpenCuttable();
        var turns = new ReplicaTurns(new TurnStore(database, _time), new LocalTurns(_time), NullLogger<ReplicaTurns>.Instance);
        engine.Cut();
        (await BookAsync(turns)).ShouldBe(TimeSpan.Zero);
        (await BookAsync(turns)).ShouldBe(Spacing);
    }

    private static Task<TimeSpan> BookAsync(ITurns turns) => turns.BookAsync("discord/sign-in/0", Spacing, CancellationToken.None);

    private ReplicaTurns Turns(TestDatabase test) => new(new TurnStore(test.Database, _time), new LocalTurns(_time), NullLogger<ReplicaTurns>.Instance);
}
