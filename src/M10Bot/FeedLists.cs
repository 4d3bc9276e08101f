using System.Data.Common;
using M10Bot.News.Feeds;
using M10Bot.News.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace M10Bot;

/// <summary><c>m10bot feeds import FILE</c> and <c>m10bot feeds export [FILE]</c>: the feeds as OPML, without starting the bot.</summary>
internal static class FeedLists
{
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>Null where the words are not ours.</summary>
    public static async Task<(string Text, int ExitCode)?> AnswerAsync(string[] args, CancellationToken ct)
    {
        try
        {
            return args switch
            {
                ["feeds", "import", var file, .. var settings] when IsFile(file) => await ImportAsync(file, settings, ct),
                ["feeds", "export", var file, .. var settings] when IsFile(file) => await ExportAsync(file, settings, ct),
                ["feeds", "export", .. var settings] => await ExportAsync(null, settings, ct),
                ["feeds", ..] => ("m10bot feeds import FILE, or m10bot feeds export [FILE]; the file is OPML.", 2),
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SettingsException or OptionsValidationException or DbException or StorageException or InvalidOperationException)
        {
            return (e.Message, 1);
        }
    }

    private static bool IsFile(string word) => !word.StartsWith('-');

    private static async Task<(string Text, int ExitCode)> ImportAsync(string path, string[] settings, CancellationToken ct)
    {
        if (new FileInfo(path).Length > LargestFile)
        {
            return ($"{path} is longer than {LargestFile / 1024 / 1024} MB and no list of feeds.", 1);
        }

        using var host = Compose(settings);
        await host.Services.GetRequiredService<Database>().MigrateAsync(ct);
        var told = await host.Services.GetRequiredService<FeedImport>().RunAsync(await File.ReadAllBytesAsync(path, ct), "an import", ct);
        if (!told.IsList)
        {
            return ($"{path} names no feed. It must be OPML, with outlines that have an xmlUrl.", 1);
        }

        var refused = told.Refused.Count == 0 ? "" : $" Not taken, for they are no address that the bot fetches: {string.Join(", ", told.Refused.Take(5))}{(told.Refused.Count > 5 ? $" and {told.Refused.Count - 5} more" : "")}.";
        var cut = told.IsCut ? $" What comes after {Opml.Most} feeds was left; split the list." : "";
        return ($"{told.Added} of {told.Added + told.Known} feeds are new and polled once the bot runs; the others were here. What stands in them at the first reading is not sent.{refused}{cut}", 0);
    }

    private static async Task<(string Text, int ExitCode)> ExportAsync(string? path, string[] settings, CancellationToken ct)
    {
        using var host = Compose(settings);
        var feeds = await host.Services.GetRequiredService<FeedStore>().ExportAsync(ct);
        var list = Opml.Write(feeds, host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (path is null)
        {
            return (System.Text.Encoding.UTF8.GetString(list), 0);
        }

        await File.WriteAllBytesAsync(path, list, ct);
        return ($"{feeds.Count} feeds are written to {path}.", 0);
    }

    private static IHost Compose(string[] settings)
    {
        var builder = BotHost.CreateBuilder(settings);
        SettingsCheck.Run(builder.Configuration);
        builder.Services.AddStorage().AddFeeds();
        return builder.Build();
    }
}
