using System.Threading.Channels;

namespace M10Bot.Discord.Interactions;

/// <summary>Where commands are to be registered: null for everywhere at once, or one server.</summary>
internal sealed class RegistrationQueue(DiscordOptions options)
{
    private readonly Channel<string?> _channel = Channel.CreateUnbounded<string?>();

    public void SignedIn()
    {
        if (options.CommandScope == CommandScope.Global)
        {
            _channel.Writer.TryWrite(null);
        }
    }

    public void Arrived(string guild)
    {
        if (options.CommandScope == CommandScope.Guild && (options.GuildId is null || string.Equals(options.GuildId, guild, StringComparison.Ordinal)))
        {
            _channel.Writer.TryWrite(guild);
        }
    }

    public IAsyncEnumerable<string?> ReadAllAsync(CancellationToken ct) => _channel.Reader.ReadAllAsync(ct);
}
