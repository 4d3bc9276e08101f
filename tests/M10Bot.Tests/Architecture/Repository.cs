using System.Runtime.CompilerServices;

namespace M10Bot.Tests.Architecture;

/// <summary>The folders of this repository, found from where the tests were compiled.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file under a folder of the repository.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>A folder beside the repository with data for measuring; null where it is not there.</summary>
    public static string? Shared(string path)
    {
        var full = Path.Combine(Root, "..", "shared", path);
        return File.Exists(full) || Directory.Exists(full) ? full : null;
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "M10Bot.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("M10Bot.sln was not found above the tests.");
        }

        return folder;
    }
}
