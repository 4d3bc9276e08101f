namespace M10Bot.News.Ownership;

/// <summary>Names what exactly one process works on at a time: a lane, a shard.</summary>
/// <param name="Kind">Of <see cref="KeyWork.Kind"/>; without a slash.</param>
/// <param name="Name">Which of that kind.</param>
public sealed record OwnedKey(string Kind, string Name)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static OwnedKey Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return new OwnedKey(text[..slash], text[(slash + 1)..]);
    }

    public override string ToString() => $"{Kind}/{Name}";
}
