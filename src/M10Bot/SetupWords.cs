using M10Bot.News.Commands;
using M10Bot.Slack;
using Microsoft.Extensions.DependencyInjection;

namespace M10Bot;

/// <summary>What the platforms' own pages want, made from what the program does.</summary>
internal static class SetupWords
{
    /// <summary>The manifest for Slack's page <i>Create an app from a manifest</i>.</summary>
    /// <param name="args">The https address for HTTP; nothing for Socket Mode. Settings like <c>--Slack:Command /news</c> count.</param>
    public static (string Text, int ExitCode) SlackManifest(string[] args)
    {
        Uri? address = null;
        var settings = args;
        if (args is [var first, ..] && !first.StartsWith('-'))
        {
            settings = args[1..];
            if (!Uri.TryCreate(first, UriKind.Absolute, out address) || address.Scheme != Uri.UriSchemeHttps)
            {
                return ($"\"{first}\" is no https address. For HTTP: m10bot manifest slack https://m10bot.example.org; for Socket Mode leave it out.", 2);
            }
        }

        var builder = BotHost.CreateBuilder(settings);
        builder.AddFeatures(tryOut: null);
        using var host = builder.Build();
        var specs = host.Services.GetRequiredService<CommandDispatcher>().Specs;
        var command = builder.Configuration["Slack:Command"] ?? new SlackOptions().Command;
        return (Slack.SlackManifest.Of(specs, command, address).TrimEnd(), 0);
    }

    /// <summary>The address that invites the bot into a Discord server.</summary>
    /// <param name="args">The application's id; else it is taken from the settings or the token.</param>
    public static (string Text, int ExitCode) DiscordInvite(string[] args)
    {
        var isId = args is [var first, ..] && first.All(char.IsAsciiDigit);
        var configuration = BotHost.CreateBuilder(isId ? args[1..] : args).Configuration;
        var id = isId ? args[0] : configuration["Discord:ApplicationId"] is { Length: > 0 } known ? known : Discord.DiscordInvite.ApplicationIn(configuration["Discord:Token"] ?? "");
        return id is null
            ? ("Which application? Say its id: m10bot invite discord 1234567890; it stands on the application's page. With Discord:Token set it is known.", 2)
            : (Discord.DiscordInvite.Of(id), 0);
    }
}
