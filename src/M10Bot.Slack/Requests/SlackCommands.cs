using M10Bot.News.Chat;

namespace M10Bot.Slack.Requests;

/// <summary>Who asks what, from where.</summary>
/// <param name="Team">The workspace.</param>
/// <param name="User">The person.</param>
/// <param name="Channel">Where; empty on the person's own page and in a modal.</param>
internal sealed record Asker(string Team, string User, string Channel)
{
    public bool IsDirect => Channel.Length == 0 || Channel.StartsWith('D');
}

/// <summary>Runs a command for a person, with the role and the language that Slack and the settings give.</summary>
internal sealed class SlackCommands(CommandPort port, SlackRoles roles)
{
    public CommandCall Parse(string text) => port.Parse(MessageLinks.AsThreads(text));

    public async Task<CommandReply> RunAsync(Asker who, CommandCall call, CancellationToken ct) =>
        await port.RunAsync(await RequestAsync(who, call, ct), ct);

    public async Task<IReadOnlyList<Suggestion>> SuggestAsync(Asker who, string command, string option, string typed, CancellationToken ct) =>
        await port.SuggestAsync(await RequestAsync(who, new CommandCall(command, new Dictionary<string, string>(StringComparer.Ordinal)), ct), option, typed, ct);

    public async Task<IReadOnlyList<Card>> HomeAsync(Asker who, CancellationToken ct) =>
        await port.HomeAsync(await RequestAsync(who, new CommandCall("help", new Dictionary<string, string>(StringComparer.Ordinal)), ct), ct);

    private async Task<CommandRequest> RequestAsync(Asker who, CommandCall call, CancellationToken ct)
    {
        var isRestricted = port.IsRestricted(call.Name) || call.Name is Form.AnswerCommand;
        var person = await roles.WhoAsync(who.Team, who.User, isFresh: isRestricted, ct);
        return new CommandRequest
        {
            Platform = Platform.Slack,
            Workspace = who.Team,
            Channel = who.Channel,
            IsDirect = who.IsDirect,
            Caller = person.Caller,
            Command = call.Name,
            Arguments = call.Arguments,
            IsRunOn = call.IsRunOn,
            Locale = person.Locale,
            Admins = isRestricted ? roles.NamesOf(who.Team, c => c.Role == Role.Admin) : null,
            Editors = isRestricted ? roles.NamesOf(who.Team, c => c.IsEditor) : null,
        };
    }
}
