namespace M10Bot.News.Reading;

/// <summary>The file that taught topics are kept in.</summary>
public static class TopicModelFile
{
    /// <summary>Null where there is no such file.</summary>
    /// <exception cref="InvalidDataException">It is no model of ours.</exception>
    public static TopicModel? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var stream = new MemoryStream(File.ReadAllBytes(path));
        return TopicModel.Read(stream);
    }

    /// <summary>What is wrong with it; null where it is sound or not there.</summary>
    public static string? Fault(string path)
    {
        try
        {
            Load(path);
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Written aside and put in its place: a reader finds the old one or the new one.</summary>
    public static void Save(TopicModel model, string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using (var stream = File.Create(full + ".new"))
        {
            model.Write(stream);
        }

        File.Move(full + ".new", full, overwrite: true);
    }
}
