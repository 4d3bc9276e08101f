using System.Globalization;
using System.Text.RegularExpressions;
using M10Bot.News.Articles;

namespace M10Bot.News.Wire;

/// <summary>One system that pushes to the wire: an entry of <c>Wire:Senders</c>.</summary>
public sealed partial class WireSender
{
    /// <summary>The word that stands for an item without an urgency in <see cref="Urgency"/>.</summary>
    public const string NoUrgency = "none";

    private const int ShortestSecret = 24;
    private const int MostSecrets = 2;

    /// <summary>As it stands in the header <c>X-M10-Sender</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The Source its articles are filed under.</summary>
    public string Source { get; set; } = "";

    /// <summary>Language of an item that names none; without it that of <c>Wire:Language</c>.</summary>
    public string? Language { get; set; }

    /// <summary>One, or two while a new one takes the place of an old one: either is valid. Never logged.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>Its own urgencies (<c>1</c> to <c>9</c>, or <c>none</c>) to ours; one that is not named counts as it stands.</summary>
    public IDictionary<string, int> Urgency { get; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with the entry, naming its keys; null where nothing is.</summary>
    public string? Fault(int index)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"Wire:Senders:{index}");
        return this switch
        {
            _ when !NameForm().IsMatch(Name) => $"{key}:Name must be 1 to 40 letters, digits or hyphens.",
            _ when Source.Length is 0 or > 80 => $"{key}:Source must name the publisher in 1 to 80 characters.",
            _ when Secrets.Count is 0 or > MostSecrets => $"{key}:Secrets must hold one secret, or two while they are changed.",
            _ when Secrets.Any(secret => secret.Length < ShortestSecret) =>
                string.Create(CultureInfo.InvariantCulture, $"{key}:Secrets holds one that is shorter than {ShortestSecret} characters. Make one with: openssl rand -hex 32"),
            _ when Urgency.Any(u => !UrgencyForm().IsMatch(u.Key) || u.Value is < 1 or > 9) => $"{key}:Urgency takes 1 to 9 or {NoUrgency}, each with a value from 1 to 9.",
            _ => null,
        };
    }

    /// <summary>Ours for what the item says; null leaves it to the ruling.</summary>
    public Urgency? UrgencyOf(int? said)
    {
        var key = said?.ToString(CultureInfo.InvariantCulture) ?? NoUrgency;
        var ours = Urgency.TryGetValue(key, out var mapped) ? mapped : said;
        return ours is { } value ? new Urgency(value) : null;
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,40}$", RegexOptions.None, 1000)]
    private static partial Regex NameForm();

    [GeneratedRegex("^([1-9]|none)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UrgencyForm();
}
