using M10Bot.News.Storage;
using M10Bot.TryOut;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot;

/// <summary>The host around the features: where settings come from, how a wrong one is reported, what is said when all is up.</summary>
internal static class BotHost
{
    public static HostApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory, // appsettings.json lies beside the program
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Services.AddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // this is where the injected Random comes from
        builder.Services.AddSingleton(Random.Shared);
#pragma warning restore RS0030
        builder.Services.AddSingleton(QuietTrim.Memory.OfThisProcess);
        builder.Services.AddHostedService<QuietTrim>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return builder;
    }

    /// <param name="compose">Adds the features, and the simulated chats where no token is set.</param>
    /// <returns>The exit code: 0 after an orderly stop, 2 for settings that cannot be used, 1 where the database is not to be had or another process works with it.</returns>
    public static async Task<int> RunAsync(string[] args, Func<HostApplicationBuilder, Task<SimulatedChats?>> compose)
    {
        SimulatedChats? tryOut = null;
        try
        {
            var builder = CreateBuilder(args);
            SettingsCheck.Run(builder.Configuration);
            tryOut = await compose(builder);
            using var host = builder.Build();
            host.Services.GetService<IStartupValidator>()?.Validate(); // before the host logs it with a stack that helps nobody
            tryOut?.Empty();
            await host.StartAsync();
            Output.Line(tryOut?.Welcome ?? Ready(builder.Configuration));
            QuietTrim.Memory.TrimThisProcess(); // what only the start needed
            await host.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (Settings(e) is { } wrong)
        {
            Output.Error($"M10Bot has not started.\n{wrong}");
            return 2;
        }
        catch (StorageException e)
        {
            Output.Error($"M10Bot has not started.\n{e.Message}");
            return 1;
        }
        finally
        {
            if (tryOut is not null)
            {
                await tryOut.DisposeAsync();
            }
        }
    }

    private static string Ready(IConfiguration configuration)
    {
        var discord = string.IsNullOrEmpty(configuration["Discord:Token"]) ? "off" : "on";
        var slack = string.IsNullOrEmpty(configuration["Slack:BotToken"]) && string.IsNullOrEmpty(configuration["Slack:ClientId"]) ? "off" : "on";
        return $"M10Bot is ready. Discord is {discord}, Slack is {slack}. Articles dropped into {Path.GetFullPath(configuration["Wire:Folder"]!)} go out.";
    }

    // What an admin can mend in the settings is told in its own words; anything else is a fault and keeps its stack.
    private static string? Settings(Exception e) => e switch
    {
        SettingsException => e.Message,
        OptionsValidationException options => string.Join('\n', options.Failures),
        AggregateException several => string.Join('\n', several.InnerExceptions.Select(Settings).OfType<string>()) is { Length: > 0 } all ? all : null,
        InvalidOperationException binder => SettingsCheck.Explain(binder.Message),
        _ => null,
    };
}
