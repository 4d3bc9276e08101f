using System.Security.Cryptography;
using System.Text;
using M10Bot.News.Articles;
using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>By what an entry is known again: its id, else its link with its title, else its words.</summary>
/// <remarks>An entry that is re-dated, re-titled or given a new id shares one of its keys with what it was before, so it stays one article.</remarks>
internal static class EntryIdentity
{
    private const int Sample = 600;

    /// <summary>The strongest first; empty for an entry that says nothing.</summary>
    public static IReadOnlyList<string> Keys(Entry entry)
    {
        var keys = new List<string>(3);
        var link = Canonical(entry.Link);
        var title = Words(entry.Title);
        if (!string.IsNullOrWhiteSpace(entry.Id))
        {
            keys.Add("id:" + Hash(entry.Id.Trim()));
            if (link is not null && title.Length > 0)
            {
                keys.Add("page:" + Hash($"{link} {title}"));
            }
        }
        else if (link is not null)
        {
            keys.Add("link:" + Hash(link));
        }

        var text = Words(entry.Summary ?? entry.Body);
        if (title.Length + text.Length >= 20)
        {
            keys.Add("text:" + Hash($"{title} {text}"));
        }

        return keys;
    }

    /// <summary>Changes when its words do.</summary>
    public static string TextHash(Entry entry) => Hash($"{MarkupText.ToPlain(entry.Title ?? "")}\n{Cut(MarkupText.ToPlain(entry.Body ?? entry.Summary ?? ""))}");

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));

    private static string? Canonical(string? link) => LooseLink.Of(link ?? "") is { } page ? $"{page.Page}?{page.Query}" : null;

    private static string Words(string? markup) =>
        Cut(string.Join(' ', MarkupText.ToPlain(markup ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static string Cut(string text) => text.Length <= Sample ? text : text[..Sample];
}
