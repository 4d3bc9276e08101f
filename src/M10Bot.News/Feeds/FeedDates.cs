using System.Globalization;
using System.Runtime.CompilerServices;

namespace M10Bot.News.Feeds;

/// <summary>Reads the times that feeds write: ISO 8601 and its misspellings, RFC 822 with zone names, asctime, epoch, localised months.</summary>
/// <remarks>Without a zone a time counts as UTC. Two-digit years: below 70 is 20xx (RFC 2822 §4.3 says 50; feeds of the seventies do not exist).</remarks>
internal static class FeedDates
{
    public static DateTimeOffset? Read(ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim();
        if (trimmed.IsEmpty || text.Length > 200)
        {
            return null;
        }

        return FeedDatesUsual.Read(trimmed) ?? ReadAny(trimmed);
    }

    /// <summary>However it is written.</summary>
    internal static DateTimeOffset? ReadAny(ReadOnlySpan<char> trimmed)
    {
        if (trimmed.Length is 10 or 13 && !trimmed.ContainsAnyExceptInRange('0', '9') && long.TryParse(trimmed, CultureInfo.InvariantCulture, out var epoch))
        {
            return trimmed.Length == 10 ? DateTimeOffset.FromUnixTimeSeconds(epoch) : DateTimeOffset.FromUnixTimeMilliseconds(epoch);
        }

        var parts = default(Parts);
        parts.Scan(trimmed);
        return parts.ToTime();
    }

    /// <summary>What has been recognised of a time so far; every part is looked for wherever it stands.</summary>
    private ref struct Parts
    {
        private Numbers _numbers;
        private int _count;
        private int _month;
        private bool _mayBeWeekday;
        private int _hour;
        private int _minute;
        private int _second;
        private int _milli;
        private bool _hasTime;
        private int? _offset;
        private bool _isAfternoon;

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

            // 24:00 and a leap second are times of day too; at the end of the calendar either may lead out of it.
            var time = new TimeSpan(0, hour, _minute, _second, _milli);
            var utc = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks + time.Ticks - (_offset ?? 0) * TimeSpan.TicksPerMinute;
            return utc < DateTimeOffset.MinValue.Ticks || utc > DateTimeOffset.MaxValue.Ticks ? null : new DateTimeOffset(utc, TimeSpan.Zero);
        }

        private readonly bool TryDate(out int year, out int month, out int day)
        {
            (year, month, day) = (0, _month, 1);
            if (_count == 0)
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
                case 2 when _count >= 3 && _numbers[2].Digits == 4:
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
            var yearAt = 0;
            while (yearAt < _count && _numbers[yearAt].Digits != 4)
            {
                yearAt++;
            }

            yearAt = yearAt < _count ? yearAt : 1;
            if (yearAt >= _count)
            {
                return false;
            }

            year = _numbers[yearAt].Digits == 4 ? _numbers[yearAt].Value : Century(_numbers[yearAt].Value);
            day = _count > 1 ? _numbers[yearAt == 0 ? 1 : 0].Value : 1;
            return true;
        }

        private readonly int At(int index, int fallback) => index < _count ? _numbers[index].Value : fallback;

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

            if (_count < Numbers.Most)
            {
                _numbers[_count++] = (value, length);
            }

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
            if (word is "T" or "t" && _count > 0 && !_hasTime)
            {
                return length;
            }

            if (word.Equals("PM", StringComparison.OrdinalIgnoreCase) || word is "오후" or "下午")
            {
                _isAfternoon = true;
            }
            else if (FeedDateWords.TryZone(word, out var minutes) && _count > 0)
            {
                _offset = minutes;
            }
            else if ((_month == 0 || _mayBeWeekday) && length >= 3 && FeedDateWords.Month(word) is > 0 and var month)
            {
                // "mar" is Tuesday in Spanish, French and Italian and March in all three: a later month's name wins over it.
                _month = month;
                _mayBeWeekday = month == 3 && _count == 0;
            }
            else if (word is "년" or "월" or "일" or "오전")
            {
                _offset ??= 540; // written in Korea, where there is one zone
            }

            return length;
        }
    }

    [InlineArray(Most)]
    private struct Numbers
    {
        public const int Most = 8;
        private (int Value, int Digits) _first;
    }
}
