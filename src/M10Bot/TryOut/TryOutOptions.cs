using System.ComponentModel.DataAnnotations;

namespace M10Bot.TryOut;

/// <summary>Section <c>TryOut</c>: how the bot shows itself when no token is set.</summary>
public sealed class TryOutOptions
{
    /// <summary>The page's port on loopback; where it is taken, a free one is used and said. A second trial beside a running one needs a <see cref="Folder"/> of its own.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 5010;

    /// <summary>Holds the trial's database and wire; both are made anew at each start, since the simulated chats start empty too.</summary>
    [Required]
    public string Folder { get; init; } = "data/try-out";

    /// <summary>True plays three sample articles onto the wire.</summary>
    public bool Samples { get; init; } = true;

    /// <summary>From the flash to the full report.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ReportAfter { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>From the full report to its correction.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan CorrectionAfter { get; init; } = TimeSpan.FromSeconds(30);
}
