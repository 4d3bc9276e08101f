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

    /// <summary>The names of what the try-out keeps, less what SQLite makes and removes as it goes.</summary>
    public IReadOnlyList<string> TryOutFiles() =>
    [
        .. new DirectoryInfo(Path.Combine(_folder.FullName, "try-out")).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(f => f.Name).Where(n => !n.EndsWith("-wal", StringComparison.Ordinal) && !n.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Delete(recursive: true);
}
