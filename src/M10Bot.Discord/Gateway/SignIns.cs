using M10Bot.News.Ownership;

namespace M10Bot.Discord.Gateway;

/// <summary>Spaces the sign-ins of the bot's shards, on whichever replica: Discord takes so many in five seconds, told apart by the shard's number.</summary>
internal sealed class SignIns(ShardPlan plan, ITurns turns, TimeProvider time)
{
    // Discord's five seconds, and what two connections may differ in setting up.
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(5.5);

    /// <summary>Waits for the shard's turn.</summary>
    public async Task EnterAsync(Shard shard, CancellationToken ct)
    {
        var line = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"discord/sign-in/{shard.Index % plan.SignInsAtOnce}");
        if (await turns.BookAsync(line, Spacing, ct) is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, ct);
        }
    }
}
