using M10Bot.News.Chat;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Requests;

/// <summary>Replies on their way back: as a message, through the address that came with the request, or in a modal.</summary>
internal sealed partial class SlackReplies(SlackWeb web, SlackOptions options, ILogger<SlackReplies> logger)
{
    public static ReplyMessage Message(CommandReply reply)
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
    public static ReplyMessage Beside(CommandReply reply) => Message(reply) with { ReplaceOriginal = false };

    /// <summary>Once, and once more as text alone where Slack did not take it.</summary>
    public async Task RespondAsync(string? responseUrl, ReplyMessage reply, CancellationToken ct)
    {
        if (!SlackHosts.IsResponseUrl(responseUrl, options.ApiBase, out var address))
        {
            LogBadResponseUrl(logger);
            return;
        }

        if (!await web.RespondAsync(address, reply, ct) && reply.Blocks is not null)
        {
            await web.RespondAsync(address, reply with { Blocks = null }, ct);
        }
    }

    /// <summary>Opens a modal; a trigger lives for three seconds.</summary>
    /// <returns>The view's id; null where Slack did not open it.</returns>
    public async Task<string?> OpenAsync(string team, string trigger, SlackView view, CancellationToken ct)
    {
        var call = SlackCall.Json("views.open", new OpenViewArguments(trigger, view), SlackJson.Default.OpenViewArguments) with
        {
            Pace = [new PaceKey(PaceKind.Views, team)],
        };
        return await web.CallAsync(call, SlackJson.Default.ViewReply, ct) is SlackResult<ViewReply>.Ok ok ? ok.Reply.View?.Id : null;
    }

    public Task UpdateAsync(string team, string viewId, SlackView view, CancellationToken ct) =>
        web.CallAsync(
            SlackCall.Json("views.update", new UpdateViewArguments(viewId, view), SlackJson.Default.UpdateViewArguments) with { Pace = [new PaceKey(PaceKind.Views, team)] },
            SlackJson.Default.ViewReply,
            ct);

    public Task PublishAsync(string team, string user, SlackView view, CancellationToken ct) =>
        web.CallAsync(
            SlackCall.Json("views.publish", new PublishViewArguments(user, view), SlackJson.Default.PublishViewArguments) with { Pace = [new PaceKey(PaceKind.Views, team)] },
            SlackJson.Default.ViewReply,
            ct);

    [LoggerMessage(LogLevel.Warning, "A reply could not be given: the response address is not one of Slack's")]
    private static partial void LogBadResponseUrl(ILogger logger);
}
