using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace M10Bot.TryOut;

/// <summary>Plays the samples onto the wire: a flash, then the full report, then its correction.</summary>
internal sealed class SampleWire(WireDrop wire, IOptions<TryOutOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Samples)
        {
            return;
        }

        await wire.DropAsync(SampleArticles.Flash.Text, stoppingToken);
        await Task.Delay(options.Value.ReportAfter, time, stoppingToken);
        await wire.DropAsync(SampleArticles.Report.Text, stoppingToken);
        await Task.Delay(options.Value.CorrectionAfter, time, stoppingToken);
        await wire.DropAsync(SampleArticles.Correction.Text, stoppingToken);
    }
}
