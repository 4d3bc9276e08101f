namespace M10Bot.Discord.Rest;

/// <summary>How a request ended. Closed.</summary>
internal abstract record RestReply
{
    private RestReply()
    {
    }

    /// <summary>2xx with a body that is JSON, or none.</summary>
    public sealed record Done(int Status, byte[] Body) : RestReply;

    /// <summary>Discord said no; nothing happened.</summary>
    public sealed record Failed(DiscordError Error) : RestReply;

    /// <summary>Not sent, or sent and turned away: nothing happened, try after <paramref name="Wait"/>.</summary>
    public sealed record NotNow(TimeSpan Wait, string Why, bool Everywhere) : RestReply
    {
        /// <summary>Turned away for so short that it is waited out in place.</summary>
        public bool IsShort { get; init; }
    }

    /// <summary>Sent, and the end was not seen.</summary>
    public sealed record Unseen(string Why) : RestReply;
}

/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Discord's JSON code; 0 where it gave none.</param>
/// <param name="Paths">Where in the body it found fault, e.g. <c>components.0.label BASE_TYPE_MAX_LENGTH</c>. Holds no text of ours or theirs.</param>
internal sealed record DiscordError(int Status, int Code, IReadOnlyList<string> Paths)
{
    /// <summary>Said of a request by a webhook's token: the bot's own has nothing to do with it.</summary>
    public bool IsWebhook { get; init; }

    /// <summary>There is no such webhook, or not with this token: it must not be called again.</summary>
    public bool IsWebhookOver => IsWebhook && (Code is 10015 or 50027 || Status == 401 || (Status == 404 && Code == 0));

    public override string ToString() =>
        Paths.Count == 0 ? $"HTTP {Status}, code {Code}" : $"HTTP {Status}, code {Code}, at {string.Join("; ", Paths.Take(5))}";
}
