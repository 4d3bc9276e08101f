namespace M10Bot.Testing;

/// <summary>Documents made to cost time or memory. The benchmark reads them too.</summary>
public static class HostileFeeds
{
    public static IReadOnlyDictionary<string, Func<string>> All { get; } = new SortedDictionary<string, Func<string>>(StringComparer.Ordinal)
    {
        ["100k nested elements"] = () => Rss(Repeat("<a>", 100_000) + Repeat("</a>", 100_000)),
        ["100k nested in a title"] = () => Rss("<item><title>" + Repeat("<b>", 100_000) + Repeat("</b>", 100_000) + "</title></item>"),
        ["100k nested titles"] = () => Rss("<item>" + Repeat("<title>", 100_000)),
        ["100k nested groups"] = () => Rss("<item>" + Repeat("<media:group>", 100_000) + Repeat("</a>", 100_000)),
        ["100k items never closed"] = () => Rss(Repeat("<item>", 100_000)),
        ["100k attributes"] = () => Rss("<item><link " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}='x' ")) + "/></item>"),
        ["100k namespaces"] = () => Rss("<item " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"xmlns:a{i}='urn:x' ")) + "/>"),
        ["100k bases"] = () => Rss("<item>" + Repeat("<link xml:base='a/' href='b'/>", 100_000)),
        ["100k categories"] = () => Rss("<item>" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<category>c{i}</category>"))),
        ["100k authors"] = () => Rss("<item>" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<author>a{i}</author>"))),
        ["500k <"] = () => new string('<', 500_000),
        ["500k < in a title"] = () => Rss("<item><title>" + new string('<', 500_000)),
        ["500k </"] = () => Rss(Repeat("</", 500_000)),
        ["500k <!"] = () => Rss(Repeat("<!", 500_000)),
        ["200k <![>"] = () => Rss(Repeat("<![>", 200_000)),
        ["200k <!-- >"] = () => Rss(Repeat("<!-- >", 200_000)),
        ["200k <? >"] = () => Rss(Repeat("<? >", 200_000)),
        ["200k doctypes"] = () => Repeat("<!DOCTYPE a [>", 200_000) + Rss(""),
        ["200k open CDATA"] = () => Rss(Repeat("<![CDATA[", 200_000)),
        ["300k quotes never closed"] = () => Rss(Repeat("<a b=\"", 300_000)),
        ["300k quotes and brackets"] = () => Rss("<a " + Repeat("\"< '< ", 300_000)),
        ["500k ="] = () => Rss("<item><link " + new string('=', 500_000) + "/></item>"),
        ["500k &"] = () => Rss("<item><title>" + new string('&', 500_000) + "</title></item>"),
        ["entity bomb"] = () => "<!DOCTYPE r [<!ENTITY a0 'ha'>" + string.Concat(Enumerable.Range(1, 60).Select(i => $"<!ENTITY a{i} '&a{i - 1};&a{i - 1};'>"))
            + "]>" + Rss("<item><title>" + Repeat("&a60;", 50_000) + "</title></item>"),
        ["external entity"] = () => "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + Rss("<item><title>&x;</title></item>"),
        ["100k nested arrays"] = () => "{\"items\":" + Repeat("[", 100_000),
        ["100k JSON items"] = () => "{\"items\":[" + Repeat("{},", 100_000) + "]}",
    };

    private static string Rss(string inside) => $"<rss version='2.0'><channel>{inside}</channel></rss>";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
