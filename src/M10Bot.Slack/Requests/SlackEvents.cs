using M10Bot.News.Chat;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.WebApi;
using M10Bot.Slack.Workspaces;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Requests;

/// <summary>What happens in Slack while nobody asks: channels come and go, the app is removed, a person opens the page or writes to the bot.</summary>
internal sealed partial class SlackEvents(
    SlackInstalls installs,
    SlackUninstall uninstall,
    PlacePort places,
    SlackRoles roles,
    SlackHome home,
    SlackCommands commands,
    SlackMessages messages,
    SlackOptions options,
    ILogger<SlackEvents> logger)
{
    private const int LongestText = 4000;
    private const string Invite = "Invite the bot to the channel again; it goes on by itself.";

    public async Task HandleAsync(EventCallback told, EventBody body, CancellationToken ct)
    {
        var authorization = told.Authorizations is { Count: > 0 } all ? all[0] : null;
        var team = authorization?.TeamId ?? told.TeamId ?? "";
        if (installs.Of(team, authorization?.EnterpriseId ?? told.EnterpriseId) is not { } install)
        {
            return;
        }

        LogEvent(logger, SlackText.Clip(body.Type!, 60), told.EventId ?? "-");
        switch (body.Type)
        {
            case "app_uninstalled":
                await uninstall.EndAsync(install, told.EventTime, ct);
                break;
            case "tokens_revoked" when body.Tokens?.Bot?.Contains(install.User, StringComparer.Ordinal) == true:
                await uninstall.EndAsync(install, told.EventTime, ct);
                break;
            case "app_home_opened" when body.UserId.Length > 0 && body.Tab is null or "home":
                await home.PublishAsync(team, body.UserId, ct);
                break;
            case "user_change":
                roles.Forget(team, body.UserId);
                break;
            case "message" when IsWrittenToUs(body, install):
                await AnswerAsync(team, body, ct);
                break;
            default:
                await PlaceAsync(team, body, install, ct);
                break;
        }
    }

    private Task PlaceAsync(string team, EventBody body, SlackInstall install, CancellationToken ct)
    {
        var place = new Destination(Platform.Slack, team, DestinationKind.Channel, body.ChannelId);
        var isUs = string.Equals(body.UserId, install.User, StringComparison.Ordinal);
        return body.Type switch
        {
            "channel_archive" or "group_archive" => places.SuspendAsync(place, "the channel is archived", "Unarchive the channel; it goes on by itself.", ct),
            "channel_unarchive" or "group_unarchive" => places.ResumeAsync(place, ct),
            "channel_left" or "group_left" => places.SuspendAsync(place, "the bot was removed from the channel", Invite, ct),
            "member_left_channel" when isUs => places.SuspendAsync(place, "the bot was removed from the channel", Invite, ct),
            "member_joined_channel" when isUs => places.ResumeAsync(place, ct),
            "channel_deleted" or "group_deleted" => places.CloseAsync(place, ct),
            "channel_id_changed" when body is { OldChannelId: { Length: > 0 } old, NewChannelId: { Length: > 0 } next } =>
                places.MoveAsync(place with { Address = old }, next, ct),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>A direct message typed by a person: not an edit, not a bot's, and above all not our own.</summary>
    private static bool IsWrittenToUs(EventBody body, SlackInstall install) =>
        body is { ChannelType: "im", Subtype: null, BotId: null, Text.Length: > 0 } && body.UserId.Length > 0 && body.UserId != install.User;

    private async Task AnswerAsync(string team, EventBody body, CancellationToken ct)
    {
        var text = body.Text!.Length > LongestText ? body.Text[..LongestText] : body.Text;
        var call = commands.Parse(Stripped(text));
        var reply = await commands.RunAsync(new Asker(team, body.UserId, body.ChannelId), call, ct);
        var drawn = DrawnCard.Of(SlackActions.WithOpener(reply).Card);
        await messages.PostAsync(
            team,
            new MessageArguments { Channel = body.ChannelId, Text = drawn.Text, Blocks = drawn.Blocks, UnfurlLinks = false, UnfurlMedia = false, LinkNames = false },
            options.RequestTimeout,
            ct);
    }

    // Somebody used to the command types its name here too; without a workspace's own command list Slack sends it as words.
    private string Stripped(string text)
    {
        var name = options.Command.TrimStart('/');
        var trimmed = text.TrimStart('/', ' ');
        return trimmed.StartsWith(name + " ", StringComparison.OrdinalIgnoreCase) ? trimmed[(name.Length + 1)..] : text;
    }

    [LoggerMessage(LogLevel.Debug, "Slack event {Type} {Id}")]
    private static partial void LogEvent(ILogger logger, string type, string id);
}
