using System.Reflection;

namespace M10Bot;

/// <summary>The words after <c>m10bot</c> that are answered without starting the bot.</summary>
internal static class CommandLineWords
{
    private const string Usage = """
        m10bot                      runs the bot; without a token it is a try-out with simulated chats
        m10bot --Section:Key value  sets a setting, e.g. --Wire:Folder /srv/wire
        m10bot manifest slack [URL] prints the manifest of the Slack app; with the bot's https address for HTTP, without it for Socket Mode
        m10bot invite discord [ID]  prints the address that lets the bot into a Discord server; ID is the application's
        m10bot feeds import FILE    adds the feeds of an OPML file; stop the bot before, unless it runs on PostgreSQL
        m10bot feeds export [FILE]  writes the feeds that are polled as OPML
        m10bot topics train FILE…   learns topics from archives and shows how well; with --use they are used
        m10bot topics export [FILE] writes what editors put right about topics, to train with
        m10bot --help | --version

        Settings come from appsettings.json, then the environment (Discord__Token), then the command line.
        Discord:Token turns Discord on; Slack:BotToken and Slack:AppToken turn Slack on, Slack:ClientId for many workspaces.
        """;

    /// <summary>Null where the bot is to be started.</summary>
    public static (string Text, int ExitCode)? Answer(string[] args) => args switch
    {
        ["--help" or "-h" or "help", ..] => (Usage, 0),
        ["--version" or "version", ..] => ($"M10Bot {Version}", 0),
        ["manifest", "slack", .. var rest] => SetupWords.SlackManifest(rest),
        ["invite", "discord", .. var rest] => SetupWords.DiscordInvite(rest),
        [var word, ..] when !word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal) =>
            ($"There is no command \"{word}\".\n\n{Usage}", 2),
        _ => null,
    };

    private static string Version =>
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
