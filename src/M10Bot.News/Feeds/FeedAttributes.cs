using System.Net;

namespace M10Bot.News.Feeds;

/// <summary>One tag's attributes, decoded when asked for, and the base that addresses in it are relative to.</summary>
internal sealed class FeedAttributes
{
    private readonly string _attributes;

    public FeedAttributes(string attributes, Uri? outer)
    {
        _attributes = attributes;
        Base = attributes.Contains("xml:base", StringComparison.OrdinalIgnoreCase) && this["xml:base"] is { Length: > 0 } own
            && Uri.TryCreate(outer ?? new Uri("about:blank"), own, out var resolved) && resolved.Scheme is "http" or "https"
            ? resolved
            : outer;
    }

    public Uri? Base { get; }

    /// <summary>Null where the attribute is not there.</summary>
    public string? this[string name]
    {
        get
        {
            if (_attributes.Length == 0)
            {
                return null;
            }

            var rest = _attributes.AsSpan();
            for (var i = 0; i < 200 && MarkupTokenizer.TakeAttribute(ref rest, out var found, out var value); i++)
            {
                if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return value.Contains('&') ? WebUtility.HtmlDecode(value.ToString()).Trim() : value.Trim().ToString();
                }
            }

            return null;
        }
    }

    /// <summary>Absolute where a base is known; null for what is no address.</summary>
    public string? Resolve(string? link)
    {
        var trimmed = link?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        return Base is { } from && !trimmed.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(from, trimmed, out var resolved)
            ? resolved.OriginalString.Length > 0 ? resolved.AbsoluteUri : trimmed
            : trimmed;
    }
}
