using M10Bot.News.Deliveries;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Deliveries;

public sealed class DeliveryListenerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_one_process_owes_wakes_the_others_on_the_same_server(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var tables = new NewsTables(test.Database);
        await tables.DestinationAsync(Some.Channel("a"), "scripted", "all");
        var signal = new DeliverySignal();
        using var listener = new DeliveryListener(test.Open(), signal, new FakeTimeProvider(), NullLogger<DeliveryListener>.Instance);
        await listener.StartAsync(CancellationToken.None);
        if (engine == TestDatabase.Sqlite)
        {
            await listener.ExecuteTask!.WaitAsync(Patience); // one process has nobody to hear
            return;
        }

        await HeardAsync(signal); // from here on it listens
        await tables.RunAsync(new DeliveryStore(test.Database, TimeProvider.System), await tables.StoryAsync(), DeliveryRank.Flash, Some.Card());
        await HeardAsync(signal);
        await listener.StopAsync(CancellationToken.None);
    }

    private static async Task HeardAsync(DeliverySignal signal)
    {
        using var patience = new CancellationTokenSource(Patience);
        await signal.WaitAsync(patience.Token);
    }
}
