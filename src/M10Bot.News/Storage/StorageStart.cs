using Microsoft.Extensions.Hosting;

namespace M10Bot.News.Storage;

/// <summary>The tables stand before anything else of the host starts.</summary>
internal sealed class StorageStart(Database database) : IHostedLifecycleService
{
    /// <exception cref="StorageException">The database does not serve.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.MigrateAsync(cancellationToken);
        }
        catch (Exception e) when (database.Trouble(e) is { } trouble)
        {
            throw new StorageException($"The database {trouble}: {e.Message} Mend that or Storage:ConnectionString, and start again.", e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
