using System.Globalization;
using System.Text;
using M10Bot.Slack.Rendering;

namespace M10Bot.Slack.Tests.Rendering;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("A & B <c> &amp;", "A &amp; B &lt;c&gt; &amp;amp;")]
    [InlineData("<!channel> <@U1> <#C1>", "&lt;!channel&gt; &lt;@U1&gt; &lt;#C1&gt;")]
    [InlineData("*bold* _it_", "\u2060*\u2060bold\u2060*\u2060 \u2060_\u2060it\u2060_\u2060")]
    [InlineData("> quoted", "\u2060&gt; quoted")]
    [InlineData("a\n> b\r\n\tc\u2028d", "a &gt; b c d")]
    [InlineData("x\u202Ey\u2066z\u200Bw\u0007\uFEFF", "xyzw")]
    [InlineData(":skull: at 14:02", ":\u2060skull: at 14:02")]
    [InlineData("👩‍🚒 fights fire", "👩‍🚒 fights fire")]
    [InlineData("*\u0301", "\u2060*\u2060\u0301")]
    [InlineData("", "")]
    public void Outside_text_is_only_text(string text, string marked) => SlackText.Mark(text, 1000).ShouldBe(marked);

    [Fact]
    public void A_lone_half_of_a_pair_becomes_the_replacement_character() =>
        SlackText.Mark("a" + '\uD83D' + "b", 100).ShouldBe("a\uFFFDb");

    [Theory]
    [InlineData("&&&&&", 12, "&amp;&amp;…")]
    [InlineData("&&", 10, "&amp;&amp;")]
    [InlineData("ab👩‍🚒cd", 6, "ab…")]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    public void A_cut_never_splits_an_entity_or_a_character(string text, int limit, string fitted) => SlackText.Mark(text, limit).ShouldBe(fitted);

    [Fact]
    public void A_notification_cannot_name_people() => SlackText.Plain("@everyone <!here>", 100).ShouldBe("@\u2060everyone &lt;!here&gt;");

    [Theory]
    [InlineData("https://example.org/a?x=1&y=<b>|c", "https://example.org/a?x=1&y=%3Cb%3E%7Cc")]
    [InlineData("http://example.org/a b\"^`", "http://example.org/a%20b%22%5E%60")]
    [InlineData("https://user:pw@example.org/", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("/relative", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_plain_web_addresses_pass(string? address, string? passed) => SlackText.Address(address).ShouldBe(passed);

    [Fact]
    public void A_link_escapes_address_and_label_once() =>
        SlackText.Link("https://example.org/?a=1&b=2", "A|B > C", 500).ShouldBe("<https://example.org/?a=1&amp;b=2|A|B &gt; C>");

    [Fact]
    public void A_label_without_a_usable_address_stays_text() => SlackText.Link("javascript:x", "A < B", 500).ShouldBe("A &lt; B");

    [Fact]
    public void An_address_too_long_is_left_out() => SlackText.Address("https://example.org/" + new string('a', 3000)).ShouldBeNull();

    [Fact]
    public void A_time_is_the_readers_own_with_utc_beside_it() =>
        SlackText.Date(new DateTimeOffset(2026, 11, 22, 16, 2, 0, TimeSpan.FromHours(2)), "{time}").ShouldBe("<!date^1795356120^{time}|22 Nov 2026 14:02 UTC>");

    [Fact]
    public void No_mutation_of_hostile_text_gets_through_or_over_the_limit()
    {
        const string Pieces = "<>&|!@#*_~`:\\\"'\n\r\t\0\u202E\u2060\u200D\u0301aZ9 ^{}/.👩🏽é\uD83D\uDE00\uD83D";
        var random = new Random(20261122);
        for (var i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(0, 120); length > 0; length--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            var limit = random.Next(1, 200);
            var marked = SlackText.Mark(text.ToString(), limit);

            marked.Length.ShouldBeLessThanOrEqualTo(limit);
            marked.AsSpan().IndexOfAny('<', '>').ShouldBe(-1);
            marked.ShouldNotContain('\n');
            marked.EnumerateRunes().ShouldAllBe(r => r.Value != 0x202E && Rune.GetUnicodeCategory(r) != UnicodeCategory.Control);
            marked.Replace("&amp;", "", StringComparison.Ordinal).Replace("&lt;", "", StringComparison.Ordinal)
                .Replace("&gt;", "", StringComparison.Ordinal).ShouldNotContain('&');
            IsWellFormed(marked).ShouldBeTrue();
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) || (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i]))))
            {
                return false;
            }
        }

        return true;
    }
}
