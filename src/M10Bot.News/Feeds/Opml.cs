using System.Text;
using System.Xml;
using M10Bot.News.Markup;

namespace M10Bot.News.Feeds;

/// <summary>Lists of feeds as feed readers exchange them (OPML 1.0 and 2.0, opml.org/spec2.opml).</summary>
public static class Opml
{
    /// <summary>Feeds of one file; what comes after is left.</summary>
    public const int Most = 5000;

    private const int LongestAddress = 2000;
    private const int LongestName = 60;

    /// <summary>Every outline with an address, however deep, once each. Never throws for what stands in the file, reads no DTD.</summary>
    public static OpmlList Read(ReadOnlySpan<byte> file)
    {
        using var text = FeedText.Decode(file, null);
        var feeds = new List<OpmlFeed>();
        var refused = new List<string>();
        var isCut = false;
        var known = new HashSet<string>(StringComparer.Ordinal);
        var tokens = new MarkupTokenizer(text.Span);
        while (!isCut && tokens.NextTag())
        {
            if (tokens.Kind != MarkupKind.Open || !tokens.Name.Equals("outline", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var outline = new FeedAttributes(tokens.Attributes, null);
            if ((outline["xmlUrl"] ?? outline["url"]) is not { Length: > 0 } written)
            {
                continue; // a folder
            }

            if (Address(written) is not { } url)
            {
                refused.Add(written);
                isCut = refused.Count >= Most;
            }
            else if (known.Contains(url))
            {
                continue;
            }
            else if (feeds.Count == Most)
            {
                isCut = true;
            }
            else
            {
                known.Add(url);
                var name = MarkupText.ToPlain(outline["title"] ?? outline["text"] ?? "");
                feeds.Add(new OpmlFeed(url, name.Length is 0 ? new Uri(url).Host : name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}…", Address(outline["htmlUrl"])));
            }
        }

        return new OpmlList(feeds, refused, isCut);
    }

    public static byte[] Write(IEnumerable<OpmlFeed> feeds, DateTimeOffset now)
    {
        using var file = new MemoryStream();
        using (var xml = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = true }))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("head");
            xml.WriteElementString("title", "Feeds of M10Bot");
            xml.WriteElementString("dateCreated", now.ToString("r", System.Globalization.CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            foreach (var feed in feeds)
            {
                xml.WriteStartElement("outline");
                xml.WriteAttributeString("type", "rss");
                xml.WriteAttributeString("text", feed.Source);
                xml.WriteAttributeString("title", feed.Source);
                xml.WriteAttributeString("xmlUrl", feed.Url);
                if (feed.Home is not null)
                {
                    xml.WriteAttributeString("htmlUrl", feed.Home);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndDocument();
        }

        return file.ToArray();
    }

    private static string? Address(string? written) =>
        written is { Length: > 0 and <= LongestAddress } && Uri.TryCreate(written.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address.AbsoluteUri
            : null;
}

/// <summary>What a list names.</summary>
/// <param name="Refused">What stands where an address should and is none that can be fetched.</param>
/// <param name="IsCut">There are more.</param>
public sealed record OpmlList(IReadOnlyList<OpmlFeed> Feeds, IReadOnlyList<string> Refused, bool IsCut);

/// <summary>One feed of a list.</summary>
/// <param name="Source">The publisher's name, as it is credited.</param>
/// <param name="Home">The publisher's page; null where it is not said.</param>
public sealed record OpmlFeed(string Url, string Source, string? Home);
