using M10Bot.Slack.Rendering;

namespace M10Bot.Slack.Requests;

/// <summary>A person's own page with the bot: published when they open it, and after what they do on it.</summary>
internal sealed class SlackHome(SlackCommands commands, SlackReplies replies)
{
    public async Task PublishAsync(string team, string user, CancellationToken ct)
    {
        var cards = await commands.HomeAsync(new Asker(team, user, ""), ct);
        await replies.PublishAsync(team, user, ViewRenderer.Home(cards), ct);
    }
}
