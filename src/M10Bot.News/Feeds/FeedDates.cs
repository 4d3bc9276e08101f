using System.Collections.Frozen;
using System.Globalization;

namespace M10Bot.News.Feeds;

/// <summary>Reads the times that feeds write: ISO 8601 and its misspellings, RFC 822 with zone names, asctime, epoch, localised months.</summary>
/// <remarks>Without a zone a time counts as UTC. Two-digit years: below 70 is 20xx (RFC 2822 §4.3 says 50; feeds of the seventies do not exist).</remarks>
internal static class FeedDates
{
    private static readonly FrozenDictionary<string, int> Zones = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["WET"] = 0,
        ["WEST"] = 60,
        ["BST"] = 60,
        ["CET"] = 60,
        ["MET"] = 60,
        ["MEZ"] = 60,
        ["CEST"] = 120,
        ["MEST"] = 120,
        ["MESZ"] = 120,
        ["EET"] = 120,
        ["EEST"] = 180,
        ["MSK"] = 180,
        ["IST"] = 330,
        ["JST"] = 540,
        ["KST"] = 540,
        ["AEST"] = 600,
        ["AEDT"] = 660,
        ["NZST"] = 720,
        ["NZDT"] = 780,
        ["HKT"] = 480,
        ["SGT"] = 480,
        ["AT"] = -240,
        ["AST"] = -240,
        ["ADT"] = -180,
        ["ET"] = -300,
        ["EST"] = -300,
        ["EDT"] = -240,
        ["CT"] = -360,
        ["CST"] = -360,
        ["CDT"] = -300,
        ["MT"] = -420,
        ["MST"] = -420,
        ["MDT"] = -360,
        ["PT"] = -480,
        ["PST"] = -480,
        ["PDT"] = -420,
        ["AKST"] = -540,
        ["AKDT"] = -480,
        ["HST"] = -600,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The first letters of a month's name that tell it apart, in the languages feeds are written in.</summary>
    private static readonly (string Start, int Month)[] Months =
    [
        ("jan", 1), ("ene", 1), ("gen", 1), ("янв", 1), ("ιαν", 1), ("feb", 2), ("fév", 2), ("fev", 2), ("фев", 2), ("φεβ", 2), ("febr", 2),
        ("mar", 3), ("mär", 3), ("maa", 3), ("mrt", 3), ("már", 3), ("мар", 3), ("μαρ", 3), ("μάρ", 3), ("apr", 4), ("avr", 4), ("abr", 4), ("ápr", 4), ("апр", 4), ("απρ", 4),
        ("may", 5), ("mai", 5), ("mei", 5), ("mag", 5), ("máj", 5), ("май", 5), ("мая", 5), ("μάι", 5), ("μαϊ", 5), ("μαΐ", 5), ("jun", 6), ("juin", 6), ("giu", 6), ("jún", 6), ("июн", 6), ("ιούν", 6),
        ("jul", 7), ("juil", 7), ("lug", 7), ("júl", 7), ("июл", 7), ("ιούλ", 7), ("aug", 8), ("ago", 8), ("aoû", 8), ("aou", 8), ("авг", 8), ("αύγ", 8), ("αυγ", 8),
        ("sep", 9), ("set", 9), ("szep", 9), ("сен", 9), ("σεπ", 9), ("oct", 10), ("okt", 10), ("ott", 10), ("out", 10), ("окт", 10), ("οκτ", 10),
        ("nov", 11), ("ноя", 11), ("νοέ", 11), ("νοε", 11), ("dec", 12), ("dez", 12), ("déc", 12), ("dic", 12), ("дек", 12), ("δεκ", 12),
    ];

    public static DateTimeOffset? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 200)
        {
            return null;
        }

        var trimmed = text.Trim();
        if (trimmed.Length is 10 or 13 && trimmed.All(char.IsAsciiDigit) && long.TryParse(trimmed, CultureInfo.InvariantCulture, out var epoch))
        {
            return trimmed.Length == 10 ? DateTimeOffset.FromUnixTimeSeconds(epoch) : DateTimeOffset.FromUnixTimeMilliseconds(epoch);
        }

        var parts = new Parts();
        parts.Scan(trimmed);
        return parts.ToTime();
    }

    private static int MonthOf(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[Math.Min(word.Length, 12)];
        word[..lower.Length].ToLowerInvariant(lower);
        foreach (var (start, month) in Months)
        {
            if (((ReadOnlySpan<char>)lower).StartsWith(start, StringComparison.Ordinal))
            {
                return month;
            }
        }

        return 0;
    }

    /// <summary>What has been recognised of a time so far; every part is looked for wherever it stands.</summary>
    private ref struct Parts
    {
        private readonly List<(int Value, int Digits)> _numbers = [];
        private int _month;
        private bool _mayBeWeekday;
        private int _hour;
        private int _minute;
        private int _second;
        private int _milli;
        private bool _hasTime;
        private int? _offset;
        private bool _isAfternoon;

        public Parts()
        {
        }

        public void Scan(ReadOnlySpan<char> text)
        {
            var at = 0;
            while (at < text.Length)
            {
                var c = text[at];
                if (char.IsAsciiDigit(c))
                {
                    at += TakeNumber(text[at..]);
                }
                else if (c is '+' or '-' && (_hasTime || _offset is not null) && TakeOffset(text[at..]) is > 0 and var taken)
                {
                    at += taken;
                }
                else if (char.IsLetter(c))
                {
                    at += TakeWord(text[at..]);
                }
                else
                {
                    at++;
                }
            }
        }

        public readonly DateTimeOffset? ToTime()
        {
            if (!TryDate(out var year, out var month, out var day))
            {
                return null;
            }

            var hour = _isAfternoon && _hour < 12 ? _hour + 12 : _hour;
            if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 24 || _minute > 59 || _second > 60)
            {
                return null;
            }

            // 24:00 and a leap second are times of day too.
            var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified)
                .AddHours(hour).AddMinutes(_minute).AddSeconds(_second).AddMilliseconds(_milli);
            var utc = local.Ticks - (_offset ?? 0) * TimeSpan.TicksPerMinute;
            return utc < DateTimeOffset.MinValue.Ticks || utc > DateTimeOffset.MaxValue.Ticks ? null : new DateTimeOffset(utc, TimeSpan.Zero);
        }

        private readonly bool TryDate(out int year, out int month, out int day)
        {
            (year, month, day) = (0, _month, 1);
            if (_numbers.Count == 0)
            {
                return false;
            }

            if (_month != 0)
            {
                return TryWithMonthName(out year, out day);
            }

            var (first, digits) = _numbers[0];
            switch (digits)
            {
                case 4 when first > 0:
                    (year, month, day) = (first, At(1, 1), At(2, 1));
                    return true;
                case 8:
                    (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
                    return true;
                case 6:
                    (year, month, day) = (Century(first / 10_000), first / 100 % 100, first % 100);
                    return true;
                case 2 when _numbers.Count >= 3 && _numbers[2].Digits == 4:
                    // 31/12/2003, or 12/31/2003 where the first cannot be a month's day's partner
                    (year, month, day) = (_numbers[2].Value, At(1, 1), first);
                    (month, day) = month > 12 ? (day, month) : (month, day);
                    return true;
                case 2:
                    (year, month, day) = (Century(first), At(1, 1), At(2, 1));
                    return true;
                default:
                    return false;
            }
        }

        // "31 Dec 2003", "Dec 31 2003", "2003 Dec 31", "31 Dec 03"
        private readonly bool TryWithMonthName(out int year, out int day)
        {
            (year, day) = (0, 1);
            var yearAt = _numbers.FindIndex(n => n.Digits == 4);
            if (yearAt < 0)
            {
                yearAt = _numbers.Count >= 2 ? 1 : -1;
            }

            if (yearAt < 0)
            {
                return false;
            }

            year = _numbers[yearAt].Digits == 4 ? _numbers[yearAt].Value : Century(_numbers[yearAt].Value);
            day = _numbers.Count > 1 ? _numbers[yearAt == 0 ? 1 : 0].Value : 1;
            return true;
        }

        private readonly int At(int index, int fallback) => index < _numbers.Count ? _numbers[index].Value : fallback;

        private static int Century(int year) => year < 70 ? 2000 + year : 1900 + year;

        private int TakeNumber(ReadOnlySpan<char> text)
        {
            var length = 0;
            while (length < text.Length && length < 9 && char.IsAsciiDigit(text[length]))
            {
                length++;
            }

            var value = int.Parse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture);
            if (!_hasTime && length <= 2 && length < text.Length && text[length] == ':')
            {
                return length + TakeTime(value, text[length..]);
            }

            _numbers.Add((value, length));
            return length;
        }

        private int TakeTime(int hour, ReadOnlySpan<char> rest)
        {
            _hasTime = true;
            _hour = hour;
            var at = TakeField(rest, 0, ':', out _minute);
            at = TakeField(rest, at, ':', out _second);
            if (at < rest.Length && rest[at] is '.' or ',' && at + 1 < rest.Length && char.IsAsciiDigit(rest[at + 1]))
            {
                var digits = 0;
                at++;
                while (at < rest.Length && char.IsAsciiDigit(rest[at]))
                {
                    _milli = digits < 3 ? _milli * 10 + (rest[at] - '0') : _milli;
                    digits++;
                    at++;
                }

                for (; digits < 3; digits++)
                {
                    _milli *= 10;
                }
            }

            return at;
        }

        private static int TakeField(ReadOnlySpan<char> text, int at, char before, out int value)
        {
            value = 0;
            if (at >= text.Length || text[at] != before || at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1]))
            {
                return at;
            }

            at++;
            for (var digits = 0; digits < 2 && at < text.Length && char.IsAsciiDigit(text[at]); digits++, at++)
            {
                value = value * 10 + (text[at] - '0');
            }

            return at;
        }

        // "+0200", "-05:00", "+2"; a zone name before it ("GMT-01:01") adds nothing.
        private int TakeOffset(ReadOnlySpan<char> text)
        {
            var at = 1;
            var digits = 0;
            var value = 0;
            var minutes = -1;
            while (at < text.Length && digits < 4 && (char.IsAsciiDigit(text[at]) || (text[at] == ':' && digits is 1 or 2 && minutes < 0)))
            {
                if (text[at] == ':')
                {
                    (minutes, value, digits) = (value * 60, 0, 2);
                }
                else
                {
                    value = value * 10 + (text[at] - '0');
                    digits++;
                }

                at++;
            }

            if (at == 1)
            {
                return 0;
            }

            var total = minutes >= 0 ? minutes + value : digits <= 2 ? value * 60 : value / 100 * 60 + value % 100;
            _offset = text[0] == '-' ? -total : total;
            return at;
        }

        private int TakeWord(ReadOnlySpan<char> text)
        {
            var length = 1;
            while (length < text.Length && char.IsLetter(text[length]))
            {
                length++;
            }

            var word = text[..length];
            if (word is "T" or "t" && _numbers.Count > 0 && !_hasTime)
            {
                return length;
            }

            if (word.Equals("PM", StringComparison.OrdinalIgnoreCase) || word is "오후" or "下午")
            {
                _isAfternoon = true;
            }
            else if (Zones.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var minutes) && _numbers.Count > 0)
            {
                _offset = minutes;
            }
            else if ((_month == 0 || _mayBeWeekday) && length >= 3 && MonthOf(word) is > 0 and var month)
            {
                // "mar" is Tuesday in Spanish, French and Italian and March in all three: a later month's name wins over it.
                _month = month;
                _mayBeWeekday = month == 3 && _numbers.Count == 0;
            }
            else if (word is "년" or "월" or "일" or "오전")
            {
                _offset ??= 540; // written in Korea, where there is one zone
            }

            return length;
        }
    }
}
