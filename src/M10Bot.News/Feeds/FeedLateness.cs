using System.Diagnostics.Metrics;

namespace M10Bot.News.Feeds;

/// <summary>How late polls begin: for whoever watches the program, e.g. <c>dotnet-counters monitor --counters M10Bot.Feeds</c>.</summary>
internal sealed class FeedLateness(IMeterFactory meters)
{
    public const string MeterName = "M10Bot.Feeds";
    public const string HistogramName = "m10bot.feeds.lateness";

    private readonly Histogram<double> _lateness = meters.Create(MeterName).CreateHistogram<double>(HistogramName, "s", "From when a feed was due to when it is asked");

    public void Began(TimeSpan late) => _lateness.Record(late.TotalSeconds);
}
