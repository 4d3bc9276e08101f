using System.Runtime.CompilerServices;
using System.Text.Json;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Places;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Webhooks;

/// <summary>Shows cards by webhooks, where the bot itself may not write or is not there at all.</summary>
/// <remarks>Discord keeps no nonce for these, and takes no button from them but links.</remarks>
internal sealed class WebhookPosts(DiscordRest rest, DiscordOptions options, GuildBook guilds, Outcomes outcomes, Sending sending, ForumPosts forums, PostTitles titles, WebhookAccess access, TimeProvider time)
{
    private const int NeedsThread = 220001;
    private const int MostLookedAt = 25;
    private const string Gone = "The webhook no longer exists.";
    private const string Remedy = "Add the channel again with the URL of a new one.";

    private readonly ConditionalWeakTable<Card, Card> _linksOnly = [];

    public async Task<PostOutcome> PostAsync(Destination to, Look[] looks, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (Open(to, out var refused) is not { } webhook)
        {
            return refused!;
        }

        var isForum = guilds.KindOf(to.Workspace, to.Address) is ChannelKind.Forum;
        var reply = await PostAsync(webhook, to, looks, isForum, card, key, ct);
        if (reply is RestReply.Failed { Error.Code: NeedsThread } && !isForum && Snowflake.TryParse(to.Address, out var forum))
        {
            guilds.Told(forum, ChannelKind.Forum);
            reply = await PostAsync(webhook, to, looks, isForum: true, card, key, ct);
        }

        if (reply is not RestReply.Done done)
        {
            return await EndedAsync(to, webhook, reply, isRepeatable: false, ct);
        }

        return DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire) is { } seen && Snowflake.IsValid(seen.Id)
            ? new PostOutcome.Posted(webhook.Receipt(Snowflake.IsValid(seen.ChannelId) ? seen.ChannelId! : to.Address, seen.Id!))
            : new PostOutcome.InDoubt("Discord's answer did not name the message");
    }

    /// <param name="writer">Of the receipt.</param>
    public async Task<PostOutcome> EditAsync(
        Destination to, (string Channel, string Webhook) writer, Receipt receipt, Look[] looks, bool isOld, Card card, DeliveryKey key, CancellationToken ct)
    {
        if (to.Webhook is null)
        {
            return new PostOutcome.Declined("The webhook that wrote it was taken from the bot.");
        }

        if (Open(to, out var refused) is not { } webhook)
        {
            return refused!;
        }

        if (!string.Equals(webhook.Id, writer.Webhook, StringComparison.Ordinal))
        {
            return new PostOutcome.Gone(); // an earlier one wrote it, and only that could change it
        }

        RestCall Call(RenderedCard rendering)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(rendering.ToEdit(), DiscordJson.Wire.MessageEdit);
            var call = RestCall.EditByWebhook(webhook.Id, webhook.Token, webhook.ThreadOf(writer.Channel), receipt.Message, body, isOld ? OwnPace.OldEdit : OwnPace.None);
            return call with { Guild = to.Workspace };
        }

        var (reply, _) = await sending.SendAsync(writer.Channel, looks, Call, LinksOnly(card), key, ct);
        return reply switch
        {
            // A post's first message has the post's own id. No webhook can change its title; the bot can, where it may.
            RestReply.Done when string.Equals(writer.Channel, receipt.Message, StringComparison.Ordinal) =>
                await titles.FollowAsync(new PostOutcome.Posted(receipt), writer.Channel, card, ct),
            RestReply.Done => new PostOutcome.Posted(receipt),
            RestReply.Failed failed when DiscordErrors.For(failed.Error).Act is ErrorAct.Unarchive => new PostOutcome.Declined("The thread is archived."),
            _ => await EndedAsync(to, webhook, reply, isRepeatable: true, ct),
        };
    }

    /// <summary>
    /// Looks in the channel for what the webhook wrote then, as far as the bot may read there. Others' messages come to it without their
    /// content; the webhook itself is shown its own whole, and so the mark in it.
    /// </summary>
    public async Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct)
    {
        if (Settling.TooEarly(attempted, options, time) is { } early)
        {
            return early;
        }

        if (Open(to, out var refused) is not { } webhook)
        {
            return new SettleOutcome.Unknowable(((PostOutcome.Refused)refused!).Why);
        }

        var place = await rest.SendAsync(RestCall.GetChannel(to.Address), ct);
        if (place is not RestReply.Done seen || DiscordJson.Read(seen.Body, DiscordJson.Wire.PlaceWire) is not { } channel)
        {
            return Settling.Unasked(place is RestReply.Done ? new RestReply.Unseen("Discord's answer could not be read") : place, time);
        }

        return ChannelKinds.KindOf(channel.Type) is ChannelKind.Forum
            ? new SettleOutcome.Unknowable("Whether a webhook's post stands in a forum can't be found out.")
            : await LookAsync(to.Address, webhook, key, attempted, ct);
    }

    private async Task<SettleOutcome> LookAsync(string place, Webhook webhook, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct)
    {
        var (page, unread) = await new Settling(rest, options, time).PageAsync(place, attempted - Settling.ClockDoubt, ct);
        if (page is null)
        {
            return unread!;
        }

        var until = Snowflake.At(attempted + options.RequestTimeout + Settling.ClockDoubt);
        var mine = page.Where(m => string.Equals(m?.WebhookId, webhook.Id, StringComparison.Ordinal) && Snowflake.TryParse(m!.Id, out var id) && id <= until).ToList();
        if (mine.Count > MostLookedAt || (page.Count == Settling.PageSize && page.All(m => Snowflake.TryParse(m?.Id, out var id) && id <= until)))
        {
            return new SettleOutcome.Unknowable("too much was said in the channel since");
        }

        foreach (var message in mine)
        {
            var reply = await rest.SendAsync(RestCall.GetByWebhook(webhook.Id, webhook.Token, webhook.ThreadOf(place), message!.Id!), ct);
            if (reply is not RestReply.Done done)
            {
                return Settling.Unasked(reply, time);
            }

            if (Mark.IsIn(DiscordJson.Read(done.Body, DiscordJson.Wire.MessageWire)?.Components, Mark.OfKey(key)))
            {
                return new SettleOutcome.Found(webhook.Receipt(place, message.Id!));
            }
        }

        return new SettleOutcome.SafeToRepeat();
    }

    private async Task<RestReply> PostAsync(Webhook webhook, Destination to, Look[] looks, bool isForum, Card card, DeliveryKey key, CancellationToken ct)
    {
        var tags = isForum ? await forums.TagsAsync(to.Address, card, ct) : [];
        RestCall Call(RenderedCard rendering)
        {
            var post = rendering.ToPost() with { ThreadName = isForum ? PostTitles.Of(card) : null, AppliedTags = tags.Count > 0 ? tags : null };
            var body = JsonSerializer.SerializeToUtf8Bytes(post, DiscordJson.Wire.MessagePost);
            return RestCall.PostByWebhook(webhook.Id, webhook.Token, webhook.ThreadOf(to.Address), body) with { Guild = to.Workspace };
        }

        return (await sending.SendAsync(to.Address, looks, Call, LinksOnly(card), key, ct)).Reply;
    }

    private Webhook? Open(Destination to, out PostOutcome.Refused? refused)
    {
        var webhook = to.Webhook is "" ? null : access.Seal.Open(to.Workspace, to.Webhook!);
        refused = to.Webhook is "" || (webhook is not null && access.Over.Contains(webhook.Id)) ? new PostOutcome.Refused(Gone, Remedy)
            : webhook is null ? new PostOutcome.Refused("The channel's webhook can't be decrypted any more.", Remedy)
            : null;
        return refused is null ? webhook : null;
    }

    private async Task<PostOutcome> EndedAsync(Destination to, Webhook webhook, RestReply reply, bool isRepeatable, CancellationToken ct)
    {
        if (reply is not RestReply.Failed { Error.IsWebhookOver: true })
        {
            return outcomes.Of(to, reply, isRepeatable);
        }

        access.Over.Add(webhook.Id);
        await access.EndAsync(to, ct);
        return new PostOutcome.Refused(Gone, Remedy);
    }

    private Card LinksOnly(Card card) => _linksOnly.GetValue(card, static c => c with { Actions = [.. c.Actions.Where(a => a.Command is null)] });
}

/// <summary>What is known of webhooks beside their own channel.</summary>
/// <param name="Seal">Opens them.</param>
/// <param name="Over">Those that are over.</param>
/// <param name="EndAsync">Wipes the secret of a place whose webhook is over.</param>
internal sealed record WebhookAccess(WebhookSeal Seal, OverWebhooks Over, Func<Destination, CancellationToken, Task> EndAsync);
