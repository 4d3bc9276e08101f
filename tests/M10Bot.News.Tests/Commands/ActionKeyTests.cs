using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.News.Tests.Commands;

public sealed class ActionKeyTests
{
    [Fact]
    public void A_button_reads_as_its_command_and_arguments() =>
        ActionKey.Encode(CardAction.ToCommand("Summary", "summary", ("story", "12"))).ShouldBe("summary|story=12");

    [Theory]
    [InlineData("status")]
    [InlineData("channel test", "channel", "C123")]
    [InlineData("subscribe", "topic", "place:ukraine", "where", "here")]
    [InlineData("subscribe", "topic", "a|b=c%20&d é")]
    [InlineData("channel add", "channel", "C1", "topics", "all,place:ukraine")]
    public void A_button_comes_back_as_it_went(string command, params string[] pairs)
    {
        (string, string)[] arguments = [.. pairs.Chunk(2).Select(p => (p[0], p[1]))];

        var key = ActionKey.Encode(CardAction.ToCommand("Label", command, arguments));

        key.Length.ShouldBeLessThanOrEqualTo(ActionKey.MaxLength);
        ActionKey.TryDecode(key, out var name, out var values).ShouldBeTrue();
        name.ShouldBe(command);
        values!.Select(v => (v.Key, v.Value)).ShouldBe(arguments);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("|story=12")]
    [InlineData("Summary|story=12")]
    [InlineData(" summary")]
    [InlineData("summary|")]
    [InlineData("summary|story")]
    [InlineData("summary|story=")]
    [InlineData("summary|=12")]
    [InlineData("summary|story=1|story=2")]
    [InlineData("summary|story=<@U1>")]
    [InlineData("summary|story=%0A")]
    [InlineData("summary|story=%zz")]
    [InlineData("summary|story=%41")]
    [InlineData("{\"a\":1}")]
    public void Junk_is_rejected(string? key) => ActionKey.TryDecode(key, out _, out _).ShouldBeFalse();

    [Fact]
    public void What_is_too_long_is_rejected_both_ways()
    {
        var action = CardAction.ToCommand("Long", "subscribe", ("topic", new string('x', 100)));

        ActionKey.Fits(action).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => ActionKey.Encode(action));
        ActionKey.TryDecode("subscribe|topic=" + new string('x', 100), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_link_button_has_no_key() =>
        Should.Throw<ArgumentException>(() => ActionKey.Encode(CardAction.ToLink("Full story", "https://m10news.com/")));
}
