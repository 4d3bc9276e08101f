using System.ComponentModel.DataAnnotations;

namespace M10Bot.News.Wire;

/// <summary>Section <c>Wire</c>: the folder where the desk drops plain-text articles.</summary>
public sealed class WireOptions
{
    /// <summary>Made if missing, with <c>read</c> and <c>refused</c> inside.</summary>
    [Required]
    public string Folder { get; set; } = "data/wire";

    /// <summary>The Source its articles are filed under.</summary>
    [Required, StringLength(80)]
    public string Source { get; set; } = "M10News";

    /// <summary>Language of an article that names none.</summary>
    [Required, RegularExpression("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")]
    public string Language { get; set; } = "en";

    /// <summary>How long a file must stay as it is before it is read.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The fallback where the file system reports no change.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ScanEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a file rests that could not be read, filed or moved.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    [Range(1, 16 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 1024 * 1024;
}
