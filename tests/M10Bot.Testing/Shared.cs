namespace M10Bot.Testing;

/// <summary>Measuring material beside the repository; absent on most machines.</summary>
public static class Shared
{
    /// <summary>The path of a file or folder, or null where it is not there.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "M10Bot.sln")))
            {
                var path = Path.Combine(folder.Parent!.FullName, "shared", name);
                return Path.Exists(path) ? path : null;
            }
        }

        return null;
    }
}
