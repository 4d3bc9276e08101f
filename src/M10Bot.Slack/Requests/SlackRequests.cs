using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using M10Bot.News.Chat;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Requests;

/// <summary>Turns envelopes, from a socket or an HTTP door, into commands and replies. Acknowledges first; answers in the acknowledgement where there is time.</summary>
internal sealed partial class SlackRequests(
    SlackCommands commands,
    SlackActions actions,
    SlackEvents events,
    SlackReplies replies,
    SlackInstalls installs,
    SlackOptions options,
    TimeProvider time,
    ILogger<SlackRequests> logger,
    SeenStore? shared = null)
{
    private static readonly TimeSpan SharedWithin = TimeSpan.FromMilliseconds(500); // of the three seconds that Slack waits
    private const int LongestText = 4000;
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5); // a response_url lives for 30

    private readonly SeenIds _seen = new(time);

    public async Task HandleAsync(Envelope envelope, Acknowledge acknowledge, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(LongestRun, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        await (envelope.Type switch
        {
            "slash_commands" => CommandAsync(envelope, acknowledge, either.Token),
            "interactive" => InteractionAsync(envelope, acknowledge, either.Token),
            "events_api" => EventAsync(envelope, acknowledge, either.Token),
            _ => acknowledge(payload: null, ct),
        });
    }

    private async Task CommandAsync(Envelope envelope, Acknowledge acknowledge, CancellationToken ct)
    {
        var typed = Read(envelope, SlackJson.Default.SlashCommand);
        if (typed is not { UserId: { } user, ChannelId: { } channel, TeamId: { } team } || !await IsNewAsync(envelope, typed.TriggerId, ct))
        {
            await acknowledge(payload: null, ct);
            return;
        }

        if (installs.Of(team, typed.EnterpriseId) is null)
        {
            await acknowledge(SlackReplies.Message(NotHere), ct);
            return;
        }

        var call = commands.Parse(typed.Text is { Length: > LongestText } text ? text[..LongestText] : typed.Text ?? "");
        var answer = commands.RunAsync(new Asker(team, user, channel), call, ct);
        if (envelope.AcceptsResponsePayload && await IsQuickAsync(answer, ct))
        {
            await AnswerAsync(typed, team, await answer, acknowledge, ct);
            return;
        }

        await acknowledge(payload: null, ct);
        await replies.RespondAsync(typed.ResponseUrl, SlackReplies.Message(SlackActions.WithOpener(await answer)), ct);
    }

    private async Task AnswerAsync(SlashCommand typed, string team, CommandReply answer, Acknowledge acknowledge, CancellationToken ct)
    {
        var reply = SlackReplies.Message(answer);
        if (answer.Form is not null)
        {
            await acknowledge(payload: null, ct);
            if (!await actions.AskAsync(team, typed.TriggerId, answer, typed.ChannelId!, ct))
            {
                await replies.RespondAsync(typed.ResponseUrl, reply, ct);
            }
        }
        else if (!await acknowledge(reply, ct))
        {
            await replies.RespondAsync(typed.ResponseUrl, reply, ct);
        }
    }

    private async Task InteractionAsync(Envelope envelope, Acknowledge acknowledge, CancellationToken ct)
    {
        var done = Read(envelope, SlackJson.Default.Interaction);

        // In a shared channel the person may belong to another workspace; the roles see to that.
        var team = done?.Team?.Id ?? done?.User?.TeamId ?? "";
        var isHome = installs.Of(team, done?.Enterprise?.Id) is not null;
        if (done is { Type: "block_suggestion" })
        {
            await acknowledge(isHome ? await actions.SuggestAsync(team, done, ct) : new OptionList([]), ct);
            return;
        }

        if (done is { Type: "view_submission" } && isHome && await IsNewAsync(envelope, done.TriggerId, ct))
        {
            await actions.SubmitAsync(team, done, acknowledge, ct);
            return;
        }

        await acknowledge(payload: null, ct);
        if (done is null || !await IsNewAsync(envelope, done.TriggerId, ct))
        {
            return;
        }

        switch (done.Type)
        {
            case "block_actions" when isHome:
                await actions.PressAsync(team, done, ct);
                break;
            case "message_action" when isHome && string.Equals(done.CallbackId, SlackActions.Summarise, StringComparison.Ordinal):
                await actions.SummariseAsync(team, done, ct);
                break;
            case "message_action" when isHome && string.Equals(done.CallbackId, SlackActions.IntoThread, StringComparison.Ordinal):
                await actions.ThreadAsync(team, done, ct);
                break;
            case "block_actions" or "message_action" when done.ResponseUrl is not null && team.Length > 0:
                await replies.RespondAsync(done.ResponseUrl, SlackReplies.Beside(NotHere), ct);
                break;
        }
    }

    private async Task EventAsync(Envelope envelope, Acknowledge acknowledge, CancellationToken ct)
    {
        await acknowledge(payload: null, ct);
        var told = Read(envelope, SlackJson.Default.EventCallback);
        if (told?.Event is { Type: not null } body && await IsNewAsync(envelope, told.EventId, ct))
        {
            await events.HandleAsync(told, body, ct);
        }
    }

    private async Task<bool> IsQuickAsync(Task answer, CancellationToken ct)
    {
        try
        {
            await answer.WaitAsync(options.QuickReply, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static CommandReply NotHere => CommandReply.Say(
        "This workspace is not connected yet",
        "Try again in a minute. If that does not help, ask the person who runs the bot whether it is installed in this workspace.");

    private async ValueTask<bool> IsNewAsync(Envelope envelope, string? id, CancellationToken ct)
    {
        var isNew = _seen.IsNew(envelope.EnvelopeId!) & (id is null || _seen.IsNew(id));
        if (isNew && shared is not null && IsShared(envelope))
        {
            isNew = await IsNewToAllAsync(shared, id ?? envelope.EnvelopeId!, ct);
        }

        if (!isNew)
        {
            LogRepeat(logger, envelope.RetryAttempt ?? 0);
        }

        return isNew;
    }

    // Events are acknowledged before, so they have the time. Of the rest only what comes by HTTP can reach another replica a
    // second time: a socket's envelope is known again by whoever holds the socket.
    private static bool IsShared(Envelope envelope) => envelope.Type is "events_api" || envelope.EnvelopeId!.StartsWith('/');

    /// <summary>A database that does not answer must not cost a person their command.</summary>
    private async Task<bool> IsNewToAllAsync(SeenStore store, string id, CancellationToken ct)
    {
        try
        {
            return await store.IsNewAsync(id, ct).WaitAsync(SharedWithin, time, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnshared(logger, e.GetType().Name);
            return true;
        }
    }

    private static T? Read<T>(Envelope envelope, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return envelope.Payload is { ValueKind: JsonValueKind.Object } payload ? payload.Deserialize(shape) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whether another replica had this request from Slack could not be asked ({Kind}); it is taken as new")]
    private static partial void LogUnshared(ILogger logger, string kind);

    [LoggerMessage(LogLevel.Debug, "A repeat from Slack (attempt {Attempt}) was acknowledged and left alone")]
    private static partial void LogRepeat(ILogger logger, int attempt);
}
