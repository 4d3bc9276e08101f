using System.Security.Cryptography;
using System.Text;

namespace M10Bot.News.Wire;

/// <summary>The bytes of a wire file as text.</summary>
internal static class WireFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Little = new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Big = new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Names that editors and copiers use while they are not done.</summary>
    public static bool IsPassing(string name) =>
        name.StartsWith('.') || name.StartsWith('~') || name.StartsWith('#') || name.EndsWith('~')
        || Path.GetExtension(name).ToUpperInvariant() is ".TMP" or ".PART" or ".SWP" or ".SWX" or ".CRDOWNLOAD";

    /// <returns>The text, or what is wrong with it.</returns>
    public static (string? Text, string? Fault) Decode(byte[] bytes)
    {
        var (encoding, skip) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)Utf8, 3),
            [0xFF, 0xFE, ..] => (Utf16Little, 2),
            [0xFE, 0xFF, ..] => (Utf16Big, 2),
            _ => (Utf8, 0),
        };
        try
        {
            var text = encoding.GetString(bytes, skip, bytes.Length - skip);
            return text.Contains('\0', StringComparison.Ordinal)
                ? (null, "The file is not plain text. Save the article as plain text (UTF-8) and drop it again.")
                : string.IsNullOrWhiteSpace(text) ? (null, "The file is empty. Write the article into it and drop it again.") : (text, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "The file is not in UTF-8. Save it with the encoding UTF-8 and drop it again.");
        }
    }
}
