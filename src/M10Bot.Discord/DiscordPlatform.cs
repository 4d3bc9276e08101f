using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Places;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Webhooks;
using M10Bot.News.Chat;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord;

/// <summary>Shows cards in Discord.</summary>
internal sealed partial class DiscordPlatform : IChatPlatform
{
    private const string NoEmbeds = "Discord drops the bot's embeds there, so its cards come as plain text: give the bot the permission Embed Links in the channel.";

    // Discord's line is an hour; clocks differ a little.
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(58);
    private static readonly TimeSpan ThoughThere = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, string> _directs = new(StringComparer.Ordinal);
    private readonly DiscordRest _rest;
    private readonly DiscordOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DiscordPlatform> _logger;
    private readonly Outcomes _outcomes;
    private readonly MissingPermissions _missing;
    private readonly Sending _sending;
    private readonly EmbedlessChannels _embedless;
    private readonly ChannelKinds _kinds;
    private readonly ForumPosts _forums;
    private readonly PostTitles _titles;
    private readonly Publishing _publishing;
    private readonly MessageLinks _links;
    private readonly Settling _settling;
    private readonly ConditionalWeakTable<Card, Card> _withdrawn = [];
    private readonly WebhookPosts _webhooks;
    private readonly Look _look;

    public DiscordPlatform(DiscordRest rest, DiscordOptions options, GuildBook guilds, WebhookAccess webhooks, TimeProvider time, ILogger<DiscordPlatform> logger)
    {
        (_rest, _options, _time, _logger) = (rest, options, time, logger);
        (_outcomes, _missing, _sending) = (new Outcomes(guilds, time), new MissingPermissions(rest), new Sending(rest, logger));
        (_embedless, _kinds, _forums) = (new EmbedlessChannels(time), new ChannelKinds(rest, guilds), new ForumPosts(rest, options, time));
        _titles = new PostTitles(rest, _sending, time);
        (_publishing, _settling, _links) = (new Publishing(rest, time), new Settling(rest, options, time), new MessageLinks(rest, webhooks));
        _webhooks = new WebhookPosts(rest, options, guilds, _outcomes, _sending, _forums, _titles, webhooks, time);
        _look = options.UseComponents ? Look.Components : Look.Classic;
        Pace = new LanePace(new Rate(options.GlobalPerSecond, Burst: 2));
    }

    public Platform Platform => Platform.Discord;

    public TimeSpan RequestTimeout => _options.RequestTimeout;

    // A greater burst would only wait here for the ceiling of the whole bot.
    public LanePace Pace { get; }

    public string LaneOf(Destination destination) => "discord";

    public async Task<PostOutcome> PostAsync(Destination to, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (_outcomes.Before(to) is { } no)
        {
            return no;
        }

        if (to.Webhook is not null)
        {
            return await _webhooks.PostAsync(to, LooksOf(channel: "", isEdit: false), card, key, ct);
        }

        var (channel, closed) = await ChannelOfAsync(to, ct);
        if (channel is null)
        {
            return _outcomes.Of(to, closed!, isRepeatable: true);
        }

        var kind = await _kinds.OfAsync(to, ct);
        var tags = kind is ChannelKind.Forum ? await _forums.TagsAsync(channel, card, ct) : [];
        RestCall Call(RenderedCard rendering) => kind is ChannelKind.Forum ? ForumPosts.Post(to, rendering, card, tags) : Post(to, channel, rendering, key);
        var reply = await _sending.SendAsync(channel, LooksOf(channel, isEdit: false), Call, card, key, ct);
        if (reply.Reply is not RestReply.Done done)
        {
            return await NamedAsync(to, channel, reply.Reply, _outcomes.Of(to, reply.Reply, isRepeatable: false), ct);
        }

        if (DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire) is not { } seen || !Snowflake.IsValid(seen.Id))
        {
            return new PostOutcome.InDoubt("Discord's answer did not name the message");
        }

        if (kind is ChannelKind.Forum)
        {
            return Shown(new Receipt(seen.Id!, seen.Id!)); // the answer is the thread, whose first message has its id
        }

        var receipt = new Receipt(channel, seen.Id!);
        if (reply.Sent.IsShownBy(seen))
        {
            return await FollowAsync(to, receipt, card, key, seen.Flags, ct);
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

        if (Webhook.WriterOf(receipt) is { } writer)
        {
            return await _webhooks.EditAsync(to, writer, receipt, LooksOf(channel: "", isEdit: true), IsOld(receipt), card, key, ct);
        }

        // The bot wrote it before there was a webhook; what it may not do there now is no trouble of the place.
        var edited = await EditOwnAsync(to, receipt, card, key, ct);
        return to.Webhook is not null && edited is PostOutcome.Refused refused ? new PostOutcome.Declined(refused.Why) : edited;
    }

    private async Task<PostOutcome> EditOwnAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        var reply = await _sending.SendAsync(receipt.Channel, LooksOf(receipt.Channel, isEdit: true), r => Edit(to, receipt, r), card, key, ct);
        if (reply.Reply is not RestReply.Done done)
        {
            var outcome = _outcomes.Of(to, reply.Reply, isRepeatable: true);
            return outcome is PostOutcome.Gone
                ? await GoneAsync(receipt, ct)
                : ClosedPost(receipt, reply.Reply, outcome) is { } declined ? declined
                : await NamedAsync(to, receipt.Channel, reply.Reply, outcome, ct);
        }

        var seen = DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire);
        if (seen is not null && reply.Sent.Look == Look.Classic && !reply.Sent.IsShownBy(seen))
        {
            return await PlainAsync(to, receipt, card, key, ct);
        }

        return await FollowAsync(to, receipt, card, key, seen?.Flags ?? 0, ct);
    }

    /// <summary>What belongs to a message that shows the card by now, beside the message itself.</summary>
    private async Task<PostOutcome> FollowAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, int flags, CancellationToken ct) => await _kinds.OfAsync(to, ct) switch
    {
        // Followers in other servers are no part of an exercise.
        ChannelKind.Announcement when card.Kicker?.State is not CardState.Exercise => await _publishing.PublishAsync(Shown(receipt), flags, ct),
        ChannelKind.Forum => await _forums.TellAsync(await _titles.FollowAsync(Shown(receipt), receipt.Channel, card, ct), card, key, ct),
        _ => Shown(receipt),
    };

    // One and the same for all places, so that it is drawn once.
    public Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        EditAsync(to, receipt, _withdrawn.GetValue(card, CardRenderer.Withdrawn), key, ct);

    public async Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct)
    {
        if (to.Webhook is not null)
        {
            return await _webhooks.SettleAsync(to, key, attempted, ct);
        }

        var kind = await _kinds.OfAsync(to, ct);
        if (kind is ChannelKind.Forum)
        {
            return await _forums.LookAsync(to, key, attempted, ct);
        }

        if (_time.GetUtcNow() - attempted < _options.NonceWindow)
        {
            return new SettleOutcome.SafeToRepeat(MayStand: true);
        }

        var (channel, closed) = await ChannelOfAsync(to, ct);
        var found = channel is null ? Settling.Unasked(closed!, _time) : await _settling.LookAsync(channel, key, attempted, ct);
        return found is SettleOutcome.Found there && kind is ChannelKind.Announcement ? there with { MayLack = true } : found;
    }

    public async Task<LinkOutcome> ReceiptOfAsync(Destination to, DeliveryKey key, string link, CancellationToken ct) =>
        await ChannelOfAsync(to, ct) is { Channel: { } channel }
            ? await _links.ReceiptOfAsync(to, channel, key, link, ct)
            : new LinkOutcome.No(LinkFault.NotNow);

    private static RestCall Post(Destination to, string channel, RenderedCard rendering, DeliveryKey key) =>
        RestCall.PostMessage(channel, JsonSerializer.SerializeToUtf8Bytes(rendering.ToPost(key), DiscordJson.Wire.MessagePost)) with { Guild = to.Workspace };

    private RestCall Edit(Destination to, Receipt receipt, RenderedCard rendering)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(rendering.ToEdit(), DiscordJson.Wire.MessageEdit);
        return RestCall.EditMessage(receipt.Channel, receipt.Message, body, IsOld(receipt) ? OwnPace.OldEdit : OwnPace.None) with { Guild = to.Workspace };
    }

    private bool IsOld(Receipt receipt) => Snowflake.TryParse(receipt.Message, out var id) && _time.GetUtcNow() - Snowflake.TimeOf(id) > FreshFor;

    // Also the way out where a message of components is to be edited in the classic look: that flag can't be taken back.
    private Look[] LooksOf(string channel, bool isEdit) =>
        _look == Look.Components ? [Look.Components, Look.Classic, Look.Plain]
        : isEdit ? [Look.Classic, Look.Components]
        : _embedless.IsIn(channel) ? [Look.Plain]
        : [Look.Classic, Look.Plain];

    /// <summary>Names what is missing where Discord only says that something is.</summary>
    private async Task<PostOutcome> NamedAsync(Destination to, string channel, RestReply reply, PostOutcome outcome, CancellationToken ct)
    {
        if (outcome is not PostOutcome.Refused || reply is not RestReply.Failed { Error.Code: 50013 or 0, Error.Status: 403 })
        {
            return outcome;
        }

        return await _missing.InAsync(to.Workspace, channel, ct) is var missing and not Permission.None ? MissingPermissions.Refusal(missing) : outcome;
    }

    // A moderator closed this post for good; the forum takes others.
    private static PostOutcome.Declined? ClosedPost(Receipt receipt, RestReply reply, PostOutcome outcome) =>
        outcome is PostOutcome.Refused refused && reply is RestReply.Failed { Error.Code: 50083 or 160005 } && string.Equals(receipt.Channel, receipt.Message, StringComparison.Ordinal)
            ? new PostOutcome.Declined(refused.Why)
            : null;

    // A published announcement whose few edits an hour are spent has been seen to answer as if it were gone.
    private async Task<PostOutcome> GoneAsync(Receipt receipt, CancellationToken ct) =>
        await _rest.SendAsync(RestCall.GetMessage(receipt.Channel, receipt.Message), ct) is RestReply.Done
            ? new PostOutcome.Deferred(_time.GetUtcNow() + ThoughThere, "Discord takes no more edits of this message for now")
            : new PostOutcome.Gone();

    private PostOutcome.Posted Shown(Receipt receipt) => new(receipt) { Flaw = _embedless.IsIn(receipt.Channel) ? NoEmbeds : null };

    /// <summary>The message stands, and is not what was sent: an older version of the same nonce, or an embed that Discord dropped.</summary>
    private Task<PostOutcome> MendAsync(Destination to, Receipt receipt, RenderedCard sent, MessageWire seen, Card card, DeliveryKey key, CancellationToken ct)
    {
        LogMended(_logger, to);
        return sent.Embeds.Count > 0 && seen.Embeds is not { Count: > 0 }
            ? PlainAsync(to, receipt, card, key, ct)
            : EditAsync(to, receipt, card, key, ct);
    }

    private async Task<PostOutcome> PlainAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct)
    {
        LogEmbedDropped(_logger, to);
        _embedless.Add(receipt.Channel);
        var reply = await _rest.SendAsync(Edit(to, receipt, CardRenderer.Render(card, Look.Plain, key)), ct);
        return reply is RestReply.Done done
            ? await FollowAsync(to, receipt, card, key, DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire)?.Flags ?? 0, ct)
            : _outcomes.Of(to, reply, isRepeatable: true);
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
        var reply = await _rest.SendAsync(RestCall.OpenDirect(body), ct);
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

    [LoggerMessage(LogLevel.Warning, "Discord dropped the embed of a card at {Destination}: the bot lacks the permission Embed Links there. Its cards come as plain text")]
    private static partial void LogEmbedDropped(ILogger logger, Destination destination);

    [LoggerMessage(LogLevel.Information, "What stands at {Destination} is not what was sent; it is edited")]
    private static partial void LogMended(ILogger logger, Destination destination);
}
