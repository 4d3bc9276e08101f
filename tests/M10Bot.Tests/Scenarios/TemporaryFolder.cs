namespace M10Bot.Tests.Scenarios;

/// <summary>A folder for one try-out, and the settings that keep it inside.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("m10bot-start-");

    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder.FullName, "m10bot.db")}",
        ["Wire:Folder"] = Path.Combine(_folder.FullName, "wire"),
        ["TryOut:Folder"] = Path.Combine(_folder.FullName, "try-out"),
        ["TryOut:Port"] = "0",
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
