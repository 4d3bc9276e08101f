using System.Text.Json.Nodes;

namespace M10Bot.Simulator.Slack.Requests;

/// <summary>The way to the app: its sockets, or its request URLs, never both.</summary>
internal sealed class AppDoor(SlackCore core)
{
    public const string Events = "events_api";
    public const string Commands = "slash_commands";
    public const string Interactive = "interactive";

    /// <summary>Sends one thing and waits for the acknowledgement, three seconds at most.</summary>
    /// <param name="type">One of the constants above.</param>
    /// <param name="payload">What Slack documents for it.</param>
    /// <param name="retry">0 for the first try.</param>
    /// <param name="reason">Why it comes again.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<AppAnswer> AskAsync(string type, JsonObject payload, int retry, string reason, CancellationToken ct)
    {
        var fault = core.Faults.Next(type);
        if (fault is { Fault: SlackFault.Lost })
        {
            core.Journal.Write("slack", type, "lost", Name(type, payload));
            return new AppAnswer.Lost();
        }

        var answer = core.IsSocketMode
            ? await core.Sockets.AskAsync(type, payload, retry, reason, fault?.Fault, ct)
            : await core.RequestUrls.AskAsync(type, payload, retry, reason, fault?.Fault, ct);
        core.Journal.Write("slack", type, Verdict(answer), Name(type, payload));
        if (answer is AppAnswer.Late)
        {
            core.Complain($"{type} was not acknowledged within three seconds: {Name(type, payload)}");
        }

        return answer;
    }

    private static string Verdict(AppAnswer answer) => answer switch
    {
        AppAnswer.Acknowledged => "acknowledged",
        AppAnswer.Late => "not acknowledged",
        AppAnswer.NoLink => "nobody there",
        AppAnswer.Failed failed => failed.Reason,
        _ => "lost",
    };

    private static string Name(string type, JsonObject payload) => type switch
    {
        Events => payload["event"]?["type"]?.GetValue<string>() ?? "",
        Commands => payload["command"]?.GetValue<string>() ?? "",
        _ => payload["type"]?.GetValue<string>() ?? "",
    };
}
