using M10Bot.News.Desk;
using M10Bot.News.Storage;
using M10Bot.Simulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace M10Bot.TryOut;

/// <summary>A Discord and a Slack on loopback for the bot to talk to when no token is set.</summary>
internal sealed class SimulatedChats(SimulatorHost simulator, WireDrop wire, TryOutWindow window, TryOutOptions options, FolderLock folderLock) : IAsyncDisposable
{
    private const string DatabaseFile = "m10bot.db";
    private static readonly string[] DatabaseEnds = ["", "-wal", "-shm", "-journal"];

    // Of the simulated chats: their role "Editors", and Edi Editor.
    private const string EditorsOnDiscord = "1300000000000000102";
    private const string EditorOnSlack = "U0EDITOR";

    public SimulatorHost Simulator => simulator;

    public WireDrop Wire => wire;

    public TryOutOptions Options => options;

    /// <summary>Keeps a second trial off the folder, from before anything of it is touched.</summary>
    public FolderLock Lock => folderLock;

    /// <summary>The one line a newcomer reads.</summary>
    public string Welcome =>
        $"M10Bot is ready. Open {simulator.Address} and type /subscribe Ukraine, press Why? under the headline, or send an article to the wire. (Ctrl+C ends the trial and keeps nothing.)";

    /// <summary>Starts the simulator and points the settings at it; null where a token is set.</summary>
    /// <remarks>Apart, so that with a token nothing of the simulator is loaded.</remarks>
    public static async Task<SimulatedChats?> StartIfNoTokenAsync(HostApplicationBuilder builder) =>
        HasAny(builder.Configuration, "Discord:Token", "Slack:BotToken", "Slack:AppToken", "Slack:ClientId") ? null : await StartAsync(builder);

    private static async Task<SimulatedChats> StartAsync(HostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var options = Read(configuration);
        Directory.CreateDirectory(options.Folder);
        var database = Path.Combine(Path.GetFullPath(options.Folder), DatabaseFile);
        var folderLock = FolderLock.Take(database, "TryOut:Folder");
        var wireFolder = Path.Combine(options.Folder, "wire");
        var wire = new WireDrop(wireFolder, TimeProvider.System);
        var window = new TryOutWindow();
        var simulated = new SimulatorOptions
        {
            Port = options.Port,
            Bot = new BotWindow((text, ct) => window.SendAsync(wire, text, ct), SampleArticles.All, window.WhatHappenedAsync),
        };
        var simulator = await StartAsync(simulated);
        configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Discord:Token"] = simulated.DiscordToken,
            ["Discord:ApiBase"] = simulator.DiscordApi,
            ["Slack:BotToken"] = simulated.SlackBotToken,
            ["Slack:AppToken"] = simulated.SlackAppToken,
            ["Slack:ApiBase"] = simulator.SlackApi,
            ["Discord:EditorRoleIds:0"] = EditorsOnDiscord,
            ["Slack:Editors:0"] = EditorOnSlack,
            ["Storage:ConnectionString"] = $"Data Source={database}",
            ["Wire:Folder"] = wireFolder,
            ["Discord:KeyFolder"] = Path.Combine(options.Folder, "keys"),
        });
        TryOutSender.Open(configuration, options.Folder);
        return new SimulatedChats(simulator, wire, window, options, folderLock);
    }

    /// <summary>Gives the page its view into the bot, once the bot is built.</summary>
    public void LookInto(WhatHappened bot) => window.Bot = bot;

    /// <summary>Takes away what the trial before left. Only once the settings are known to be good: a start that is refused takes nothing.</summary>
    /// <remarks>Only what a trial made itself: the folder may be anybody's. The lock stays, or the next start would not see that this one runs.</remarks>
    public void Empty()
    {
        foreach (var file in DatabaseEnds.Select(end => Path.Combine(options.Folder, DatabaseFile + end)))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.CreateDirectory(Path.Combine(options.Folder, "wire")).EnumerateFiles("article-*", SearchOption.AllDirectories))
        {
            file.Delete();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await simulator.DisposeAsync();
        folderLock.Dispose();
    }

    private static async Task<SimulatorHost> StartAsync(SimulatorOptions options)
    {
#pragma warning disable RS0030 // the trial starts before the container that Random is injected from
        var random = Random.Shared;
#pragma warning restore RS0030
        try
        {
            return await SimulatorHost.StartAsync(options, TimeProvider.System, random, CancellationToken.None);
        }
        catch (IOException) when (options.Port != 0)
        {
            options.Port = 0; // taken: any free one will do, the welcome line says which
            return await SimulatorHost.StartAsync(options, TimeProvider.System, random, CancellationToken.None);
        }
    }

    private static bool HasAny(IConfiguration configuration, params string[] keys) =>
        keys.Any(key => !string.IsNullOrWhiteSpace(configuration[key]));

    // What the host checks later is needed here already, the port above all.
    private static TryOutOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection("TryOut").Get<TryOutOptions>(o => o.ErrorOnUnknownConfiguration = true) ?? new TryOutOptions();
        var checkedNow = new DataAnnotationValidateOptions<TryOutOptions>(name: null).Validate(name: null, options);
        return checkedNow.Failed ? throw new OptionsValidationException("TryOut", typeof(TryOutOptions), checkedNow.Failures) : options;
    }
}
