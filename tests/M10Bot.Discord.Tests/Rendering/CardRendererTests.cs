using System.Text.Json;
using System.Text.RegularExpressions;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Tests.Rendering;

public class CardRendererTests
{
    [Fact]
    public void A_flash_is_a_container_in_its_colour_whose_first_words_are_flash_and_the_headline()
    {
        var container = CardRenderer.Render(Some.Bulletin(), Look.Components, Bench.Key).Components.ShouldHaveSingleItem();
        container.Type.ShouldBe(ComponentWire.Container);
        container.AccentColor.ShouldBe(0xD7263D);
        var parts = container.Components!;
        parts.Select(p => p.Type).ShouldBe([ComponentWire.TextDisplay, ComponentWire.TextDisplay, ComponentWire.ActionRow, ComponentWire.TextDisplay]);
        parts[0].Content.ShouldBe("### FLASH: [US could back security guarantees for Ukraine](https://m10news.com/story/1)\n-# 🔴 Ukraine · single source");
        parts[1].Content.ShouldBe("- Trump says the US would help out a European force.");
        parts[2].Components!.Select(b => (b.Style, b.Label, b.Url ?? b.CustomId)).ShouldBe(
        [
            (2, "Summary", "summary|story=s1"),
            (5, "Full story", "https://m10news.com/story/1"),
            (2, "Follow", "follow|story=s1"),
        ]);
        parts[3].Content.ShouldBe($"-# M10News International Desk · <t:{Some.Noon.ToUnixTimeSeconds()}:t>");
    }

    [Fact]
    public void A_correction_says_first_what_was_wrong_and_when()
    {
        var card = Some.Bulletin(CardState.Corrected) with
        {
            Notice = new Notice("Corrected", Some.Noon, ": an earlier version said *three*"),
            WhatIsNew = "Germany named",
            Updated = Some.Noon.AddMinutes(29),
        };
        var parts = CardRenderer.Render(card, Look.Components).Components[0].Components!;
        parts[1].Content!.Split('\n').ShouldBe(
        [
            $"**Corrected <t:{Some.Noon.ToUnixTimeSeconds()}:t>**: an earlier version said \\*three\\*",
            "- Trump says the US would help out a European force.",
            "**What is new:** Germany named",
        ]);
        parts[^1].Content.ShouldEndWith($", updated <t:{Some.Noon.AddMinutes(29).ToUnixTimeSeconds()}:t>");
    }

    [Fact]
    public void Every_line_of_an_exercise_says_so()
    {
        var card = Some.Bulletin(CardState.Exercise, "Drill", "One", "Two") with { WhatIsNew = "Three" };
        var text = string.Join('\n', CardRenderer.Render(card, Look.Components).Components[0].Components!.Take(2).Select(c => c.Content));
        text.Split("EXERCISE: ").Length.ShouldBe(5);
    }

    [Fact]
    public void A_reply_lists_its_items_with_sign_link_detail_and_time()
    {
        var card = new Card
        {
            Headline = "Latest",
            Items = [new CardItem(CardState.Breaking, "Talks [on]", "https://m10news.com/2", "4 sources", Some.Noon), new CardItem(null, "plain")],
            Facts = [new CardFact("Pace", "at once")],
        };
        CardRenderer.Render(card, Look.Components).Components[0].Components![1].Content!.Split('\n').ShouldBe(
        [
            "**Pace:** at once",
            $"🟠 [Talks \\[on\\]](https://m10news.com/2) — 4 sources · <t:{Some.Noon.ToUnixTimeSeconds()}:R>",
            "- plain",
        ]);
    }

    [Theory]
    [InlineData("42", "<#42> — served")]
    [InlineData("42> <@&7", "the \\<\u200B@&7\\> — served")]
    [InlineData("C0AB12", "the \\<\u200B@&7\\> — served")]
    public void A_channel_is_mentioned_by_its_id_and_what_is_no_id_is_only_said(string id, string shown)
    {
        var item = new CardItem(null, "", Detail: "served") { Channel = new CardChannel(id, "the <@&7>") };
        var card = new Card { Headline = "Status", Items = [item, item with { Text = "<#9>" }] };
        CardRenderer.Render(card, Look.Components).Components[0].Components![1].Content!.Split('\n').ShouldBe([$"- {shown}", $"- \\<\u200B\\#9\\> · {shown}"]);
    }

    [Theory]
    [InlineData("42", "### Channel <#42> gets 421 stories", "As in <#42>, not 42a: \\<\u200B\\#42\\>")]
    [InlineData("C1", "### Channel 42 gets 421 stories", "As in 42, not 42a: \\<\u200B\\#42\\>")]
    public void A_channel_that_headline_and_lines_name_is_shown_by_its_name(string id, string headline, string line)
    {
        var card = new Card { Headline = "Channel 42 gets 421 stories", Lines = ["As in 42, not 42a: <#42>"], Channels = [id] };
        CardRenderer.Render(card, Look.Components).Components[0].Components!.Select(c => c.Content).ShouldBe([headline, line]);
    }

    /// <remarks>Seen red: the detail of an item was cut after 100 characters, in the middle of what to do.</remarks>
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("uk")]
    public void What_to_do_about_a_channel_is_shown_to_its_end(string language)
    {
        Texts.Current = language;
        foreach (var ruling in DiscordErrors.KnownCodes.Select(code => DiscordErrors.For(new DiscordError(400, code, []))))
        {
            var detail = $"{Texts.Told(ruling.Why)} {Texts.Told(ruling.Remedy)} {new string('x', 150)} end";
            var card = new Card { Headline = "Status", Items = [new CardItem(null, "Channel", Detail: detail)] };
            CardRenderer.Render(card, Look.Components).Components[0].Components![1].Content!.ShouldEndWith(" end", customMessage: detail);
        }
    }

    [Fact]
    public void Items_that_do_not_fit_are_counted()
    {
        var card = new Card { Headline = "All", Items = [.. Enumerable.Range(0, 200).Select(i => new CardItem(null, new string('ю', 90)))] };
        var text = CardRenderer.Render(card, Look.Components).Components[0].Components![1].Content!;
        var shown = text.Split('\n').Length - 1;
        text.ShouldEndWith($"-# and {200 - shown} more");
        shown.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void The_classic_look_keeps_the_headline_in_the_content_and_links_without_a_preview()
    {
        var classic = CardRenderer.Render(Some.Bulletin(), Look.Classic, Bench.Key);
        classic.Content.ShouldStartWith("**FLASH: [US could back security guarantees for Ukraine](<https://m10news.com/story/1>)**");
        classic.Flags.ShouldBe(0);
        classic.Embeds.ShouldHaveSingleItem().Color.ShouldBe(0xD7263D);
        classic.Components.ShouldHaveSingleItem().Type.ShouldBe(ComponentWire.ActionRow);
    }

    [Fact]
    public void No_card_breaks_a_limit_of_discord_in_any_look()
    {
        var random = new Random(5);
        for (var i = 0; i < 400; i++)
        {
            var card = HostileCard(random);
            foreach (var look in Enum.GetValues<Look>())
            {
                RenderingLimits.FaultsOf(CardRenderer.Render(card, look, Bench.Key)).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void A_post_and_an_edit_ping_nobody_and_carry_the_flag()
    {
        var rendering = CardRenderer.Render(Some.Bulletin(), Look.Components, Bench.Key);
        var post = JsonSerializer.SerializeToElement(rendering.ToPost(Bench.Key), DiscordJson.Wire.MessagePost);
        post.GetProperty("allowed_mentions").GetRawText().ShouldBe("""{"parse":[]}""");
        post.GetProperty("flags").GetInt32().ShouldBe(32768);
        post.GetProperty("nonce").GetString().ShouldBe(Bench.Key.Value);
        post.GetProperty("enforce_nonce").GetBoolean().ShouldBeTrue();
        post.TryGetProperty("content", out _).ShouldBeFalse();

        var edit = JsonSerializer.SerializeToElement(rendering.ToEdit(), DiscordJson.Wire.MessageEdit);
        edit.GetProperty("allowed_mentions").GetRawText().ShouldBe("""{"parse":[]}""");
        edit.GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null, "the flag can only be set where the content goes");
        edit.GetProperty("embeds").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(Look.Components)]
    [InlineData(Look.Classic)]
    internal void A_role_is_named_where_it_pings_and_only_a_post_lets_it(Look look)
    {
        var rendering = CardRenderer.Render(Some.Bulletin() with { Ping = "600" }, look, Bench.Key);
        var post = JsonSerializer.SerializeToElement(rendering.ToPost(Bench.Key), DiscordJson.Wire.MessagePost);
        post.GetProperty("allowed_mentions").GetRawText().ShouldBe("""{"parse":[],"roles":["600"]}""");
        (look is Look.Components ? post.GetProperty("components") : post.GetProperty("content")).GetRawText().ShouldContain("<@&600>");
        JsonSerializer.SerializeToElement(rendering.ToEdit(), DiscordJson.Wire.MessageEdit).GetProperty("allowed_mentions").GetRawText().ShouldBe("""{"parse":[]}""");

        CardRenderer.Render(Some.Bulletin() with { Ping = "everyone" }, look).Ping.ShouldBeNull();
    }

    /// <remarks>Seen red: without the check an id that is none became “@everyone”.</remarks>
    [Theory]
    [InlineData(Look.Components)]
    [InlineData(Look.Classic)]
    internal void A_role_in_a_list_is_named_and_pings_nobody(Look look)
    {
        var card = new Card
        {
            Headline = "Subscriptions",
            Items = [new CardItem(null, "NATO", Detail: "of flashes") { Role = "600" }, new CardItem(null, "Kenya", Detail: "here") { Role = "everyone" }],
        };
        var post = JsonSerializer.SerializeToElement(CardRenderer.Render(card, look).ToPost(Bench.Key), DiscordJson.Wire.MessagePost);
        post.GetProperty("allowed_mentions").GetRawText().ShouldBe("""{"parse":[]}""");
        var text = Regex.Unescape(post.GetRawText());
        text.ShouldContain("NATO · <@&600> — of flashes");
        text.ShouldContain("Kenya — here");
    }

    [Fact]
    public void A_button_that_discord_would_refuse_does_not_keep_the_news_back()
    {
        var card = Some.Bulletin() with
        {
            Actions = [CardAction.ToCommand("Too long", "x", ("k", new string('a', 120))), CardAction.ToLink("Bad", "ftp://x"), CardAction.ToCommand("Why?", "why", ("story", "1"))],
        };
        var row = CardRenderer.Render(card, Look.Components).Components[0].Components!.Single(c => c.Type == ComponentWire.ActionRow);
        row.Components!.Select(b => b.Label).ShouldBe(["Why?"]);
    }

    private static Card HostileCard(Random random)
    {
        string Text(int most) => Some.Hostile(random, most) + "x";
        List<T> Many<T>(int most, Func<int, T> make) => [.. Enumerable.Range(0, random.Next(most)).Select(make)];
        return new Card
        {
            Kicker = random.Next(3) == 0 ? null : new Kicker((CardState)random.Next(7), Many(8, _ => Text(40))),
            Headline = Text(300),
            Link = random.Next(2) == 0 ? "https://m10news.com/" + new string('(', random.Next(1_500)) : Text(5),
            Notice = random.Next(2) == 0 ? new Notice(Text(300), Some.Noon, Text(300)) : null,
            Points = Many(12, _ => Text(300)),
            WhatIsNew = random.Next(2) == 0 ? Text(400) : null,
            Lines = Many(40, _ => Text(200)),
            Items = Many(100, _ => new CardItem(CardState.News, Text(100), "https://m10news.com/x", Text(20), Some.Noon)),
            Facts = Many(40, _ => new CardFact(Text(60), Text(100))),
            Actions = Many(9, i => random.Next(2) == 0 ? CardAction.ToLink(Text(50), "https://m10news.com/y") : CardAction.ToCommand(Text(50), "do", ("n", $"{i % 4}"))),
            Credit = Text(200),
            Published = Some.Noon,
        };
    }

    [Theory]
    [InlineData(Look.Components)]
    [InlineData(Look.Classic)]
    [InlineData(Look.Plain)]
    public void A_card_that_is_drawn_once_for_many_deliveries_carries_the_mark_of_each(object look)
    {
        var (card, drawings) = (Some.Bulletin(), new Drawings());
        foreach (var key in new[] { Bench.Key, new DeliveryKey("another-delivery"), Bench.Key })
        {
            Json(drawings.Of(card, (Look)look, key)).ShouldBe(Json(CardRenderer.Render(card, (Look)look, key)));
        }

        var other = Some.Bulletin(headline: "Other words");
        Json(drawings.Of(other, (Look)look, Bench.Key)).ShouldBe(Json(CardRenderer.Render(other, (Look)look, Bench.Key)));

        static string Json(RenderedCard rendering) =>
            System.Text.Json.JsonSerializer.Serialize(rendering.ToPost(Bench.Key), DiscordJson.Wire.MessagePost) + rendering.StateMark;
    }
}
