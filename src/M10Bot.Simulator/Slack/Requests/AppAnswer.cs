using System.Text.Json;

namespace M10Bot.Simulator.Slack.Requests;

/// <summary>What became of something that was sent to the app.</summary>
internal abstract record AppAnswer
{
    private AppAnswer()
    {
    }

    /// <param name="Payload">What the app said along with it, or null.</param>
    public sealed record Acknowledged(JsonElement? Payload) : AppAnswer;

    /// <summary>Nothing within three seconds.</summary>
    public sealed record Late : AppAnswer;

    /// <summary>No socket is open, or no request URL is set.</summary>
    public sealed record NoLink : AppAnswer;

    /// <summary>The request URL did not answer 2xx.</summary>
    /// <param name="Reason">Slack's word for X-Slack-Retry-Reason, e.g. <c>http_error</c>.</param>
    /// <param name="IsFinal">True where the app asked for no retry.</param>
    public sealed record Failed(string Reason, bool IsFinal) : AppAnswer;

    /// <summary>Never sent, by plan.</summary>
    public sealed record Lost : AppAnswer;
}
