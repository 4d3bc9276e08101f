using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Wire;

/// <summary>Section <c>Wire</c>: the folder where the desk drops articles, and who may push them.</summary>
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

    /// <summary>A larger file or push is refused.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 1024 * 1024;

    /// <summary>How far the time of a push may be from ours.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PushWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Who may push to <c>POST /wire</c>; nobody where it is empty.</summary>
    public IList<WireSender> Senders { get; } = [];
}

/// <summary>What the ranges cannot say: the entries of <see cref="WireOptions.Senders"/>.</summary>
internal sealed class WireOptionsRules : IValidateOptions<WireOptions>
{
    public ValidateOptionsResult Validate(string? name, WireOptions options)
    {
        var faults = options.Senders.Select((sender, i) => sender.Fault(i)).OfType<string>().ToList();
        faults.AddRange(options.Senders.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => $"Wire:Senders has two entries of the name {g.Key}."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
