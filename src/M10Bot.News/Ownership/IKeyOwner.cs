namespace M10Bot.News.Ownership;

/// <summary>Decides which process works on a key: this one, where there is no other, or one of the replicas.</summary>
/// <remarks>
/// A wake may be lost (the replica it went to may be dying), so callers repeat it on a slow tick. Owning a key is no fence
/// either: two processes may believe it for a while, and the work itself must bear that.
/// </remarks>
public interface IKeyOwner
{
    /// <summary>Has the key's owner, found or made, look whether there is something to do. Never waits, never throws.</summary>
    void Wake(OwnedKey key);
}

/// <summary>One machine: this process owns every key.</summary>
internal sealed class LocalOwner(OwnedKeys keys) : IKeyOwner
{
    public void Wake(OwnedKey key) => keys.TryWake(key, out _);
}
