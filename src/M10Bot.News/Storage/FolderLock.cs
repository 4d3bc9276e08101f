namespace M10Bot.News.Storage;

/// <summary>Keeps a second process off the data folder. The system frees it when the process ends, however it ends.</summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <param name="database">The database's file; the lock lies beside it and stays when it is deleted.</param>
    /// <param name="setting">Where a folder of its own is set.</param>
    /// <exception cref="StorageException">Another process holds the folder.</exception>
    public static FolderLock Take(string database, string setting = "Storage:ConnectionString")
    {
        var path = database + ".lock";
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new StorageException(
                $"Another M10Bot already works with {path}. Stop it first, or give this one a data folder of its own ({setting}).", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
