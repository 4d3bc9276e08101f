namespace M10Bot.News.Wire;

/// <summary>The page of a ninjs item. Its uri is an identifier and no link (ninjs 3.1, <c>uri</c>).</summary>
internal static class NinjsLink
{
    private const int Longest = 2000;
    private static readonly string[] Roles = ["url", "link", "web", "canonical", "permalink"];

    /// <summary>A rendition that is a web page, else an alternative id that says it is an address; null where there is neither.</summary>
    public static string? Of(NinjsFields item)
    {
        foreach (var rendition in Renditions(item))
        {
            var type = rendition.Line("contenttype", "mimetype") ?? "";
            var name = rendition.Line("name")?.ToLowerInvariant() ?? "";
            if ((type.Contains("html", StringComparison.OrdinalIgnoreCase) || (type.Length == 0 && Roles.Contains(name, StringComparer.Ordinal)))
                && Web(rendition.Line("href")) is { } page)
            {
                return page;
            }
        }

        return item.Many("altids")
            .Where(id => Roles.Contains(id.Line("role")?.ToLowerInvariant(), StringComparer.Ordinal))
            .Select(id => Web(id.Line("value")))
            .FirstOrDefault(page => page is not null);
    }

    // A list in 2.x and 3.x; in 1.x an object with a field for each.
    private static IEnumerable<NinjsFields> Renditions(NinjsFields item) => item["renditions"] switch
    {
        { ValueKind: System.Text.Json.JsonValueKind.Array } list => list.EnumerateArray().Select(e => new NinjsFields(e)),
        { ValueKind: System.Text.Json.JsonValueKind.Object } named => named.EnumerateObject().Select(field => new NinjsFields(field.Value)),
        _ => [],
    };

    private static string? Web(string? address) => address is { Length: <= Longest } && WireHeader.IsWebAddress(address) ? address : null;
}
