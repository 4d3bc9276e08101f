using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace M10Bot.News.Feeds;

/// <summary>A document as characters, in a borrowed array: it is only there to be read once.</summary>
internal sealed class RentedText : IDisposable
{
    private readonly char[] _characters;
    private readonly int _length;

    private RentedText(char[] characters, int length) => (_characters, _length) = (characters, length);

    public ReadOnlyMemory<char> Memory => _characters.AsMemory(0, _length);

    public ReadOnlySpan<char> Span => _characters.AsSpan(0, _length);

    public static RentedText Of(ReadOnlySpan<byte> body, Encoding encoding)
    {
        var characters = ArrayPool<char>.Shared.Rent(encoding.GetCharCount(body));
        return new RentedText(characters, encoding.GetChars(body, characters));
    }

    /// <returns>Null where it is not UTF-8.</returns>
    public static RentedText? OfUtf8(ReadOnlySpan<byte> body)
    {
        var characters = ArrayPool<char>.Shared.Rent(body.Length);
        if (Utf8.ToUtf16(body, characters, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            return new RentedText(characters, length);
        }

        ArrayPool<char>.Shared.Return(characters);
        return null;
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(_characters);
}
