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

    /// <summary>No request leaves any more until the bot is set right and started anew.</summary>
    StopAll,

    /// <summary>What was asked for is already so.</summary>
    AlreadyDone,

    /// <summary>The message is not there.</summary>
    Gone,

    /// <summary>The interaction is over; nobody can be answered.</summary>
    Abandon,

    /// <summary>Answered before: the reply goes into the answer that stands.</summary>
    EditInstead,

    /// <summary>The thread sleeps: wake it, then once more.</summary>
    Unarchive,

    /// <summary>This rendering is not accepted: once more in the plainer one.</summary>
    Plainer,
}

/// <param name="Why">What is wrong, in plain words.</param>
/// <param name="Remedy">What an admin must do; empty where nothing can be done by one.</param>
internal sealed record ErrorRuling(ErrorAct Act, string Why, string Remedy = "");

/// <summary>Discord's JSON error codes and what each means for the bot. One table; the status decides only where no code does.</summary>
internal static class DiscordErrors
{
    private const string AskDeveloper = "Report this to the makers of M10Bot; it is a fault of the bot.";
    private const string OtherChannel = "Choose another channel with the bot's channel command.";

    private static readonly Dictionary<int, ErrorRuling> Table = new()
    {
        [10003] = Suspend("The channel no longer exists.", OtherChannel),
        [10004] = Suspend("The bot is no longer in this server.", "Invite the bot again, or leave it as it is."),
        [10007] = Suspend("This person has left the server.", ""),
        [10008] = new(ErrorAct.Gone, "The message was removed."),
        [10013] = Suspend("This person's account no longer exists.", ""),
        [10015] = new(ErrorAct.Abandon, "The interaction is not known any more."),
        [10062] = new(ErrorAct.Abandon, "The interaction was not answered in time."),
        [20009] = Suspend("The recipient does not accept this content.", ""),
        [20016] = Limit("The channel is in slow mode."),
        [20022] = Limit("Published messages take only a few edits an hour."),
        [20028] = Limit("The channel's own limit is reached."),
        [20029] = Limit("The server's own limit is reached."),
        [30007] = Suspend("The channel has as many webhooks as Discord allows.", "Remove a webhook of this channel."),
        [30032] = Suspend("Discord takes no more commands.", AskDeveloper),
        [30034] = new(ErrorAct.Wait, "No more commands can be registered today."),
        [30046] = Limit("Discord slows down edits of older messages."),
        [30058] = Suspend("The server has as many webhooks as Discord allows.", "Remove a webhook of this server."),
        [40001] = new(ErrorAct.StopAll, "Discord refuses the bot's token.", "Set a valid Discord:Token and start the bot again."),
        [40003] = Limit("Direct messages were opened too fast."),
        [40004] = Suspend("Discord has stopped the bot's messages here for now.", "Look into the bot's page in Discord's developer portal."),
        [40005] = new(ErrorAct.Plainer, "The message was too large.", AskDeveloper),
        [40033] = new(ErrorAct.AlreadyDone, "The message is published already."),
        [40058] = Suspend("Messages can't be sent to a forum itself.", "Choose a text channel, or a thread of the forum."),
        [40060] = new(ErrorAct.EditInstead, "The interaction was answered already."),
        [40062] = Limit("Discord limits this resource."),
        [40067] = Suspend("The forum asks for a tag.", "Choose a thread of the forum, or drop the forum's tag rule."),
        [40094] = new(ErrorAct.Abandon, "Discord takes no more follow-ups to this interaction."),
        [40333] = new(ErrorAct.StopAll, "Discord's network blocks the bot.", "Check that nothing on the way changes the bot's requests, then start it again."),
        [50001] = Suspend("The bot can't see the channel.", "Give the bot the permission View Channel there."),
        [50005] = Suspend("The message is not the bot's own.", AskDeveloper),
        [50006] = Suspend("The message was empty.", AskDeveloper),
        [50007] = Suspend("This person takes no direct messages from the bot.", "Allow direct messages from members of the server in the privacy settings."),
        [50008] = Suspend("Messages can't be sent in this kind of channel.", OtherChannel),
        [50013] = Suspend("The bot lacks a permission in the channel.", "Give the bot the permissions Send Messages (in threads: Send Messages in Threads) and Embed Links there."),
        [50014] = new(ErrorAct.StopAll, "Discord refuses the bot's token.", "Set a valid Discord:Token and start the bot again."),
        [50021] = Suspend("A system message can't be changed.", AskDeveloper),
        [50024] = Suspend("This can't be done in this kind of channel.", OtherChannel),
        [50027] = new(ErrorAct.Abandon, "The interaction is more than 15 minutes old."),
        [50035] = new(ErrorAct.Plainer, "Discord did not accept the message's form.", AskDeveloper),
        [50045] = new(ErrorAct.Plainer, "The file was too large.", AskDeveloper),
        [50083] = new(ErrorAct.Unarchive, "The thread is archived.", "Unlock the thread, or choose another one."),
        [50095] = Suspend("The server can't be reached from the bot's country.", ""),
        [50109] = Suspend("The request was no JSON.", AskDeveloper),
        [50278] = Suspend("The bot and this person share no server.", "Join a server that has the bot."),
        [130000] = new(ErrorAct.Retry, "Discord is overloaded."),
        [160002] = Suspend("The bot can't read the channel's history.", "Give the bot the permission Read Message History there."),
        [160004] = new(ErrorAct.AlreadyDone, "The message has a thread already."),
        [160005] = Suspend("The thread is locked.", "Unlock the thread, or choose another one."),
        [160006] = Suspend("The server has as many active threads as Discord allows.", "Archive some threads."),
        [160007] = new(ErrorAct.Retry, "The server has too many active announcement threads."),
        [200000] = Suspend("The server's AutoMod blocks the text.", "Exempt the bot in the server's AutoMod rules."),
        [200001] = Suspend("The server's AutoMod blocks the title.", "Exempt the bot in the server's AutoMod rules."),
        [220001] = Suspend("The forum needs a thread.", "Choose a thread of the forum."),
        [220002] = Suspend("The forum takes one thread at a time.", AskDeveloper),
        [220003] = Suspend("Only a forum takes new threads this way.", OtherChannel),
        [220004] = Suspend("The forum takes no tags this way.", OtherChannel),
        [240000] = Suspend("Discord's filter blocks a link of this story.", "Tell the newsroom; the link is blocked everywhere in Discord."),
        [400001] = Suspend("The server takes no files at present.", "Try again when Discord lifts the limit."),
    };

    public static IReadOnlyCollection<int> KnownCodes => Table.Keys;

    public static ErrorRuling For(DiscordError error, bool isInteraction = false)
    {
        // The same code guards two things: too many edits of a removed message, and Discord's own block (HTTP 403).
        if (error is { Code: 10008, Status: 403 })
        {
            return Suspend("Discord has stopped the bot's messages here for now.", "Look into the bot's page in Discord's developer portal.");
        }

        var ruling = Table.GetValueOrDefault(error.Code) ?? ByStatus(error.Status);
        return isInteraction && ruling.Act == ErrorAct.StopAll && error.Code != 40333
            ? new ErrorRuling(ErrorAct.Abandon, "The interaction's token is not valid.")
            : ruling;
    }

    private static ErrorRuling ByStatus(int status) => status switch
    {
        401 => new(ErrorAct.StopAll, "Discord refuses the bot's token.", "Set a valid Discord:Token and start the bot again."),
        403 => Suspend("Discord does not allow this here.", "Check the bot's permissions in the channel."),
        404 => Suspend("Discord does not know this place.", OtherChannel),
        408 => new(ErrorAct.Retry, "Discord was too slow."),
        413 => new(ErrorAct.Plainer, "The message was too large.", AskDeveloper),
        429 => Limit("Discord's limit is reached."),
        >= 500 => new(ErrorAct.Retry, "Discord is in trouble."),
        _ => Suspend("Discord did not accept the request.", AskDeveloper),
    };

    private static ErrorRuling Suspend(string why, string remedy) =>
        new(ErrorAct.Suspend, why, remedy.Length > 0 ? remedy : "Nothing can be done here; the subscription can be removed.");

    private static ErrorRuling Limit(string why) => new(ErrorAct.Wait, why);
}
