using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Requests;

/// <summary>Turns envelopes into commands and replies. Acknowledges first; answers in the acknowledgement where there is time.</summary>
internal sealed partial class SlackRequests(
    CommandPort commands,
    SlackRoles roles,
    SlackSession session,
    SlackWeb web,
    SlackOptions options,
    TimeProvider time,
    ILogger<SlackRequests> logger)
{
    private const int LongestText = 4000;
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5); // a response_url lives for 30

    private readonly SeenIds _seen = new(time);

    public Task HandleAsync(Envelope envelope, Acknowledge acknowledge, CancellationToken ct) => envelope.Type switch
    {
        "slash_commands" => CommandAsync(envelope, acknowledge, ct),
        "interactive" => ActionsAsync(envelope, acknowledge, ct),
        "events_api" => EventAsync(envelope, acknowledge, ct),
        _ => acknowledge(payload: null, ct),
    };

    private async Task CommandAsync(Envelope envelope, Acknowledge acknowledge, CancellationToken ct)
    {
        var typed = Read(envelope, SlackJson.Default.SlashCommand);
        if (typed is not { UserId: { } user, ChannelId: { } channel } || !IsNew(envelope, typed.TriggerId))
        {
            await acknowledge(payload: null, ct);
            return;
        }

        if (!IsHome(typed.TeamId, out var team))
        {
            await acknowledge(Message(NotHere), ct);
            return;
        }

        using var limit = new CancellationTokenSource(LongestRun, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var call = commands.Parse(typed.Text is { Length: > LongestText } text ? text[..LongestText] : typed.Text ?? "");
        var answer = AnswerAsync(team, user, channel, call, either.Token);
        if (envelope.AcceptsResponsePayload && await IsQuickAsync(answer, ct))
        {
            var reply = Message(await answer);
            if (await acknowledge(reply, ct))
            {
                return;
            }

            await RespondAsync(typed.ResponseUrl, reply, ct);
            return;
        }

        await acknowledge(payload: null, ct);
        await RespondAsync(typed.ResponseUrl, Message(await answer), ct);
    }

    private async Task ActionsAsync(Envelope envelope, Acknowledge acknowledge, CancellationToken ct)
    {
        await acknowledge(payload: null, ct);
        var pressed = Read(envelope, SlackJson.Default.BlockActions);
        if (pressed is not { Type: "block_actions", User.Id: { } user } || !IsNew(envelope, pressed.TriggerId))
        {
            return;
        }

        var action = pressed.Actions?.FirstOrDefault(a => ButtonIds.IsOurs(a.ActionId) && a.Value is { Length: > 0 and <= BlockList.ValueLimit });
        var channel = pressed.Channel?.Id ?? pressed.Container?.ChannelId;
        if (action is null || channel is null)
        {
            return; // a link button: the client has opened it already
        }

        // In a shared channel the person may belong to another workspace; the roles see to that.
        if (!IsHome(pressed.Team?.Id ?? pressed.User.TeamId, out var team) || !ActionKey.TryDecode(action.Value, out var command, out var arguments))
        {
            LogStrangeButton(logger);
            await RespondAsync(pressed.ResponseUrl, Beside(OldButton), ct);
            return;
        }

        using var limit = new CancellationTokenSource(LongestRun, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var reply = await AnswerAsync(team, user, channel, new CommandCall(command, arguments), either.Token);
        await RespondAsync(pressed.ResponseUrl, Beside(reply), ct);
    }

    private async Task EventAsync(Envelope envelope, Acknowledge acknowledge, CancellationToken ct)
    {
        await acknowledge(payload: null, ct);
        var told = Read(envelope, SlackJson.Default.EventCallback);
        if (told?.Event?.Type is { } type && IsNew(envelope, told.EventId))
        {
            LogEvent(logger, SlackText.Clip(type, 60), told.EventId ?? "-");
        }
    }

    private async Task<CommandReply> AnswerAsync(string team, string user, string channel, CommandCall call, CancellationToken ct)
    {
        var (caller, locale) = await roles.WhoAsync(team, user, ct);
        var request = new CommandRequest
        {
            Platform = Platform.Slack,
            Workspace = team,
            Channel = channel,
            IsDirect = channel.StartsWith('D'),
            Caller = caller,
            Command = call.Name,
            Arguments = call.Arguments,
            Locale = locale,
        };
        return await commands.RunAsync(request, ct);
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

    private async Task RespondAsync(string? responseUrl, ReplyMessage reply, CancellationToken ct)
    {
        if (!SlackHosts.IsResponseUrl(responseUrl, options.ApiBase, out var address))
        {
            LogBadResponseUrl(logger);
            return;
        }

        // One more try, as text alone, in case it was the blocks; then it is final: an address takes five answers.
        if (!await web.RespondAsync(address, reply, ct) && reply.Blocks is not null)
        {
            await web.RespondAsync(address, reply with { Blocks = null }, ct);
        }
    }

    private static ReplyMessage Message(CommandReply reply)
    {
        var message = SlackRenderer.Render(reply.Card);
        return new ReplyMessage
        {
            ResponseType = reply.IsPublic ? "in_channel" : "ephemeral",
            Text = message.Text,
            Blocks = message.Blocks,
        };
    }

    /// <summary>The message that carries the button stays as it is.</summary>
    private static ReplyMessage Beside(CommandReply reply) => Message(reply) with { ReplaceOriginal = false };

    private bool IsHome(string? team, out string home)
    {
        home = session.Identity?.Team ?? "";
        return home.Length > 0 && string.Equals(team, home, StringComparison.Ordinal);
    }

    private static CommandReply NotHere => CommandReply.Say(
        "This workspace is not connected yet",
        "Try again in a minute. If that does not help, ask the person who runs the bot whether it is installed in this workspace.");

    private static CommandReply OldButton => CommandReply.Say(
        "This button no longer works",
        "Type the command instead; /m10 help lists them all.");

    private bool IsNew(Envelope envelope, string? id)
    {
        var isNew = _seen.IsNew(envelope.EnvelopeId!) & (id is null || _seen.IsNew(id));
        if (!isNew)
        {
            LogRepeat(logger, envelope.RetryAttempt ?? 0);
        }

        return isNew;
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

    [LoggerMessage(LogLevel.Information, "Slack event {Type} {Id}")]
    private static partial void LogEvent(ILogger logger, string type, string id);

    [LoggerMessage(LogLevel.Debug, "A repeat from Slack (attempt {Attempt}) was acknowledged and left alone")]
    private static partial void LogRepeat(ILogger logger, int attempt);

    [LoggerMessage(LogLevel.Warning, "A button's value was not one of ours")]
    private static partial void LogStrangeButton(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "A reply could not be given: the response address is not one of Slack's")]
    private static partial void LogBadResponseUrl(ILogger logger);
}
