using System.Buffers;
using System.IO.Compression;

namespace M10Bot.Discord.Gateway;

/// <summary>Discord's <c>zlib-stream</c>: one compression over the whole connection, each message flushed by <c>00 00 FF FF</c>.</summary>
internal sealed class ZlibInflater : IDisposable
{
    private const int MostMessage = 16 * 1024 * 1024;

    private readonly Feed _feed = new();
    private readonly ZLibStream _inflate;
    private readonly ArrayBufferWriter<byte> _message = new(32 * 1024);

    public ZlibInflater() => _inflate = new ZLibStream(_feed, CompressionMode.Decompress);

    /// <summary>The message, once its last part has come; else null. Good until the next call.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such stream, or the message is too large.</exception>
    public ReadOnlyMemory<byte>? Add(ReadOnlySpan<byte> part)
    {
        _feed.Append(part);
        if (!part.EndsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0xFF, 0xFF]))
        {
            return _feed.Length <= MostMessage ? null : throw new InvalidDataException("A compressed message does not end.");
        }

        _message.ResetWrittenCount();
        while (_inflate.Read(_message.GetSpan(16 * 1024)) is var read and > 0)
        {
            _message.Advance(read);
            if (_message.WrittenCount > MostMessage)
            {
                throw new InvalidDataException("A message is too large.");
            }
        }

        return _message.WrittenMemory;
    }

    public void Dispose()
    {
        _inflate.Dispose();
        _feed.Dispose();
    }

    /// <summary>A stream that is fed while it is read; drained, it answers 0 and may go on later.</summary>
    private sealed class Feed : Stream
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => _bytes.WrittenCount - _position;

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Append(ReadOnlySpan<byte> part)
        {
            if (Length == 0)
            {
                _bytes.ResetWrittenCount();
                _position = 0;
            }

            _bytes.Write(part);
        }

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, (int)Length);
            _bytes.WrittenSpan.Slice(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
