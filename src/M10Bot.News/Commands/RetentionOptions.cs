using System.ComponentModel.DataAnnotations;

namespace M10Bot.News.Commands;

/// <summary>Section <c>Retention</c>: how long data outlives its purpose.</summary>
public sealed class RetentionOptions
{
    /// <summary>Days after a workspace removed the bot until its channels, subscriptions and receipts are deleted. Invited again before, it finds all as it was.</summary>
    [Range(1, 365)]
    public int PurgeAfterDays { get; init; } = 30;
}
