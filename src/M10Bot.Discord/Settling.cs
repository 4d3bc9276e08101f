using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord;

/// <summary>Finds out whether a message was posted whose end nobody saw, once the nonce no longer guards a repeat.</summary>
internal sealed class Settling(DiscordRest rest, DiscordOptions options, TimeProvider time)
{
    private const int MostPages = 5;
    public const int PageSize = 100;
    public static readonly TimeSpan ClockDoubt = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilItShows = TimeSpan.FromSeconds(5);

    /// <summary>For what has no nonce: until then the request may still be under way, and that it is not there says nothing. Null afterwards.</summary>
    public static SettleOutcome.Later? TooEarly(DateTimeOffset attempted, DiscordOptions options, TimeProvider time) =>
        attempted + options.RequestTimeout + UntilItShows is var shown && time.GetUtcNow() < shown
            ? new SettleOutcome.Later(shown, "It is soon looked whether the message arrived.")
            : null;

    public static SettleOutcome Unasked(RestReply reply, TimeProvider time) => reply switch
    {
        RestReply.NotNow notNow => new SettleOutcome.Later(time.GetUtcNow() + notNow.Wait, notNow.Why),
        RestReply.Unseen unseen => new SettleOutcome.Later(time.GetUtcNow() + TimeSpan.FromSeconds(10), unseen.Why),
        RestReply.Failed failed => new SettleOutcome.Unknowable(DiscordErrors.For(failed.Error).Why),
        _ => throw new InvalidOperationException("This was answered."),
    };

    /// <summary>Reads the channel from just before the attempt until just after it, and looks for the delivery's mark.</summary>
    public async Task<SettleOutcome> LookAsync(string channel, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct)
    {
        var mark = Mark.OfKey(key);
        var after = Snowflake.At(attempted - ClockDoubt);
        var until = Snowflake.At(attempted + options.NonceWindow + options.RequestTimeout + ClockDoubt); // so long it was repeated under its nonce
        for (var page = 0; page < MostPages; page++)
        {
            var reply = await rest.SendAsync(RestCall.GetMessagesAfter(channel, after), ct);
            if (reply is not RestReply.Done done)
            {
                return Unasked(reply, time);
            }

            if (DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWireArray) is not { } messages)
            {
                return Unasked(new RestReply.Unseen("Discord's answer could not be read"), time);
            }

            if (messages.FirstOrDefault(m => Snowflake.IsValid(m?.Id) && Mark.IsIn(m!.Components, mark)) is { Id: { } id })
            {
                return new SettleOutcome.Found(new Receipt(channel, id));
            }

            if (messages.Length == 0 && page == 0)
            {
                return await LookAtChannelAsync(channel, after, ct);
            }

            var last = messages.Select(m => Snowflake.TryParse(m?.Id, out var read) ? read : 0).Append(after).Max();
            if (messages.Length < PageSize || last >= until)
            {
                return new SettleOutcome.SafeToRepeat();
            }

            after = last;
        }

        return new SettleOutcome.Unknowable("too much was said in the channel since");
    }

    /// <summary>The first messages after a time, for those whose content the bot is not shown.</summary>
    /// <returns>The messages, or why they can't be had.</returns>
    public async Task<(IReadOnlyList<MessageWire?>? Page, SettleOutcome? Unread)> PageAsync(string channel, DateTimeOffset since, CancellationToken ct)
    {
        var after = Snowflake.At(since);
        var reply = await rest.SendAsync(RestCall.GetMessagesAfter(channel, after), ct);
        if (reply is not RestReply.Done done || DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWireArray) is not { } messages)
        {
            return (null, Unasked(reply is RestReply.Done ? new RestReply.Unseen("Discord's answer could not be read") : reply, time));
        }

        return messages.Length > 0 || await LookAtChannelAsync(channel, after, ct) is SettleOutcome.SafeToRepeat
            ? (messages, null)
            : (null, new SettleOutcome.Unknowable("the bot may not read the channel's history (permission Read Message History)"));
    }

    // Without Read Message History Discord shows an empty channel; its last message's id tells that from a quiet one.
    private async Task<SettleOutcome> LookAtChannelAsync(string channel, ulong after, CancellationToken ct)
    {
        var reply = await rest.SendAsync(RestCall.GetChannel(channel), ct);
        if (reply is not RestReply.Done done)
        {
            return Unasked(reply, time);
        }

        return DiscordJson.Read(done.Body, DiscordJson.Wire.ChannelWire) is { } seen && (!Snowflake.TryParse(seen.LastMessageId, out var last) || last <= after)
            ? new SettleOutcome.SafeToRepeat()
            : new SettleOutcome.Unknowable("the bot may not read the channel's history (permission Read Message History)");
    }
}
