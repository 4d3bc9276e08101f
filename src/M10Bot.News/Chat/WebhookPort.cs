namespace M10Bot.News.Chat;

/// <summary>Webhooks of one platform. The URL that a person gives holds a secret: the platform encrypts it before a request is made of it, and nothing else ever sees it.</summary>
/// <param name="Platform">Whose.</param>
/// <param name="LookAsync">Asks the platform about the webhook that <see cref="Argument"/> of a request from this workspace names.</param>
public sealed record WebhookPort(Platform Platform, Func<string, string, CancellationToken, Task<WebhookSight>> LookAsync)
{
    /// <summary>The name of the option, and of a form's field: what comes in under it is a secret until it is encrypted.</summary>
    public const string Argument = "webhook";
}

/// <summary>What the platform tells of a webhook. Closed.</summary>
public abstract record WebhookSight
{
    private WebhookSight()
    {
    }

    /// <param name="Channel">The only channel it writes in, with the threads of that channel.</param>
    /// <param name="Webhook">For <see cref="Destination.Webhook"/>.</param>
    public sealed record Usable(string Channel, string Webhook) : WebhookSight;

    /// <param name="Why">A headline.</param>
    /// <param name="Remedy">What to do.</param>
    public sealed record Refused(string Why, string Remedy) : WebhookSight;
}
