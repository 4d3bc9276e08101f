namespace M10Bot.News.Storage;

/// <summary>Keeps a second process off the data folder. The system frees it when the process ends, however it ends.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StorageException">Another process holds the folder.</exception>
    public static FolderLock Take(string path)
    {
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new StorageException(
                $"Another M10Bot already works with {path}. Stop it first, or give this one a data folder of its own (Storage:ConnectionString).", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
