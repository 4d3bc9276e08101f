using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Tests;

public sealed class QuietTrimTests
{
    private const long Megabyte = 1024 * 1024;

    /// <remarks>
    /// The clock only moves once the last tick was looked at: each look asks what was allocated, and the test waits for that.
    /// </remarks>
    [Fact]
    public async Task Memory_is_given_back_after_a_burst_once_all_is_quiet_and_not_for_nothing()
    {
        var time = new FakeTimeProvider();
        var looked = System.Threading.Channels.Channel.CreateUnbounded<bool>();
        var allocated = 0L;
        var trims = 0;
        var pages = 0;
        using var trim = new QuietTrim(time, new QuietTrim.Memory(
            () =>
            {
                var now = Interlocked.Read(ref allocated);
                looked.Writer.TryWrite(true);
                return now;
            },
            () => Interlocked.Increment(ref trims),
            () => Interlocked.Increment(ref pages)));
        await trim.StartAsync(CancellationToken.None);
        await LookedAsync(2); // what stands at the start

        async Task TickAsync(long megabytes, int looks = 1)
        {
            Interlocked.Add(ref allocated, megabytes * Megabyte);
            time.Advance(TimeSpan.FromSeconds(3));
            await LookedAsync(looks);
        }

        async Task LookedAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await looked.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            }
        }

        await TickAsync(0);
        await TickAsync(0);
        await TickAsync(0);
        await TickAsync(0);
        Volatile.Read(ref pages).ShouldBe(2, "what the start touched: one look, one time given back");
        await TickAsync(20);
        await TickAsync(20);
        Volatile.Read(ref trims).ShouldBe(0, "a burst is under way");
        await TickAsync(0, looks: 2); // the trim itself looks again
        Volatile.Read(ref trims).ShouldBe(1);
        await TickAsync(0);
        await TickAsync(3);
        await TickAsync(0);
        Volatile.Read(ref trims).ShouldBe(1, "it is not worth it");
        await TickAsync(6);
        await TickAsync(0, looks: 2);
        Volatile.Read(ref trims).ShouldBe(2);
        await TickAsync(0);
        await TickAsync(0);
        await TickAsync(0);
        await TickAsync(0);
        Volatile.Read(ref pages).ShouldBe(6, "twice after each time that memory was given back");
        await trim.StopAsync(CancellationToken.None);
    }
}
