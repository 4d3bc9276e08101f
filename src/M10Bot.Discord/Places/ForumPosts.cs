using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Places;

/// <summary>Stories in a forum: one post each, with tags from its topics; later versions edit it and add a short reply.</summary>
/// <remarks>Discord keeps no nonce for a post, so an attempt whose end nobody saw is always looked for.</remarks>
internal sealed class ForumPosts(DiscordRest rest, DiscordOptions options, TimeProvider time)
{
    // Discord archives what nobody writes in after an hour at the soonest.
    private static readonly TimeSpan SoonestArchive = TimeSpan.FromMinutes(55);

    private const int MostTags = 5;
    private const int MostLookedAt = 25;
    private const int MostLooks = 3; // one request for each that Discord did not take
    private const int MustHaveTag = 1 << 4;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>The tags that fit the card, by name; where the forum demands one and none fits, its first.</summary>
    public async Task<IReadOnlyList<string>> TagsAsync(string forum, Card card, CancellationToken ct)
    {
        if (await rest.SendAsync(RestCall.GetChannel(forum), ct) is not RestReply.Done done
            || DiscordJson.Read(done.Body, DiscordJson.Wire.PlaceWire) is not { AvailableTags: { Count: > 0 } tags } place)
        {
            return [];
        }

        var names = card.Topics.Append(card.Kicker?.Word ?? "").ToList();
        var free = tags.Where(t => t is { Moderated: false } && Snowflake.IsValid(t.Id)).ToList();
        var fitting = names.SelectMany(n => free.Where(t => string.Equals(t.Name?.Trim(), n, StringComparison.OrdinalIgnoreCase))).Select(t => t.Id!).Distinct(StringComparer.Ordinal).Take(MostTags).ToArray();
        return fitting.Length == 0 && (place.Flags & MustHaveTag) != 0 ? [.. free.Take(1).Select(t => t.Id!)] : fitting;
    }

    public static RestCall Post(Destination forum, RenderedCard rendering, Card card, IReadOnlyList<string> tags)
    {
        var post = new ForumPostWire(PostTitles.Of(card), tags, rendering.ToPost());
        return RestCall.PostThread(forum.Address, JsonSerializer.SerializeToUtf8Bytes(post, DiscordJson.Wire.ForumPostWire)) with { Guild = forum.Workspace };
    }

    /// <summary>Looks among the forum's newest posts for the one that carries the delivery's mark.</summary>
    public async Task<SettleOutcome> LookAsync(Destination forum, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct)
    {
        var reply = await rest.SendAsync(RestCall.GetActiveThreads(forum.Workspace), ct);
        if (reply is not RestReply.Done done)
        {
            return Settling.Unasked(reply, time);
        }

        if (DiscordJson.Read(done.Body, DiscordJson.Wire.ThreadsWire) is not { Threads: { } threads })
        {
            return Settling.Unasked(new RestReply.Unseen("Discord's answer could not be read"), time);
        }

        var since = Snowflake.At(attempted - Settling.ClockDoubt);
        var until = Snowflake.At(attempted + (MostLooks * options.RequestTimeout) + Settling.ClockDoubt);
        var candidates = threads
            .Where(t => string.Equals(t?.ParentId, forum.Address, StringComparison.Ordinal) && Snowflake.TryParse(t!.Id, out var id) && id >= since && id <= until)
            .OrderBy(t => t!.Id, StringComparer.Ordinal).Take(MostLookedAt + 1).ToList();
        var doubt = candidates.Count > MostLookedAt ? new SettleOutcome.Unknowable("too much was posted in the forum since") : null;
        foreach (var thread in candidates.Take(MostLookedAt))
        {
            switch (await LookAtAsync(thread!, key, ct))
            {
                case SettleOutcome.Unknowable unread:
                    doubt ??= unread; // another may still be found to be the one
                    break;
                case { } end:
                    return end;
            }
        }

        return doubt ?? NotThere(attempted);
    }

    // What is under way may come yet, and only active threads are listed: that none was found says something in between alone.
    private SettleOutcome NotThere(DateTimeOffset attempted) =>
        (SettleOutcome?)Settling.TooEarly(attempted, options, time)
        ?? (time.GetUtcNow() > attempted + SoonestArchive ? new SettleOutcome.Unknowable("its post may have been archived since") : new SettleOutcome.SafeToRepeat());

    /// <summary>Null where the post is surely another's or another delivery's.</summary>
    private async Task<SettleOutcome?> LookAtAsync(ThreadWire thread, DeliveryKey key, CancellationToken ct)
    {
        // The first message of a forum's post has the post's own id.
        var first = await rest.SendAsync(RestCall.GetMessage(thread.Id!, thread.Id!), ct);
        if (first is RestReply.Done seen)
        {
            return DiscordJson.Read(seen.Body, DiscordJson.Wire.MessageWire) is not { } message ? Settling.Unasked(new RestReply.Unseen("Discord's answer could not be read"), time)
                : Mark.IsIn(message.Components, Mark.OfKey(key)) ? new SettleOutcome.Found(new Receipt(thread.Id!, thread.Id!))
                : null;
        }

        if (first is not RestReply.Failed || thread.OwnerId is null)
        {
            return Settling.Unasked(first, time);
        }

        // What stays unread may be the very post that is looked for, unless somebody else began it.
        var asked = await rest.SendAsync(RestCall.GetSelf(), ct);
        return asked is RestReply.Done done && DiscordJson.Read(done.Body, DiscordJson.Wire.SelfWire)?.Id is { } self && !string.Equals(self, thread.OwnerId, StringComparison.Ordinal)
            ? null
            : Settling.Unasked(asked is RestReply.Done ? first : asked, time);
    }

    /// <summary>Says in the post's thread what a version brought; once for each version.</summary>
    public async Task<PostOutcome.Posted> TellAsync(PostOutcome.Posted posted, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (card.Reply is not { Kicker: { } kicker } reply)
        {
            return posted;
        }

        var thread = posted.Receipt.Channel;
        var told = new DeliveryKey(KeyOf(key, reply.Version));
        var before = await rest.SendAsync(RestCall.GetNewestMessages(thread), ct);
        if (before is RestReply.Done done && (DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWireArray) ?? []).Any(m => Mark.IsIn(m?.Components, Mark.OfKey(told))))
        {
            return posted;
        }

        if (before is RestReply.NotNow or RestReply.Unseen)
        {
            return Later(posted, (before as RestReply.NotNow)?.Wait ?? Soon);
        }

        var note = new Card { Kicker = kicker with { Notes = [] }, Headline = reply.WhatIsNew ?? reply.Headline, Version = reply.Version };
        var body = JsonSerializer.SerializeToUtf8Bytes(CardRenderer.Render(note, Look.Components, told).ToPost(told), DiscordJson.Wire.MessagePost);
        return await rest.SendAsync(RestCall.PostMessage(thread, body), ct) switch
        {
            RestReply.NotNow later => Later(posted, later.Wait),
            RestReply.Unseen => Later(posted, Soon),
            RestReply.Failed failed => posted with { Flaw = posted.Flaw ?? $"The post is up to date, but its thread took no reply: {DiscordErrors.For(failed.Error).Why}" },
            _ => posted,
        };
    }

    // What the post itself waits for comes with the same edit.
    private PostOutcome.Posted Later(PostOutcome.Posted posted, TimeSpan wait) =>
        posted with { Again = time.GetUtcNow() + wait is var then && then < posted.Again ? posted.Again : then };

    private static string KeyOf(DeliveryKey key, int version) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Value}/{version}")))[..24];
}
