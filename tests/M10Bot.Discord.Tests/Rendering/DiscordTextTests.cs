using System.Text.RegularExpressions;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Tests.Support;

namespace M10Bot.Discord.Tests.Rendering;

public partial class DiscordTextTests
{
    [Theory]
    [InlineData("**bold** _i_ ~~s~~ ||x|| `c`", @"\*\*bold\*\* \_i\_ \~\~s\~\~ \|\|x\|\| \`c\`")]
    [InlineData("[label](https://evil.example)", "\\[label\\]\\(https:\u200B//evil.example\\)")]
    [InlineData("# heading", @"\# heading")]
    [InlineData("- item", @"\- item")]
    [InlineData("1. item", @"1\. item")]
    [InlineData("> quote", @"\> quote")]
    [InlineData("@everyone and @here", "@\u200Beveryone and @\u200Bhere")]
    [InlineData("<@12> <#3> <:a:1> <t:0>", "\\<\u200B@12\\> \\<\u200B\\#3\\> \\<\u200B:a:1\\> \\<\u200Bt:0\\>")]
    [InlineData("join discord.gg/abc", "join discord.\u200Bgg/abc")]
    [InlineData("a\r\n\t b\u2028c", "a b c")]
    [InlineData("ab\u202Ecd\u200Be\u0000f\uFEFF", "abcdef")]
    [InlineData("👩‍👩‍👧 family", "👩‍👩‍👧 family")]
    [InlineData("x\u200Dy", "xy")]
    [InlineData("well-known, 3.5 per cent", "well-known, 3.5 per cent")]
    public void Outside_text_is_shown_and_does_not_act(string outside, string shown) =>
        DiscordText.Escape(outside, 500).ShouldBe(shown);

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abcde…")]
    [InlineData("a****", 4, "a\\*…")]
    [InlineData("a👩‍👩‍👧b", 4, "a…")]
    [InlineData("😀😀😀", 3, "😀😀😀")]
    public void A_cut_falls_between_what_belongs_together(string text, int most, string cut) =>
        DiscordText.Escape(text, most).ShouldBe(cut);

    [Fact]
    public void No_text_of_a_stranger_acts_or_grows_too_long()
    {
        var random = new Random(11);
        for (var i = 0; i < 3_000; i++)
        {
            var most = random.Next(1, 200);
            var escaped = DiscordText.Escape(Some.Hostile(random, 30), most);
            DiscordText.Length(escaped).ShouldBeLessThanOrEqualTo(most);
            Bare().IsMatch(escaped).ShouldBeFalse(escaped);
            escaped.ShouldNotContain("@everyone");
            escaped.ShouldNotContain("://");
            escaped.ShouldNotContain("\n");
            escaped.ShouldNotContain("\u202E");
        }
    }

    // A sign that acts, with an even number of backslashes before it.
    [GeneratedRegex(@"(?<!\\)(?:\\\\)*[*_~`|\[\]()<>#]", RegexOptions.None, 1_000)]
    private static partial Regex Bare();

    [Theory]
    [InlineData("https://m10news.com/a_(b)", "https://m10news.com/a_%28b%29")]
    [InlineData("HTTPS://M10News.com", "https://m10news.com/")]
    [InlineData("http://x.example:8080/p?q=1#f", "http://x.example:8080/p?q=1#f")]
    [InlineData("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC")]
    [InlineData("https://m10news.com@evil.example/", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("/relative", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_plain_web_addresses_become_links(string? link, string? safe) =>
        SafeLink.Of(link, SafeLink.MostInText).ShouldBe(safe);

    [Fact]
    public void An_address_that_is_too_long_is_no_link() =>
        SafeLink.Of("https://m10news.com/" + new string('a', 500), SafeLink.MostInButton).ShouldBeNull();

    [Fact]
    public void A_label_that_holds_an_address_is_not_linked() =>
        SafeLink.Around(DiscordText.Escape("see https://x.example", 100), "https://m10news.com/", showsPreview: true).ShouldNotContain("](");
}
