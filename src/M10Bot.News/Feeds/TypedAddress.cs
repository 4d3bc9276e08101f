namespace M10Bot.News.Feeds;

/// <summary>What an admin types as an address, with or without its scheme.</summary>
/// <param name="Address">Null where it is none.</param>
/// <param name="IsGuessed">The scheme was left out: https is meant.</param>
internal readonly record struct TypedAddress(Uri? Address, bool IsGuessed)
{
    public static TypedAddress Read(string typed)
    {
        var text = typed.Trim().TrimStart('<').TrimEnd('>');
        var isGuessed = !text.Contains("://", StringComparison.Ordinal);
        var isAddress = Uri.TryCreate(isGuessed ? $"https://{text}" : text, UriKind.Absolute, out var address)
            && (address.HostNameType != UriHostNameType.Dns || address.Host.Contains('.', StringComparison.Ordinal) || address.IsLoopback);
        return new TypedAddress(isAddress ? address : null, isGuessed);
    }

    /// <summary>What to do about this fault of it.</summary>
    public string Remedy(FetchResult.Failed failed) =>
        IsGuessed && failed.IsUnreached ? $"{failed.Remedy} If the site has no https, type http:// before its address." : failed.Remedy;
}
