using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord;

/// <summary>Sends cards, from the wanted look down to what Discord takes.</summary>
internal sealed partial class Sending(DiscordRest rest, ILogger logger)
{
    private static readonly TimeSpan AfterUnseen = TimeSpan.FromSeconds(2);

    private readonly Drawings _drawings = new();

    /// <summary>Sends; where Discord refuses the look or the thread sleeps, mends that and sends once more.</summary>
    public async Task<(RestReply Reply, RenderedCard Sent)> SendAsync(
        string channel, Look[] looks, Func<RenderedCard, RestCall> call, Card card, DeliveryKey key, CancellationToken ct)
    {
        for (var i = 0; ; i++)
        {
            var rendering = _drawings.Of(card, looks[i], key);
            var reply = await SendAsync(channel, call(rendering), ct);
            if (i + 1 == looks.Length || reply is not RestReply.Failed failed || DiscordErrors.For(failed.Error).Act != ErrorAct.Plainer)
            {
                return (reply, rendering);
            }

            LogPlainer(logger, rendering.Look, failed.Error);
        }
    }

    /// <summary>Sends; where the thread sleeps, wakes it and sends once more.</summary>
    public async Task<RestReply> SendAsync(string channel, RestCall call, CancellationToken ct)
    {
        var reply = await rest.SendAsync(call, ct);
        if (reply is not RestReply.Failed failed || DiscordErrors.For(failed.Error).Act != ErrorAct.Unarchive)
        {
            return reply;
        }

        return await rest.SendAsync(RestCall.Unarchive(channel), ct) switch
        {
            RestReply.Done => await rest.SendAsync(call, ct),
            RestReply.NotNow later => later,
            RestReply.Unseen unseen => new RestReply.NotNow(AfterUnseen, unseen.Why, Everywhere: false), // the card itself has not left
            _ => reply,
        };
    }

    [LoggerMessage(LogLevel.Warning, "Discord did not take a card in the look {Look}: {Error}; trying another")]
    private static partial void LogPlainer(ILogger logger, Look look, DiscordError error);
}
