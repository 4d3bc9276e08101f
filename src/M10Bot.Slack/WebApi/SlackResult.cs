namespace M10Bot.Slack.WebApi;

/// <summary>What came of one Web API call. Closed: these cases and no others.</summary>
internal abstract record SlackResult<T>
{
    private SlackResult()
    {
    }

    /// <summary>Slack did it.</summary>
    internal sealed record Ok(T Reply) : SlackResult<T>;

    /// <summary>Nothing happened: our own pace or Slack's limit says not before <paramref name="Until"/>.</summary>
    /// <param name="IsWide">True where the whole workspace waits with this kind of call, not one channel alone.</param>
    internal sealed record RateLimited(DateTimeOffset Until, string Why, bool IsWide = true) : SlackResult<T>;

    /// <summary>Slack said no.</summary>
    internal sealed record Rejected(SlackError Error) : SlackResult<T>;

    /// <summary>Slack may have done it: the end of the call was not seen.</summary>
    internal sealed record Ambiguous(string Why) : SlackResult<T>;

    /// <summary>Nothing left this machine.</summary>
    internal sealed record NotSent(string Why) : SlackResult<T>;
}
