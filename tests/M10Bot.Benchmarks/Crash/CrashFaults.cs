using M10Bot.Simulator;
using M10Bot.Simulator.Discord;
using M10Bot.Simulator.Slack;

namespace M10Bot.Benchmarks.Crash;

/// <summary>Has a share of all posts and edits go wrong on both platforms, by chance, for as long as the simulator runs.</summary>
/// <remarks>
/// The shares are small because every doubtful post in Slack costs a read of the channel's history, which the bot paces at
/// Slack's own 50 a minute whatever the simulator allows.
/// </remarks>
internal static class CrashFaults
{
    private const int ForEver = int.MaxValue;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(4); // the bot's time-out is 3 s here

    public static void Plan(SimulatorHost simulator, int seed)
    {
        // Both simulators ask under their own lock; one chance for each keeps them apart.
        var (discord, slack) = (new Random(seed), new Random(seed + 1));
        var faults = simulator.Discord.Faults;
        faults.CutConnection(Share(0.003), ForEver);
        faults.FailBefore(503, Share(0.003), ForEver);
        faults.LoseReply(Share(0.005), ForEver);
        faults.FailAfter(502, Share(0.005), ForEver);
        faults.SlowReply(Slow, Share(0.005), ForEver);
        faults.SlowReply(TooSlow, Share(0.001), ForEver);

        (SlackFault Fault, double Share, TimeSpan Wait)[] planned =
        [
            (SlackFault.Cut, 0.001, TimeSpan.Zero),
            (SlackFault.UnavailableBefore, 0.001, TimeSpan.Zero),
            (SlackFault.ReplyLost, 0.002, TimeSpan.Zero),
            (SlackFault.UnavailableAfter, 0.002, TimeSpan.Zero),
            (SlackFault.Truncated, 0.001, TimeSpan.Zero),
            (SlackFault.Slow, 0.005, Slow),
            (SlackFault.Slow, 0.001, TooSlow),
        ];
        foreach (var (fault, share, wait) in planned)
        {
            simulator.Slack.Faults.Plan(fault, m => m is "chat.postMessage" or "chat.update" && slack.NextDouble() < share, ForEver, wait);
        }

        Func<DiscordCall, bool> Share(double share) => call => (call.IsCreate || call.IsEdit) && discord.NextDouble() < share;
    }
}
