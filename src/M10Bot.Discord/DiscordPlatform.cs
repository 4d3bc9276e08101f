using System.Collections.Concurrent;
using System.Text.Json;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord;

/// <summary>Shows cards in Discord.</summary>
internal sealed partial class DiscordPlatform(DiscordRest rest, DiscordOptions options, GuildBook guilds, TimeProvider time, ILogger<DiscordPlatform> logger) : IChatPlatform
{
    private readonly ConcurrentDictionary<string, string> _directs = new(StringComparer.Ordinal);
    private readonly Outcomes _outcomes = new(guilds, time);
    private readonly Settling _settling = new(rest, options, time);
    private readonly Look _look = options.UseComponents ? Look.Components : Look.Classic;

    public Platform Platform => Platform.Discord;

    public TimeSpan RequestTimeout => options.RequestTimeout;

    // A greater burst would only wait here for the ceiling of the whole bot.
    public LanePace Pace { get; } = new(new Rate(options.GlobalPerSecond, Burst: 2));

    public string LaneOf(Destination destination) => "discord";

    public async Task<PostOutcome> PostAsync(Destination to, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (_outcomes.Before(to) is { } no)
        {
            return no;
        }

        var (channel, closed) = await ChannelOfAsync(to, ct);
        if (channel is null)
        {
            return _outcomes.Of(to, closed!, isRepeatable: true);
        }

        var rendering = CardRenderer.Render(card, _look, key);
        var reply = await SendAsync(channel, rendering, r => Post(channel, r, key), card, key, ct);
        if (reply.Reply is not RestReply.Done done)
        {
            return _outcomes.Of(to, reply.Reply, isRepeatable: false);
        }

        if (DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire) is not { } seen || !Snowflake.IsValid(seen.Id))
        {
            return new PostOutcome.InDoubt("Discord's answer did not name the message");
        }

        var receipt = new Receipt(channel, seen.Id!);
        if (reply.Sent.IsShownBy(seen))
        {
            return new PostOutcome.Posted(receipt);
        }

        // The message stands, if not as wanted: put off, its attempt would be forgotten and a second message come later.
        var mended = await MendAsync(to, receipt, reply.Sent, seen, card, key, ct);
        return mended is PostOutcome.Deferred later ? new PostOutcome.InDoubt(later.Why) : mended;
    }

    public async Task<PostOutcome> EditAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (_outcomes.Before(to) is { } no)
        {
            return no;
        }

        var rendering = CardRenderer.Render(card, _look, key);
        var reply = await SendAsync(receipt.Channel, rendering, r => Edit(receipt, r), card, key, ct);
        if (reply.Reply is not RestReply.Done done)
        {
            return _outcomes.Of(to, reply.Reply, isRepeatable: true);
        }

        var isEmbedLost = DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire) is { } seen && reply.Sent.Look == Look.Classic && !reply.Sent.IsShownBy(seen);
        return isEmbedLost ? await PlainAsync(to, receipt, card, key, ct) : new PostOutcome.Posted(receipt);
    }

    public Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        EditAsync(to, receipt, CardRenderer.Withdrawn(card), key, ct);

    public async Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct)
    {
        if (time.GetUtcNow() - attempted < options.NonceWindow)
        {
            return new SettleOutcome.SafeToRepeat();
        }

        var (channel, closed) = await ChannelOfAsync(to, ct);
        return channel is null ? Settling.Unasked(closed!, time) : await _settling.LookAsync(channel, key, attempted, ct);
    }

    private static RestCall Post(string channel, RenderedCard rendering, DeliveryKey key) =>
        RestCall.PostMessage(channel, JsonSerializer.SerializeToUtf8Bytes(rendering.ToPost(key), DiscordJson.Wire.MessagePost));

    private static RestCall Edit(Receipt receipt, RenderedCard rendering) =>
        RestCall.EditMessage(receipt.Channel, receipt.Message, JsonSerializer.SerializeToUtf8Bytes(rendering.ToEdit(), DiscordJson.Wire.MessageEdit));

    /// <summary>Sends; where Discord refuses the look or the thread sleeps, mends that and sends once more.</summary>
    private async Task<(RestReply Reply, RenderedCard Sent)> SendAsync(
        string channel, RenderedCard rendering, Func<RenderedCard, RestCall> call, Card card, DeliveryKey key, CancellationToken ct)
    {
        var reply = await rest.SendAsync(call(rendering), ct);
        if (reply is not RestReply.Failed failed)
        {
            return (reply, rendering);
        }

        switch (DiscordErrors.For(failed.Error).Act)
        {
            case ErrorAct.Unarchive when await rest.SendAsync(RestCall.Unarchive(channel), ct) is RestReply.Done:
                return (await rest.SendAsync(call(rendering), ct), rendering);
            case ErrorAct.Plainer:
                // Also the way out where a message of components meets the classic look: that flag can't be taken back.
                LogPlainer(logger, rendering.Look, failed.Error);
                var other = CardRenderer.Render(card, rendering.Look == Look.Components ? Look.Plain : Look.Components, key);
                return (await rest.SendAsync(call(other), ct), other);
            default:
                return (reply, rendering);
        }
    }

    /// <summary>The message stands, and is not what was sent: an older version of the same nonce, or an embed that Discord dropped.</summary>
    private Task<PostOutcome> MendAsync(Destination to, Receipt receipt, RenderedCard sent, MessageWire seen, Card card, DeliveryKey key, CancellationToken ct)
    {
        LogMended(logger, to);
        return sent.Embeds.Count > 0 && seen.Embeds is not { Count: > 0 }
            ? PlainAsync(to, receipt, card, key, ct)
            : EditAsync(to, receipt, card, key, ct);
    }

    private async Task<PostOutcome> PlainAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        var reply = await rest.SendAsync(Edit(receipt, CardRenderer.Render(card, Look.Plain, key)), ct);
        return reply is RestReply.Done ? new PostOutcome.Posted(receipt) : _outcomes.Of(to, reply, isRepeatable: true);
    }

    private async Task<(string? Channel, RestReply? Closed)> ChannelOfAsync(Destination to, CancellationToken ct)
    {
        if (to.Kind == DestinationKind.Channel)
        {
            return (to.Address, null);
        }

        if (_directs.TryGetValue(to.Address, out var known))
        {
            return (known, null);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new OpenDirect(to.Address), DiscordJson.Wire.OpenDirect);
        var reply = await rest.SendAsync(RestCall.OpenDirect(body), ct);
        if (reply is not RestReply.Done done)
        {
            return (null, reply);
        }

        if (DiscordJson.Read(done.Body, DiscordJson.Wire.ChannelWire) is not { Id: { } channel } || !Snowflake.IsValid(channel))
        {
            return (null, new RestReply.Unseen("Discord's answer did not name the channel"));
        }

        _directs[to.Address] = channel;
        return (channel, null);
    }

    [LoggerMessage(LogLevel.Warning, "Discord did not take a card in the look {Look}: {Error}; trying another")]
    private static partial void LogPlainer(ILogger logger, Look look, DiscordError error);

    [LoggerMessage(LogLevel.Information, "What stands at {Destination} is not what was sent; it is edited")]
    private static partial void LogMended(ILogger logger, Destination destination);
}
