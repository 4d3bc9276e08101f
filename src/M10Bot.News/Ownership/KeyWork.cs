namespace M10Bot.News.Ownership;

/// <summary>What the owner of a key does for as long as it owns it. One instance per kind, for all keys of that kind.</summary>
public abstract class KeyWork
{
    /// <summary>Which keys it works on.</summary>
    public abstract string Kind { get; }

    /// <summary>Works until nothing is left to do, or until the key is to be let go (<paramref name="ct"/>), and leaves it ready for the next owner.</summary>
    public abstract Task RunAsync(string name, CancellationToken ct);

    /// <summary>There may be more to do for a key that is being worked on. From any thread.</summary>
    public virtual void Wake(string name)
    {
    }

    /// <summary>The key is free again: from here on a wake starts it anew.</summary>
    public virtual void Ended(string name)
    {
    }
}
