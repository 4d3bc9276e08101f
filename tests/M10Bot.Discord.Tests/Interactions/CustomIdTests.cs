using M10Bot.Discord.Interactions;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Tests.Interactions;

public class CustomIdTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var id = CustomId.Encode(CardAction.ToCommand("x", "channel add", ("a", "1|2=3%"), ("b", "")));
        CustomId.TryDecode(id, out var command, out var arguments).ShouldBeTrue();
        command.ShouldBe("channel add");
        arguments.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1|2=3%", ["b"] = "" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a|b")]
    [InlineData("a|=b")]
    [InlineData("a|b=1|b=2")]
    public void What_the_bot_did_not_write_is_not_read(string? id) =>
        CustomId.TryDecode(id, out _, out _).ShouldBeFalse();

    [Fact]
    public void What_is_too_long_is_not_written() =>
        CustomId.Encode(CardAction.ToCommand("x", "do", ("a", new string('v', 100)))).ShouldBeNull();
}
