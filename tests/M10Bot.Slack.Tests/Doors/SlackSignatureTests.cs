using System.Text;
using M10Bot.Slack.Doors;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.Slack.Tests.Doors;

public sealed class SlackSignatureTests
{
    // Slack's own example.
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1531420618));

    [Theory]
    [InlineData(Secret, Timestamp, Signature, Body, 0, true)]
    [InlineData("new," + Secret, Timestamp, Signature, Body, 0, true)]
    [InlineData(Secret, Timestamp, Signature, Body, 300, true)]
    [InlineData(Secret, Timestamp, Signature, Body, 301, false)]
    [InlineData("other", Timestamp, Signature, Body, 0, false)]
    [InlineData(Secret, "1531420619", Signature, Body, 0, false)]
    [InlineData(Secret, Timestamp, Signature, Body + " ", 0, false)]
    [InlineData(Secret, Timestamp, "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", Body, 0, false)]
    [InlineData(Secret, Timestamp, "v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503", Body, 0, false)]
    [InlineData(Secret, Timestamp, "v0=a2114d57", Body, 0, false)]
    [InlineData(Secret, Timestamp, null, Body, 0, false)]
    [InlineData(Secret, null, Signature, Body, 0, false)]
    [InlineData(Secret, "-1531420618", Signature, Body, 0, false)]
    [InlineData("", Timestamp, Signature, Body, 0, false)]
    public void Only_slacks_own_bytes_in_their_time_are_good(string secret, string? timestamp, string? signature, string body, int late, bool isGood)
    {
        _time.Advance(TimeSpan.FromSeconds(late));

        new SlackSignature(new SlackOptions { SigningSecret = secret }, _time).IsGood(timestamp, signature, Encoding.UTF8.GetBytes(body)).ShouldBe(isGood);
    }

    [Fact]
    public void A_time_from_the_future_is_as_bad_as_an_old_one()
    {
        var early = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1531420618 - 301));

        new SlackSignature(new SlackOptions { SigningSecret = Secret }, early).IsGood(Timestamp, Signature, Encoding.UTF8.GetBytes(Body)).ShouldBeFalse();
    }
}
