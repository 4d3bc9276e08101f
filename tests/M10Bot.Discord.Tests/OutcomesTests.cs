using System.Globalization;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Tests;

/// <summary>What each of Discord's errors makes of a post. Those that only interactions or the commands' registration meet are tested there.</summary>
public class OutcomesTests
{
    // Code, HTTP status, how the post ends, and for a deferral how long at least, in seconds.
    private const string Rows = """
        10003 404 Refused 0
        10004 404 Refused 0
        10007 404 Refused 0
        10008 404 Gone 0
        10008 403 Refused 0
        10013 404 Refused 0
        20009 400 Declined 0
        20016 429 Deferred 5
        20022 429 Deferred 900
        20028 429 Deferred 5
        20029 429 Deferred 5
        30007 400 Refused 0
        30046 429 Deferred 2
        30058 400 Refused 0
        40001 401 Deferred 600
        40003 429 Deferred 300
        40004 403 Refused 0
        40005 413 Declined 0
        40058 400 Refused 0
        40062 429 Deferred 5
        40067 400 Refused 0
        40333 403 Deferred 600
        50001 403 Refused 0
        50005 403 Declined 0
        50006 400 Declined 0
        50007 403 Refused 0
        50008 400 Refused 0
        50013 403 Refused 0
        50014 401 Deferred 600
        50021 403 Declined 0
        50024 400 Refused 0
        50035 400 Declined 0
        50045 400 Declined 0
        50083 400 Refused 0
        50095 403 Refused 0
        50109 400 Declined 0
        50278 403 Refused 0
        130000 503 InDoubt 0
        160002 403 Declined 0
        160005 400 Refused 0
        160006 400 Refused 0
        160007 400 Deferred 600
        200000 400 Declined 0
        200001 400 Declined 0
        220001 400 Refused 0
        220002 400 Declined 0
        220003 400 Refused 0
        220004 400 Refused 0
        240000 400 Declined 0
        400001 400 Declined 0
        """;

    private readonly Bench _bench = new();

    public static TheoryData<int, int, string, int> Table()
    {
        var data = new TheoryData<int, int, string, int>();
        foreach (var row in Rows.Split('\n').Select(line => line.Trim().Split(' ')))
        {
            data.Add(Number(row[0]), Number(row[1]), row[2], Number(row[3]));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Every_error_ends_a_post_as_its_row_says(int code, int status, string outcome, int seconds)
    {
        _bench.Discord.Answer(status, $$"""{"code":{{code}},"message":"said by Discord"}""");
        var posting = M10Bot.Testing.WatchedTime.Apart(() => _bench.Platform.PostAsync(Bench.Channel, Some.Bulletin(), Bench.Key, default));
        var ended = await _bench.PassAsync(posting);
        ended.GetType().Name.ShouldBe(outcome);
        if (ended is PostOutcome.Deferred deferred)
        {
            (deferred.Until - _bench.Time.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(seconds) - TimeSpan.FromSeconds(1));
        }
        else if (ended is PostOutcome.Refused refused)
        {
            refused.Remedy.ShouldNotBeEmpty("an admin must be told what to do");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
