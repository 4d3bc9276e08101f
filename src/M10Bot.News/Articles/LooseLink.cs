namespace M10Bot.News.Articles;

/// <summary>An address reduced to what tells two pages apart.</summary>
/// <param name="Page">Host and path, lower case, without www and a last slash.</param>
/// <param name="Query">What is left of the query once the marks of trackers are gone.</param>
internal sealed record LooseLink(string Page, string Query)
{
    private static readonly HashSet<string> Trackers = new(StringComparer.OrdinalIgnoreCase)
    {
        "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "cmp", "cmpid", "smid", "ref", "ref_src", "taid",
    };

    /// <summary>Null where it is no http(s) address.</summary>
    public static LooseLink? Of(string link)
    {
        if (!Uri.TryCreate(link.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var host = uri.IdnHost.ToLowerInvariant();
        foreach (var prefix in (ReadOnlySpan<string>)["www.", "m.", "amp."])
        {
            host = host.StartsWith(prefix, StringComparison.Ordinal) ? host[prefix.Length..] : host;
        }

        var kept = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(IsOwn).Order(StringComparer.Ordinal);
        return new LooseLink(host + uri.AbsolutePath.TrimEnd('/').ToLowerInvariant(), string.Join('&', kept));
    }

    /// <summary>The same for every spelling of one page.</summary>
    public string Key => Query.Length == 0 ? Page : $"{Page}?{Query}";

    /// <summary>Host alone, without www.</summary>
    public string Host => Page.Split('/')[0];

    /// <summary>The ways in which publishers most often write it.</summary>
    public string[] Spellings()
    {
        var query = Query.Length == 0 ? "" : $"?{Query}";
        var page = $"{Page}{query}";
        var closed = $"{Page}/{query}";
        return
        [
            $"https://{page}", $"https://{closed}", $"https://www.{page}", $"https://www.{closed}",
            $"http://{page}", $"http://{closed}", $"http://www.{page}", $"http://www.{closed}",
        ];
    }

    private static bool IsOwn(string parameter)
    {
        var name = parameter.Split('=')[0];
        return !name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) && !Trackers.Contains(name);
    }
}
