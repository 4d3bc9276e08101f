using System.Buffers;
using System.Text.Unicode;

namespace M10Bot.News.Feeds;

/// <summary>Text that Atom carries in Base64.</summary>
internal static class FeedBase64
{
    /// <summary>RFC 4287 §4.1.3.3: a media type that is neither text nor XML.</summary>
    public static bool IsMeant(string? type) => type is not null
        && type.Contains('/', StringComparison.Ordinal)
        && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        && !type.Contains("xml", StringComparison.OrdinalIgnoreCase);

    /// <returns>What it says; as it stands where it is no Base64, nothing where it is no text (a picture).</returns>
    public static string Read(string text)
    {
        if (text.Contains(' ', StringComparison.Ordinal))
        {
            return text; // words
        }

        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            if (!Convert.TryFromBase64String(text, bytes, out var length))
            {
                return text;
            }

            var characters = new char[length];
            return Utf8.ToUtf16(bytes.AsSpan(0, length), characters, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done
                ? new string(characters, 0, written)
                : "";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
