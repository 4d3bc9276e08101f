namespace M10Bot.News.Feeds;

/// <summary>The two ways in which nearly every feed writes its times, read at fixed places: <c>Tue, 03 Mar 2026 19:04:09 GMT</c> and <c>2026-03-03T19:04:09Z</c>.</summary>
/// <remarks>What deviates by a single character is left to <see cref="FeedDates"/>, which would read the same time in these too.</remarks>
internal static class FeedDatesUsual
{
    private const string Days = "MonTueWedThuFriSatSun";
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    public static DateTimeOffset? Read(ReadOnlySpan<char> text) =>
        text.Length > 10 && text[4] == '-' ? ReadIso(text) : text.Length > 20 && text[3] == ',' ? ReadRfc822(text) : null;

    private static DateTimeOffset? ReadIso(ReadOnlySpan<char> text) =>
        text.Length > 19 && text[7] == '-' && text[10] == 'T'
            ? Time(Number(text[..4]), Number(text[5..7]), Number(text[8..10]), text[11..19], text[19..])
            : null;

    private static DateTimeOffset? ReadRfc822(ReadOnlySpan<char> text)
    {
        var day = Days.AsSpan().IndexOf(text[..3]);
        var rest = text[4] == ' ' ? text[5..] : default;
        var digits = rest.IndexOf(' ');
        if (day < 0 || day % 3 != 0 || digits is not (1 or 2) || rest.Length - digits < 20)
        {
            return null;
        }

        var month = Months.AsSpan().IndexOf(rest.Slice(digits + 1, 3));
        var after = rest[(digits + 4)..];
        return month >= 0 && month % 3 == 0 && after[0] == ' ' && after[5] == ' ' && after[14] == ' '
            ? Time(Number(after[1..5]), (month / 3) + 1, Number(rest[..digits]), after[6..14], after[15..])
            : null;
    }

    /// <param name="clock">Eight characters: 19:04:09.</param>
    private static DateTimeOffset? Time(int year, int month, int day, ReadOnlySpan<char> clock, ReadOnlySpan<char> zone)
    {
        var (hour, minute, second) = (Number(clock[..2]), Number(clock[3..5]), Number(clock[6..]));
        if (clock[2] != ':' || clock[5] != ':' || Zone(zone) is not { } offset || year is < 1900 or > 9000 || month is < 1 or > 12
            || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return null;
        }

        return new DateTimeOffset(new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddMinutes(-offset));
    }

    /// <returns>Minutes east of UTC; null where it is no usual zone.</returns>
    private static int? Zone(ReadOnlySpan<char> zone)
    {
        if (zone is "GMT" or "Z" or "UTC")
        {
            return 0;
        }

        var isNumber = zone is ['+' or '-', _, _, _, _] or ['+' or '-', _, _, ':', _, _];
        var (hours, minutes) = isNumber ? (Number(zone[1..3]), Number(zone[^2..])) : (-1, -1);
        return hours < 0 || minutes < 0 ? null : (zone[0] == '-' ? -1 : 1) * ((hours * 60) + minutes);
    }

    /// <returns>-1 where there are other characters than digits.</returns>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }
}
