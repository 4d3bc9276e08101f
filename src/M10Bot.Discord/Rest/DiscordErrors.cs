namespace M10Bot.Discord.Rest;

/// <summary>What the bot does about an error.</summary>
internal enum ErrorAct
{
    /// <summary>Discord is in trouble: the same request again, a little later.</summary>
    Retry,

    /// <summary>A limit: wait as long as Discord says.</summary>
    Wait,

    /// <summary>This destination waits for a person.</summary>
    Suspend,

    /// <summary>The bot is no longer in the server: nothing more goes there, and what is kept of it is on its way out.</summary>
    Leave,

    /// <summary>This one is not accepted there; others are.</summary>
    Decline,

    /// <summary>No request leaves any more until the bot is set right and started anew.</summary>
    StopAll,

    /// <summary>Discord's network turns the bot away: nothing leaves for a good while.</summary>
    Block,

    /// <summary>What was asked for is already so.</summary>
    AlreadyDone,

    /// <summary>The message is not there.</summary>
    Gone,

    /// <summary>The interaction is over; nobody can be answered.</summary>
    Abandon,

    /// <summary>Discord does not know the interaction's first answer yet: the same again for a few seconds.</summary>
    NotYet,

    /// <summary>Answered before: the reply goes into the answer that stands.</summary>
    EditInstead,

    /// <summary>The thread sleeps: wake it, then once more.</summary>
    Unarchive,

    /// <summary>This rendering is not accepted: once more in the plainer one.</summary>
    Plainer,
}

/// <param name="Why">What is wrong, in plain words.</param>
/// <param name="Remedy">What an admin must do; empty where nothing can be done by one.</param>
internal sealed record ErrorRuling(ErrorAct Act, string Why, string Remedy = "")
{
    /// <summary>The least to wait, whatever else Discord says.</summary>
    public TimeSpan AtLeast { get; init; }
}

/// <summary>Discord's JSON error codes and what each means for the bot. One table; the status decides only where no code does.</summary>
internal static class DiscordErrors
{
    private const string AskDeveloper = "Report this to the makers of M10Bot; it is a fault of the bot.";
    private const string AskPortal = "Look into the bot's page in Discord's developer portal.";
    private const string OtherChannel = "Choose another channel with the bot's channel command.";

    public const int UnknownChannel = 10003;

    private static readonly Dictionary<int, ErrorRuling> Table = new()
    {
        [UnknownChannel] = Suspend("The channel no longer exists.", OtherChannel),
        [10004] = new(ErrorAct.Leave, "The bot is no longer in this server.", "Invite the bot again, or leave it as it is."),
        [10007] = Suspend("This person has left the server.", ""),
        [10008] = new(ErrorAct.Gone, "The message was removed."),
        [10013] = Suspend("This person's account no longer exists.", ""),
        [10015] = new(ErrorAct.NotYet, "The interaction is not known."),
        [10062] = new(ErrorAct.Abandon, "The interaction was not answered in time."),
        [20009] = Decline("The recipient does not accept this content."),
        [20016] = Limit("The channel is in slow mode."),
        [20022] = Limit("Published messages take only a few edits an hour.", TimeSpan.FromMinutes(15)),
        [20028] = Limit("The channel's own limit is reached."),
        [20029] = Limit("The server's own limit is reached."),
        [30007] = Suspend("The channel has as many webhooks as Discord allows.", "Remove a webhook of this channel."),
        [30032] = Fault("Discord takes no more commands."),
        [30034] = Limit("No more commands can be registered today.", TimeSpan.FromDays(1)),
        [30046] = Limit("Discord slows down edits of older messages.", TimeSpan.FromSeconds(2)),
        [30058] = Suspend("The server has as many webhooks as Discord allows.", "Remove a webhook of this server."),
        [40001] = Stop(),
        [40003] = Limit("Direct messages were opened too fast.", TimeSpan.FromMinutes(5)),
        [40004] = Suspend("Discord has stopped the bot's messages here for now.", AskPortal),
        [40005] = new(ErrorAct.Plainer, "The message was too large.", AskDeveloper),
        [40033] = new(ErrorAct.AlreadyDone, "The message is published already."),
        [40058] = Suspend("Messages can't be sent to a forum itself.", "Choose a text channel, or a thread of the forum."),
        [40060] = new(ErrorAct.EditInstead, "The interaction was answered already."),
        [40062] = Limit("Discord limits this resource."),
        [40067] = Suspend("The forum asks for a tag.", "Choose a thread of the forum, or drop the forum's tag rule."),
        [40094] = new(ErrorAct.Abandon, "Discord takes no more follow-ups to this interaction."),
        [40333] = Blocked(),
        [50001] = Suspend("The bot can't see the channel.", "Give the bot the permission View Channel there."),
        [50005] = Fault("The message is not the bot's own."),
        [50006] = Fault("The message was empty."),
        [50007] = Suspend("This person takes no direct messages from the bot.", "Allow direct messages from members of the server in the privacy settings."),
        [50008] = Suspend("Messages can't be sent in this kind of channel.", OtherChannel),
        [50013] = Suspend("The bot lacks a permission in the channel.", "Give the bot the permissions Send Messages (in threads: Send Messages in Threads) and Embed Links there."),
        [50014] = Stop(),
        [50016] = Fault("Discord takes 2 to 100 messages at once."),
        [50021] = Fault("A system message can't be changed."),
        [50024] = Suspend("This can't be done in this kind of channel.", OtherChannel),
        [50027] = new(ErrorAct.Abandon, "The interaction is more than 15 minutes old."),
        [50034] = Fault("A message is more than two weeks old."),
        [50035] = new(ErrorAct.Plainer, "Discord did not accept the message's form.", AskDeveloper),
        [50045] = new(ErrorAct.Plainer, "The file was too large.", AskDeveloper),
        [50083] = new(ErrorAct.Unarchive, "The thread is archived.", "Unlock the thread, or choose another one."),
        [50095] = Suspend("The server can't be reached from the bot's country.", ""),
        [50109] = Fault("The request was no JSON."),
        [50278] = Suspend("The bot and this person share no server.", "Join a server that has the bot."),
        [130000] = new(ErrorAct.Retry, "Discord is overloaded."),
        [160002] = new(ErrorAct.Plainer, "The bot can't read the channel's history.", "Give the bot the permission Read Message History there."),
        [160004] = new(ErrorAct.AlreadyDone, "The message has a thread already."),
        [160005] = Suspend("The thread is locked.", "Unlock the thread, or choose another one."),
        [160006] = Suspend("The server has as many active threads as Discord allows.", "Archive some threads."),
        [160007] = Limit("The server has too many active announcement threads.", TimeSpan.FromMinutes(10)),
        [200000] = Decline("The server's AutoMod blocks the text."),
        [200001] = Decline("The server's AutoMod blocks the title."),
        [220001] = Suspend("The forum needs a thread.", "Choose a thread of the forum."),
        [220002] = Fault("The forum takes one thread at a time."),
        [220003] = Suspend("Only a forum takes new threads this way.", OtherChannel),
        [220004] = Suspend("The forum takes no tags this way.", OtherChannel),
        [240000] = Decline("Discord's filter blocks a link of this story."),
        [400001] = new(ErrorAct.Plainer, "The server takes no files at present."),
    };

    public static IReadOnlyCollection<int> KnownCodes => Table.Keys;

    /// <param name="error">What Discord said.</param>
    /// <param name="isInteraction">The request carried an interaction's token: only that can be wrong with it.</param>
    /// <param name="isPage">The body was no JSON (<see cref="ErrorBody.IsPage"/>).</param>
    public static ErrorRuling For(DiscordError error, bool isInteraction = false, bool isPage = false)
    {
        // The same code guards two things: too many edits of a removed message, and Discord's own block (HTTP 403).
        if (error is { Code: 10008, Status: 403 })
        {
            return Suspend("Discord has stopped the bot's messages here for now.", AskPortal);
        }

        if (!isPage && error.IsWebhook && ByWebhook(error) is { } its)
        {
            return its;
        }

        var ruling = isPage && error.Status is 403 or 429 ? Blocked() : Table.GetValueOrDefault(error.Code) ?? ByStatus(error.Status);
        return isInteraction && ruling.Act == ErrorAct.StopAll ? new ErrorRuling(ErrorAct.Abandon, "The interaction's token is not valid.") : ruling;
    }

    // What the same code means where a webhook wrote.
    private static ErrorRuling? ByWebhook(DiscordError error) =>
        error.IsWebhookOver ? Suspend("The webhook no longer exists.", "Add the channel again with the URL of a new one.")
        : error.Code == 50006 ? new(ErrorAct.Plainer, "The message was empty.") // a look of components, and Discord left them out
        : Table.GetValueOrDefault(error.Code)?.Act is ErrorAct.Leave or ErrorAct.StopAll ? Suspend("Discord does not allow this here.", "Check the webhook in the channel's settings, under Integrations.")
        : null;

    private static ErrorRuling ByStatus(int status) => status switch
    {
        401 => Stop(),
        403 => Suspend("Discord does not allow this here.", "Check the bot's permissions in the channel."),
        404 => Suspend("Discord does not know this place.", OtherChannel),
        408 => new(ErrorAct.Retry, "Discord was too slow."),
        413 => new(ErrorAct.Plainer, "The message was too large.", AskDeveloper),
        429 => Limit("Discord's limit is reached."),
        >= 500 => new(ErrorAct.Retry, "Discord is in trouble."),
        _ => new(ErrorAct.Plainer, "Discord did not accept the request.", AskDeveloper),
    };

    private static ErrorRuling Suspend(string why, string remedy) =>
        new(ErrorAct.Suspend, why, remedy.Length > 0 ? remedy : "Nothing can be done here; the subscription can be removed.");

    private static ErrorRuling Decline(string why) => new(ErrorAct.Decline, why);

    // The bot's own fault: it can't be mended where the message was to stand.
    private static ErrorRuling Fault(string why) => new(ErrorAct.Decline, why, AskDeveloper);

    private static ErrorRuling Stop() => new(ErrorAct.StopAll, "Discord refuses the bot's token.", "Set a valid Discord:Token and start the bot again.") { AtLeast = TimeSpan.FromMinutes(10) };

    private static ErrorRuling Blocked() =>
        new(ErrorAct.Block, "Discord's network blocks the bot.", "Check that nothing on the way changes the bot's requests.") { AtLeast = TimeSpan.FromMinutes(10) };

    private static ErrorRuling Limit(string why, TimeSpan atLeast = default) => new(ErrorAct.Wait, why) { AtLeast = atLeast };
}
