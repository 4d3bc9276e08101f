using System.Text;
using System.Text.RegularExpressions;

namespace M10Bot.News.Feeds;

/// <summary>Turns a document's bytes into text, whatever its sender says or does not say about the charset.</summary>
/// <remarks>
/// Order: byte-order mark; shape of UTF-16/32 without one; what is valid UTF-8; the HTTP charset (RFC 7303: it outranks
/// the document); the XML declaration; windows-1252, which every byte is valid in.
/// </remarks>
internal static partial class FeedText
{
    private const int DeclarationReach = 400;

    static FeedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static RentedText Decode(ReadOnlySpan<byte> body, string? contentType)
    {
        if (ByMark(body) is { } marked)
        {
            return RentedText.Of(body[marked.Length..], marked.Encoding);
        }

        if (ByShape(body) is { } shaped)
        {
            return RentedText.Of(body, shaped);
        }

        var declared = Named(CharsetOf(contentType)) ?? Named(Declared(body)) ?? Encoding.UTF8;
        if (declared.IsSingleByte && !IsAnyLatin(declared))
        {
            return RentedText.Of(body, declared);
        }

        // A wrong label is common, and text that is valid UTF-8 by chance is not.
        return RentedText.OfUtf8(body) ?? RentedText.Of(body, declared is UTF8Encoding || IsAnyLatin(declared) ? Windows1252 : declared);
    }

    private static Encoding Windows1252 => Encoding.GetEncoding(1252);

    // us-ascii, iso-8859-1
    private static bool IsAnyLatin(Encoding encoding) => encoding.CodePage is 20127 or 28591;

    private static (Encoding Encoding, int Length)? ByMark(ReadOnlySpan<byte> body) => body switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0x00, 0x00, ..] => (Encoding.UTF32, 4),
        [0x00, 0x00, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    // "<" or "{" with zero bytes round it.
    private static Encoding? ByShape(ReadOnlySpan<byte> body) => body switch
    {
        [0x00, 0x00, 0x00, 0x3C or 0x7B, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        [0x3C or 0x7B, 0x00, 0x00, 0x00, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        [0x00, 0x3C or 0x7B, ..] => Encoding.BigEndianUnicode,
        [0x3C or 0x7B, 0x00, ..] => Encoding.Unicode,
        _ => null,
    };

    private static string? CharsetOf(string? contentType) =>
        contentType is not null && Charset().Match(contentType) is { Success: true } match ? match.Groups["name"].Value : null;

    private static string? Declared(ReadOnlySpan<byte> body)
    {
        var head = Encoding.Latin1.GetString(body[..Math.Min(body.Length, DeclarationReach)]);
        return Declaration().Match(head) is { Success: true } match ? match.Groups["name"].Value : null;
    }

    private static Encoding? Named(string? name)
    {
        try
        {
            // Latin-1 labels mean windows-1252 in practice (WHATWG Encoding Standard).
            return name is null ? null : Encoding.GetEncoding(name.Trim()) is { CodePage: 28591 } ? Windows1252 : Encoding.GetEncoding(name.Trim());
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("""charset\s*=\s*["']?(?<name>[^\s;"']+)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Charset();

    [GeneratedRegex("""<\?xml[^>]*?encoding\s*=\s*["'](?<name>[^"']+)["']""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Declaration();
}
