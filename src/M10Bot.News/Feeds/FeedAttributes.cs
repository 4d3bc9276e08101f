using System.Buffers;
using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>One tag's attributes, looked up and decoded when asked for, and the base that addresses in it are relative to.</summary>
internal readonly ref struct FeedAttributes(ReadOnlySpan<char> attributes, Uri? outer)
{
    private static readonly SearchValues<string> Xml = SearchValues.Create(["xml"], StringComparison.OrdinalIgnoreCase);
    private const int Most = 200;
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("= \t\r\n/");
    private readonly ReadOnlySpan<char> _attributes = attributes;

    /// <summary>Its own <c>xml:base</c>, else the outer one. Worked out at each call: few tags have addresses in them.</summary>
    public Uri? Base => MayDeclare(_attributes) && _attributes.Contains("xml:base", StringComparison.OrdinalIgnoreCase) && this["xml:base"] is { Length: > 0 } own
        && (outer is null ? Uri.TryCreate(own, UriKind.Absolute, out var resolved) : Uri.TryCreate(outer, own, out resolved))
        && resolved.Scheme is "http" or "https"
        ? resolved
        : outer;

    /// <summary>Null where the attribute is not there.</summary>
    public string? this[string name]
    {
        get
        {
            var rest = _attributes;
            for (var i = 0; i < Most && !rest.IsEmpty && Take(ref rest, out var found, out var value); i++)
            {
                if (found.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return Decode(value.Trim());
                }
            }

            return null;
        }
    }

    /// <summary>Whether the tag may declare a namespace or a base: hardly one does.</summary>
    public static bool MayDeclare(ReadOnlySpan<char> attributes) => attributes.Length > "xmlns".Length && attributes.ContainsAny(Xml);

    // What stands in half of all tags is not copied each time.
    private static string Decode(ReadOnlySpan<char> value) => value switch
    {
        "true" => "true",
        "false" => "false",
        "html" => "html",
        "text" => "text",
        "text/html" => "text/html",
        "alternate" => "alternate",
        _ => MarkupEntities.Decode(value),
    };

    /// <summary>Takes the first attribute off <paramref name="rest"/>; false where none is left.</summary>
    public static bool Take(scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        var start = 0;
        while (start < rest.Length && rest[start] is ' ' or '\t' or '\r' or '\n' or '/' or '"' or '\'' or '=')
        {
            start++;
        }

        rest = rest[start..];
        value = default;
        var end = rest.IndexOfAny(NameEnds);
        name = end < 0 ? rest : rest[..end];
        if (name.IsEmpty)
        {
            return false;
        }

        rest = end < 0 ? default : rest[end..].TrimStart();
        if (rest.IsEmpty || rest[0] != '=')
        {
            return true;
        }

        rest = rest[1..].TrimStart();
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] is '"' or '\'')
        {
            var close = rest[1..].IndexOf(rest[0]);
            value = close < 0 ? rest[1..] : rest.Slice(1, close);
            rest = close < 0 ? default : rest[(close + 2)..];
            return true;
        }

        var stop = rest.IndexOfAny(" \t\r\n");
        value = stop < 0 ? rest : rest[..stop];
        rest = stop < 0 ? default : rest[stop..];
        return true;
    }

    /// <summary>Absolute where a base is known; null for nothing.</summary>
    public string? Resolve(string? link)
    {
        var trimmed = link?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        return !FeedLinks.HasScheme(trimmed) && Base is { } from && Uri.TryCreate(from, trimmed, out var resolved) ? resolved.AbsoluteUri : trimmed;
    }
}
