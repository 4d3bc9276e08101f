using System.Globalization;

namespace M10Bot.News.Articles;

/// <summary>How fast a story must reach its readers: 1 (highest) to 9 (lowest).</summary>
/// <remarks>The scale of IPTC ninjs <c>urgency</c>. Vendors disagree, so a Source maps its own values to this one.</remarks>
public readonly record struct Urgency : IComparable<Urgency>
{
    /// <summary>First word of a story of the highest importance; overtakes everything but kills and corrections.</summary>
    public static readonly Urgency Flash = new(1);

    /// <summary>Breaking: runs at once.</summary>
    public static readonly Urgency Urgent = new(3);

    /// <summary>Ordinary news.</summary>
    public static readonly Urgency Routine = new(5);

    private readonly byte _value;

    /// <exception cref="ArgumentOutOfRangeException">The value is not 1 to 9.</exception>
    public Urgency(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 9);
        _value = (byte)value;
    }

    /// <summary>1 to 9; an urgency nobody set counts as routine.</summary>
    public int Value => _value == 0 ? 5 : _value;

    public UrgencyStep Step => Value switch { 1 => UrgencyStep.Flash, <= 3 => UrgencyStep.Urgent, _ => UrgencyStep.Routine };

    public static bool operator <(Urgency left, Urgency right) => left.Value < right.Value;

    public static bool operator >(Urgency left, Urgency right) => left.Value > right.Value;

    public static bool operator <=(Urgency left, Urgency right) => left.Value <= right.Value;

    public static bool operator >=(Urgency left, Urgency right) => left.Value >= right.Value;

    public int CompareTo(Urgency other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The named steps of <see cref="Urgency"/>: 1, 2–3, 4–9.</summary>
public enum UrgencyStep
{
    Flash,
    Urgent,
    Routine,
}
