using System.Collections.Concurrent;

namespace M10Bot.Discord;

/// <summary>Channels where Discord has lately dropped an embed; an embed is tried there again after an hour.</summary>
internal sealed class EmbedlessChannels(TimeProvider time)
{
    private const int Most = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public void Add(string channel)
    {
        if (_until.Count >= Most)
        {
            _until.Clear(); // it only saves a request
        }

        _until[channel] = time.GetUtcNow() + Remembered;
    }

    public bool IsIn(string channel) => !_until.IsEmpty && _until.TryGetValue(channel, out var until) && until > time.GetUtcNow();
}
