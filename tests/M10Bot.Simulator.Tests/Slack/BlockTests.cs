using System.Text.Json;
using M10Bot.Simulator.Slack.Blocks;

namespace M10Bot.Simulator.Tests.Slack;

public sealed class BlockTests
{
    private static readonly string Long = new('x', 3_001);

    public static TheoryData<string, string> Wrong => new()
    {
        { """[{"type":"marquee"}]""", "unsupported type: marquee [json-pointer:/blocks/0/type]" },
        { """[{"text":"x"}]""", "missing required field: type [json-pointer:/blocks/0]" },
        { """[{"type":"header","text":{"type":"mrkdwn","text":"x"}}]""", "must be a plain_text object [json-pointer:/blocks/0/text]" },
        { $$$"""[{"type":"header","text":{"type":"plain_text","text":"{{{Long[..151]}}}"}}]""", "must be less than 151 characters [json-pointer:/blocks/0/text/text]" },
        { $$$"""[{"type":"section","text":{"type":"mrkdwn","text":"{{{Long}}}"}}]""", "must be less than 3001 characters [json-pointer:/blocks/0/text/text]" },
        { """[{"type":"section"}]""", "missing required field: text [json-pointer:/blocks/0]" },
        { """[{"type":"section","text":{"type":"mrkdwn","text":""}}]""", "must be more than 0 characters [json-pointer:/blocks/0/text/text]" },
        { """[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]""", "block_id \"a\" already exists [json-pointer:/blocks/1/block_id]" },
        { """[{"type":"image","image_url":"https://e.org/a.png"}]""", "missing required field: alt_text [json-pointer:/blocks/0]" },
        { """[{"type":"image","alt_text":"a","image_url":"file:///a.png"}]""", "must be a valid URL [json-pointer:/blocks/0/image_url]" },
        { """[{"type":"context","elements":[]}]""", "must provide at least 1 items [json-pointer:/blocks/0/elements]" },
        { $$$"""[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"{{{Long[..76]}}}"}}]}]""", "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]" },
        { """[{"type":"actions","elements":[{"type":"button","style":"loud","text":{"type":"plain_text","text":"x"}}]}]""", "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]" },
        { """[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}},{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}}]}]""", "action_id \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]" },
        { """[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"button"}}]""", "unsupported type: button [json-pointer:/blocks/0/element/type]" },
        { """[{"type":"actions","elements":[{"type":"plain_text_input","action_id":"a"}]}]""", "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]" },
        { """[{"type":"section","text":{"type":"mrkdwn","text":"x"},"expand":"yes"}]""", "must be a boolean [json-pointer:/blocks/0/expand]" },
        { $$$"""[{"type":"section","fields":[{{{Many(11, """{"type":"mrkdwn","text":"x"}""")}}}]}]""", "no more than 10 items allowed [json-pointer:/blocks/0/fields]" },
        { $$$"""[{"type":"section","fields":[{"type":"mrkdwn","text":"{{{Long[..2_001]}}}"}]}]""", "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]" },
        { $$$"""[{"type":"context","elements":[{{{Many(11, """{"type":"mrkdwn","text":"x"}""")}}}]}]""", "no more than 10 items allowed [json-pointer:/blocks/0/elements]" },
        { $$$"""[{"type":"actions","elements":[{{{Many(26, """{"type":"button","text":{"type":"plain_text","text":"x"}}""")}}}]}]""", "no more than 25 items allowed [json-pointer:/blocks/0/elements]" },
        { $$$"""[{"type":"actions","elements":[{"type":"overflow","options":[{{{Many(6, Option)}}}]}]}]""", "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]" },
        { $$$"""[{"type":"actions","elements":[{"type":"radio_buttons","options":[{{{Many(11, Option)}}}]}]}]""", "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]" },
        { $$$"""[{"type":"actions","elements":[{"type":"static_select","options":[{{{Many(101, Option)}}}]}]}]""", "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]" },
        { $$$"""[{"type":"actions","elements":[{"type":"static_select","options":[{{{Option}}}],"option_groups":[]}]}]""", "only one of options and option_groups allowed [json-pointer:/blocks/0/elements/0]" },
        { $$$"""[{"type":"actions","elements":[{"type":"button","value":"{{{Long[..2_001]}}}","text":{"type":"plain_text","text":"x"}}]}]""", "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]" },
        { $$$$"""[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"},"confirm":{"title":{"type":"plain_text","text":"{{{{Long[..101]}}}}"},"text":{"type":"mrkdwn","text":"x"}}}]}]""", "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]" },
        { $$$"""[{"type":"divider","block_id":"{{{Long[..256]}}}"}]""", "must be less than 256 characters [json-pointer:/blocks/0/block_id]" },
        { """[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","max_length":3001}}]""", "must be between 1 and 3000 [json-pointer:/blocks/0/element/max_length]" },
        { """[{"type":"rich_text","elements":[{"type":"text","text":"x"}]}]""", "unsupported type: text [json-pointer:/blocks/0/elements/0/type]" },
        { """[{"type":"video","title":{"type":"plain_text","text":"x"}}]""", "missing required field: alt_text [json-pointer:/blocks/0]" },
        { $$$"""[{"type":"table","rows":[{{{Many(101, "[{}]")}}}]}]""", "no more than 100 items allowed [json-pointer:/blocks/0/rows]" },
    };

    private const string Option = """{"text":{"type":"plain_text","text":"a"},"value":"a"}""";

    private static string Many(int count, string one) => string.Join(',', Enumerable.Repeat(one, count));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_13_each_limit_is_named_with_its_place(string blocks, string problem) =>
        BlockRules.Check(JsonDocument.Parse(blocks).RootElement, BlockRules.MostInMessage).Found.Any(found => string.Equals(found, problem, StringComparison.Ordinal)).ShouldBeTrue(problem);

    [Fact]
    public void A_message_of_cards_anatomy_passes()
    {
        const string Card = """
            [{"type":"header","text":{"type":"plain_text","text":"FLASH","emoji":false}},
             {"type":"section","text":{"type":"mrkdwn","text":"*x*","verbatim":true}},
             {"type":"context","elements":[{"type":"mrkdwn","text":"M10News"},{"type":"image","alt_text":"a","image_url":"https://e.org/a.png"}]},
             {"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Full story"},"url":"https://e.org"},
              {"type":"static_select","options":[{"text":{"type":"plain_text","text":"a"},"value":"a"}]}]}]
            """;
        BlockRules.Check(JsonDocument.Parse(Card).RootElement, BlockRules.MostInMessage).Found.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_answer_carries_the_problem_in_Slacks_form()
    {
        await using var slack = await SlackBench.StartAsync();
        var answer = await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = new[] { new { type = "marquee" } } });
        answer.Error().ShouldBe("invalid_blocks");
        answer.GetProperty("response_metadata").GetProperty("messages")[0].GetString().ShouldBe("[ERROR] unsupported type: marquee [json-pointer:/blocks/0/type]");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = Enumerable.Repeat(new { type = "divider" }, 51) })).Error().ShouldBe("invalid_blocks");
        (await slack.CallAsync("chat.postMessage", new { channel = "C0BREAKING", text = "x", blocks = Enumerable.Repeat(new { type = "section", text = new { type = "mrkdwn", text = Long[..2_900] } }, 5) })).Error().ShouldBe("msg_blocks_too_long");
        (await slack.ReadAsync("chat.postMessage", ("channel", "C0BREAKING"), ("text", "x"), ("blocks", "[{"))).Error().ShouldBe("invalid_blocks_format");
    }
}
