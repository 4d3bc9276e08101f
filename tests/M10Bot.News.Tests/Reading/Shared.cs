namespace M10Bot.News.Tests.Reading;

/// <summary>Measuring material beside the repository; absent on most machines.</summary>
internal static class Shared
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
