namespace M10Bot.Simulator.Tests.Slack;

public sealed class MessageTests
{
    [Fact]
    public async Task A_post_comes_back_with_a_rising_ts_and_the_bot_as_its_author()
    {
        await using var slack = await SlackBench.StartAsync();
        var first = await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "FLASH: a & b https://example.org/x" });
        var second = await slack.PostAsync();
        var ts = first.GetProperty("ts").GetString()!;
        ts.ShouldMatch(@"^\d{10}\.\d{6}$");
        string.CompareOrdinal(ts, second).ShouldBeLessThan(0);
        first.GetProperty("message").GetProperty("bot_id").GetString().ShouldBe("B0M10BOT");
        first.GetProperty("message").GetProperty("text").GetString().ShouldBe("FLASH: a &amp; b <https://example.org/x>");
    }
}
