using M10Bot.News.Chat;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Deliveries;

/// <summary>Makes the runner of a lane; whoever owns the lane runs it.</summary>
internal sealed class LaneRunners(
    LaneStore store, DeliveryJournal journal, CardShelf cards, TimeProvider time, IOptions<DeliveryOptions> options, ILogger<LaneRunner> logger)
{
    public LaneRunner For(string lane, IChatPlatform platform) =>
        new(
            lane,
            store,
            journal,
            new DeliveryAct(platform, journal, cards, new Standings(), time, options.Value),
            new LanePacer(platform.Pace),
            time,
            options.Value,
            logger);
}
