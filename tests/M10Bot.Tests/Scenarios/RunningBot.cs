using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Tests.Scenarios;

/// <summary>The whole host, as the program builds it, against a simulator of its own, in a folder of its own.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private int _files;

    private RunningBot(Chats chats, IHost host)
    {
        Chats = chats;
        Host = host;
    }

    public Chats Chats { get; }

    public IHost Host { get; }

    /// <summary>Starts simulator and bot; <paramref name="open"/> adds both news channels, as an admin would.</summary>
    public static async Task<RunningBot> StartAsync(bool open = true)
    {
        var chats = await Chats.StartAsync();
        var bot = await StartAsync(chats);
        if (open)
        {
            await chats.OpenChannelsAsync();
        }

        return bot;
    }

    /// <summary>Starts a bot on chats (and a folder) that are already there.</summary>
    public static Task<RunningBot> StartAsync(Chats chats) => StartAsync(chats, chats.Settings);

    public static async Task<RunningBot> StartAsync(Chats chats, IReadOnlyDictionary<string, string?> settings)
    {
        var builder = BotHost.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddFeatures(tryOut: null);
        var host = builder.Build();
        await host.StartAsync();
        await chats.ConnectedAsync();
        return new RunningBot(chats, host);
    }

    /// <summary>Drops an article into the wire folder as the desk would.</summary>
    public Task DropAsync(string text) => Chats.DropAsync($"article-{++_files}.txt", text);

    /// <summary>Stops the bot in good order; the chats go on.</summary>
    public async Task StopAsync()
    {
        await Host.StopAsync();
        Host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Chats.DisposeAsync();
    }
}
