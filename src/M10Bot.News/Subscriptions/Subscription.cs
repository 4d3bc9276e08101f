namespace M10Bot.News.Subscriptions;

/// <summary>A destination's standing order for one topic.</summary>
/// <param name="Topic">The topic's code; <c>all</c> for everything.</param>
/// <param name="Name">What a reader sees.</param>
/// <param name="CreatedBy">The platform's id of the person who gave the order.</param>
/// <param name="Created">When.</param>
public sealed record Subscription(string Topic, string Name, string CreatedBy, DateTimeOffset Created)
{
    public OrderRules Rules { get; init; } = OrderRules.None;

    public bool IsEverything => IsFor(Articles.Topic.Everything.Code);

    public bool IsForWords => Topic.StartsWith(Articles.Topic.WordPrefix, StringComparison.Ordinal);

    public bool IsFor(string code) => string.Equals(Topic, code, StringComparison.Ordinal);
}

/// <summary>A destination's word on one story; goes before its subscriptions.</summary>
public enum StoryChoice
{
    Follow,
    Mute,
}

/// <summary>Whether a destination can be served.</summary>
/// <param name="IsOpen">False where an admin removed the channel or the person left.</param>
/// <param name="IsSuspended">True where nothing is sent until a person mends something.</param>
/// <param name="Reason">Why it is suspended, in plain words.</param>
/// <param name="Remedy">What an admin must do.</param>
/// <param name="IsByWebhook">True where the platform writes there by a webhook, or did until that ended.</param>
public sealed record DestinationState(bool IsOpen, bool IsSuspended, string? Reason, string? Remedy, bool IsByWebhook);
