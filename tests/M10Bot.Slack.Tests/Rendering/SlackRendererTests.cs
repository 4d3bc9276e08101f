using System.Text.Json;
using M10Bot.News.Chat;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.WebApi;

namespace M10Bot.Slack.Tests.Rendering;

public sealed class SlackRendererTests : IDisposable
{
    private readonly SlackRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_flash_reads_kicker_headline_points_actions_credit()
    {
        var blocks = Blocks(SlackRig.Flash);

        blocks.Select(b => b.GetProperty("type").GetString()).ShouldBe(["context", "section", "section", "actions", "context"]);
        MarkdownOf(blocks[0].GetProperty("elements")[0]).ShouldBe("🔴 *FLASH* · Ukraine · single source");
        MarkdownOf(blocks[1].GetProperty("text")).ShouldBe("*<https://example.org/a?x=1&amp;y=2|Port of Riga closed after fire>*");
        MarkdownOf(blocks[2].GetProperty("text")).ShouldBe("• Fire at terminal 2 &amp; 3, officials say.");
        MarkdownOf(blocks[4].GetProperty("elements")[0])
            .ShouldBe("M10News · © 2026 M10News · <!date^1795356120^{date_short_pretty} at {time}|22 Nov 2026 14:02 UTC>");
        var buttons = blocks[3].GetProperty("elements");
        buttons[0].GetProperty("type").GetString().ShouldBe("button");
        buttons[0].GetProperty("action_id").GetString().ShouldBe("m10.0.v1");
        buttons[0].GetProperty("value").GetString().ShouldBe("summary|story=12");
        buttons[0].TryGetProperty("url", out _).ShouldBeFalse();
        buttons[0].GetProperty("text").GetProperty("type").GetString().ShouldBe("plain_text");
        buttons[1].GetProperty("url").GetString().ShouldBe("https://example.org/a");
        buttons[1].TryGetProperty("value", out _).ShouldBeFalse();
    }

    [Fact]
    public void The_notification_is_the_state_the_headline_and_whose_it_is_before_anything_else() =>
        SlackRenderer.Render(SlackRig.Flash).Text.Split('\n')[0].ShouldBe("FLASH: Port of Riga closed after fire — M10News · © 2026 M10News");

    [Fact]
    public void A_reader_who_hears_only_the_notification_hears_correction_news_and_points()
    {
        var card = SlackRig.Flash with
        {
            Kicker = new Kicker(CardState.Corrected, []),
            Notice = new Notice("Corrected", new DateTimeOffset(2026, 11, 22, 15, 10, 0, TimeSpan.Zero), ": an earlier version said two ports"),
            WhatIsNew = "Port reopens",
        };

        SlackRenderer.Render(card).Text.Split('\n').ShouldBe(
        [
            "CORRECTED: Port of Riga closed after fire — M10News · © 2026 M10News",
            "Corrected 22 Nov 2026 15:10 UTC: an earlier version said two ports",
            "What is new: Port reopens",
            "• Fire at terminal 2 &amp; 3, officials say.",
        ]);
    }

    [Fact]
    public void A_correction_says_so_right_under_the_headline_in_the_readers_own_time()
    {
        var card = SlackRig.Flash with { Notice = new Notice("Corrected", new DateTimeOffset(2026, 11, 22, 15, 10, 0, TimeSpan.Zero), ": it said <two>") };

        MarkdownOf(Blocks(card)[2].GetProperty("text")).ShouldBe("_Corrected <!date^1795360200^{time}|22 Nov 2026 15:10 UTC>_: it said &lt;two&gt;");
    }

    /// <remarks>Seen red: the underscores were shown, for a letter stood right behind the second.</remarks>
    [Theory]
    [InlineData(" at the platforms' pace.", "_Everywhere by <!date^1795360200^{time}|22 Nov 2026 15:10 UTC>_ at the platforms' pace.")]
    [InlineData("у темпі платформ", "_Everywhere by <!date^1795360200^{time}|22 Nov 2026 15:10 UTC>_ у темпі платформ")]
    [InlineData(".", "_Everywhere by <!date^1795360200^{time}|22 Nov 2026 15:10 UTC>_.")]
    [InlineData("", "_Everywhere by <!date^1795360200^{time}|22 Nov 2026 15:10 UTC>_")]
    public void Words_behind_a_notices_time_stand_apart_from_its_italics(string after, string shown)
    {
        var card = SlackRig.Flash with { Notice = new Notice("Everywhere by", new DateTimeOffset(2026, 11, 22, 15, 10, 0, TimeSpan.Zero), after) };

        MarkdownOf(Blocks(card)[2].GetProperty("text")).ShouldBe(shown);
    }

    [Fact]
    public void Each_version_has_block_ids_of_its_own_and_none_twice()
    {
        var first = Ids(SlackRig.Flash);
        var second = Ids(SlackRig.Flash with { Version = 2, WhatIsNew = "More" });

        first.Distinct(StringComparer.Ordinal).Count().ShouldBe(first.Count);
        second.Distinct(StringComparer.Ordinal).Count().ShouldBe(second.Count);
        first.Intersect(second, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_object_is_verbatim_or_without_emoji()
    {
        foreach (var text in Blocks(Crowded(3)).SelectMany(Texts))
        {
            (KindOf(text) is "mrkdwn" ? text.GetProperty("verbatim").GetBoolean() : !text.GetProperty("emoji").GetBoolean()).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_hostile_headline_mentions_nobody_and_formats_nothing()
    {
        var message = SlackRenderer.Render(SlackRig.Flash with
        {
            Headline = "<!channel> *** <https://evil.example|reuters.com>",
            Credit = "<@U1> & Co",
            Kicker = new Kicker(CardState.Flash, ["<!here>"]),
        });
        var all = JsonSerializer.Serialize(message.Blocks, Readable) + message.Text;

        all.ShouldNotContain("<!channel");
        all.ShouldNotContain("<!here");
        all.ShouldNotContain("<@");
        all.ShouldNotContain("<https://evil");
        all.ShouldContain("&lt;!channel&gt; \u2060*\u2060\u2060*\u2060\u2060*\u2060");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(400)]
    public void However_much_a_card_holds_it_stays_within_slacks_limits(int amount)
    {
        var message = SlackRenderer.Render(Crowded(amount));
        var blocks = JsonSerializer.SerializeToElement(message.Blocks, Readable).EnumerateArray().ToList();

        blocks.Count.ShouldBeInRange(1, 50);
        message.Text.Length.ShouldBeInRange(1, 4000);
        var texts = blocks.SelectMany(Texts).ToList();
        texts.ShouldAllBe(t => t.GetProperty("text").GetString()!.Length >= 1 && t.GetProperty("text").GetString()!.Length <= 3000);
        texts.Sum(t => t.GetProperty("text").GetString()!.Length).ShouldBeLessThanOrEqualTo(10_000);
        foreach (var block in blocks)
        {
            (block.TryGetProperty("fields", out var fields) ? fields.GetArrayLength() : 0).ShouldBeLessThanOrEqualTo(10);
        }

        foreach (var actions in blocks.Where(b => KindOf(b) is "actions"))
        {
            actions.GetProperty("elements").GetArrayLength().ShouldBeLessThanOrEqualTo(5);
        }

        blocks.Count(b => KindOf(b) is "actions").ShouldBe(amount == 0 ? 0 : 1);
        blocks[^1].GetProperty("type").GetString().ShouldBe("context");
    }

    [Fact]
    public void A_list_too_long_says_how_much_is_left_out()
    {
        var texts = Blocks(new Card { Headline = "Latest", Items = [.. Enumerable.Range(1, 500).Select(i => new CardItem(CardState.News, $"Story number {i} with some words"))] })
            .SelectMany(Texts).Select(t => t.GetProperty("text").GetString()!).ToList();

        var shown = texts.Sum(t => t.Split('\n').Count(l => l.StartsWith("🟢", StringComparison.Ordinal)));
        shown.ShouldBeGreaterThan(100);
        var closing = $"\n… and {500 - shown} more";
        texts.ShouldContain(t => t.EndsWith(closing, StringComparison.Ordinal));
    }

    [Fact]
    public void A_digest_line_has_sign_link_detail_and_age()
    {
        var item = new CardItem(CardState.Breaking, "Port closed", "https://example.org/a", "4 sources", new DateTimeOffset(2026, 11, 22, 14, 2, 0, TimeSpan.Zero));

        MarkdownOf(Blocks(new Card { Headline = "Latest", Items = [item] })[1].GetProperty("text"))
            .ShouldBe("🟠 <https://example.org/a|Port closed> — 4 sources · <!date^1795356120^{ago}|22 Nov 2026 14:02 UTC>");
    }

    [Theory]
    [InlineData("C0AB12", "<#C0AB12> — served")]
    [InlineData("C1> <!here", "the &lt;!here&gt; — served")]
    [InlineData("42", "the &lt;!here&gt; — served")]
    public void A_channel_is_mentioned_by_its_id_and_what_is_no_id_is_only_said(string id, string shown)
    {
        var item = new CardItem(null, "", Detail: "served") { Channel = new CardChannel(id, "the <!here>") };
        var card = new Card { Headline = "Status", Items = [item, item with { Text = "<#C9>" }] };

        MarkdownOf(Blocks(card)[1].GetProperty("text")).ShouldBe($"{shown}\n&lt;#C9&gt; · {shown}");
        SlackRenderer.Render(card).Text.ShouldContain("• the &lt;!here&gt; — served");
    }

    [Theory]
    [InlineData("C7", "*Channel <#C7> gets C71*", "As in <#C7>, not &lt;#C7&gt;")]
    [InlineData("42", "*Channel C7 gets C71*", "As in C7, not &lt;#C7&gt;")]
    public void A_channel_that_headline_and_lines_name_is_shown_by_its_name(string id, string headline, string line)
    {
        var card = new Card { Headline = "Channel C7 gets C71", Lines = ["As in C7, not <#C7>"], Channels = [id] };

        Blocks(card).Select(b => MarkdownOf(b.GetProperty("text"))).ShouldBe([headline, line]);
        SlackRenderer.Render(card).Text.ShouldBe($"{headline.Trim('*')}\n{line}");
    }

    /// <remarks>Seen red: the detail of an item was cut after 300 characters, in the middle of what to do.</remarks>
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("uk")]
    public void What_to_do_about_a_channel_is_shown_to_its_end(string language)
    {
        News.Chat.Texts.Current = language;
        foreach (var error in SlackErrors.Known)
        {
            var detail = $"{News.Chat.Texts.Told(error.Why)}. {News.Chat.Texts.Told(error.Remedy)} {new string('x', 150)} end";
            var card = new Card { Headline = "Status", Items = [new CardItem(null, "Channel", Detail: detail)] };
            MarkdownOf(Blocks(card)[1].GetProperty("text")).ShouldEndWith(" end", customMessage: detail);
        }
    }

    [Fact]
    public void A_button_that_cannot_work_is_left_out()
    {
        var card = SlackRig.Flash with { Actions = [CardAction.ToLink("Open", "javascript:alert(1)"), CardAction.ToLink("\u202E", "https://example.org"), CardAction.ToCommand("Run", "x", ("a", new string('b', 3000)))] };

        Blocks(card).Count(b => KindOf(b) is "actions").ShouldBe(0);
    }

    [Fact]
    public void An_updated_time_stands_beside_the_first()
    {
        var card = SlackRig.Flash with { Updated = SlackRig.Flash.Published!.Value.AddMinutes(29) };

        MarkdownOf(Blocks(card)[^1].GetProperty("elements")[0]).ShouldEndWith(", updated <!date^1795357860^{time}|22 Nov 2026 14:31 UTC>");
    }

    private static readonly JsonSerializerOptions Readable = new(SlackJson.Default.Options) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Card Crowded(int amount) => new()
    {
        Kicker = new Kicker(CardState.Update, [.. Enumerable.Range(0, amount).Select(i => new string('&', 300))]),
        Headline = new string('*', amount * 50),
        Link = "https://example.org/" + new string('a', amount * 7),
        Notice = new Notice(new string('<', amount * 10), DateTimeOffset.UnixEpoch, new string('&', amount * 100)),
        Points = [.. Enumerable.Range(0, amount).Select(i => $"{i} " + new string('>', amount * 20))],
        WhatIsNew = new string('_', amount * 100),
        Lines = [.. Enumerable.Range(0, amount).Select(i => $"Line {i} of many")],
        Items = [.. Enumerable.Range(0, amount).Select(i => new CardItem(CardState.News, $"Item {i}", "https://example.org/" + i, "detail", DateTimeOffset.UnixEpoch))],
        Facts = [.. Enumerable.Range(0, amount).Select(i => new CardFact($"Label {i}", new string('&', 900)))],
        Actions = [.. Enumerable.Range(0, amount).Select(i => CardAction.ToCommand(new string('x', 100), "c", ("n", "1")))],
        Credit = new string('`', 100 + amount),
        Published = DateTimeOffset.UnixEpoch,
        Version = 3,
    };

    private List<JsonElement> Blocks(Card card) =>
        [.. JsonSerializer.SerializeToElement(SlackRenderer.Render(card).Blocks, Readable).EnumerateArray()];

    private List<string> Ids(Card card) => [.. Blocks(card).Select(b => b.GetProperty("block_id").GetString()!)];

    private static string? KindOf(JsonElement element) => element.GetProperty("type").GetString();

    private static string? MarkdownOf(JsonElement text)
    {
        text.GetProperty("type").GetString().ShouldBe("mrkdwn");
        return text.GetProperty("text").GetString();
    }

    private static IEnumerable<JsonElement> Texts(JsonElement block)
    {
        if (block.TryGetProperty("text", out var text))
        {
            yield return text;
        }

        foreach (var name in (string[])["elements", "fields"])
        {
            foreach (var element in block.TryGetProperty(name, out var list) ? list.EnumerateArray().ToArray() : [])
            {
                yield return element.GetProperty("text").ValueKind == JsonValueKind.Object ? element.GetProperty("text") : element;
            }
        }
    }
}
