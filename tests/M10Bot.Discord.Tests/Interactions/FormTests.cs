using System.Diagnostics;
using System.Text.Json;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Chat;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace M10Bot.Discord.Tests.Interactions;

public sealed class FormTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private static readonly Form Asked = new()
    {
        Command = "channel add",
        Title = "Add a channel",
        Send = "Add it",
        Key = Key,
        Fields =
        [
            new FormField("channel", "Channel", FormFieldKind.Channel) { Values = ["4200"], Error = "It may not." },
            new FormField("topics", "Topics", FormFieldKind.Choice) { Options = [new("NATO", "org:nato"), new("Ukraine", "place:ukraine")], Most = 2, Values = ["org:nato"] },
            new FormField("ping", "Role", FormFieldKind.Role),
            new FormField("more", "Other topics", FormFieldKind.Text) { Values = ["floods"], Hint = "With commas" },
        ],
    };

    private readonly Bench _bench = new(new DiscordOptions { Token = "secret-token", ApiBase = "http://127.0.0.1:9/api/v10" });
    private readonly List<CommandRequest> _requests = [];
    private readonly InteractionHandler _handler;
    private Func<CommandRequest, Task<CommandReply>> _run = _ => Task.FromResult(CommandReply.Say("Which channel?") with { Form = Asked });
    private int _ids;

    public FormTests()
    {
        var port = new CommandPort(
            [],
            (request, _) =>
            {
                _requests.Add(request);
                return _run(request);
            },
            (_, _, _, _) => Task.FromResult<IReadOnlyList<Suggestion>>([]));
        _handler = new InteractionHandler(port, _bench.Rest, _bench.Options, new ApplicationId("500"), _bench.Seal, _bench.Time, NullLogger<InteractionHandler>.Instance);
    }

    [Fact]
    public async Task A_form_is_drawn_as_selects_and_buttons_with_what_is_picked()
    {
        await HandleAsync(""" "type":2,"data":{"name":"channel","options":[{"name":"add","type":1}]} """);
        var answer = _bench.Discord.Requests.ShouldHaveSingleItem().Json;
        answer.GetProperty("type").GetInt32().ShouldBe(4);
        var parts = Flatten(answer.GetProperty("data").GetProperty("components")).ToList();
        var channel = parts.Single(c => c.GetProperty("type").GetInt32() == 8);
        channel.GetProperty("default_values").GetRawText().ShouldBe("""[{"id":"4200","type":"channel"}]""");
        var topics = parts.Single(c => c.GetProperty("type").GetInt32() == 3);
        topics.GetProperty("max_values").GetInt32().ShouldBe(2);
        topics.GetProperty("options").GetRawText().ShouldBe("""[{"label":"NATO","value":"org:nato","default":true},{"label":"Ukraine","value":"place:ukraine","default":false}]""");
        parts.Count(c => c.GetProperty("type").GetInt32() == 6).ShouldBe(1);
        answer.GetRawText().ShouldContain("⚠ Channel: It may not.");
        answer.GetRawText().ShouldContain("floods");
        parts.Where(c => c.GetProperty("type").GetInt32() == 2).Select(c => c.GetProperty("custom_id").GetString())
            .ShouldBe([$"form|form={Key}|send=yes", $"form|form={Key}|open=texts"]);
    }

    [Fact]
    public async Task What_is_picked_comes_as_an_answer_with_what_the_bot_may_do_there_and_draws_the_same_message_anew()
    {
        await HandleAsync($$$""" "type":3,"data":{"custom_id":"form|form={{{Key}}}|field=channel","values":["4300"],"resolved":{"channels":{"4300":{"type":0,"app_permissions":"1024"} } } } """);
        var request = _requests.ShouldHaveSingleItem();
        request.Command.ShouldBe(Form.AnswerCommand);
        request.Arguments.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["form"] = Key, ["channel"] = "4300" }, ignoreOrder: true);
        request.Channels["4300"].Lacks.ShouldBe([ChatRight.SendMessages, ChatRight.EmbedLinks, ChatRight.ReadHistory]);
        _bench.Discord.Requests.ShouldHaveSingleItem().Json.GetProperty("type").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task What_is_picked_no_more_is_an_empty_answer()
    {
        await HandleAsync($$$""" "type":3,"data":{"custom_id":"form|form={{{Key}}}|field=topics","values":[]} """);
        _requests.ShouldHaveSingleItem().Arguments["topics"].ShouldBe("");
    }

    [Fact]
    public async Task The_texts_open_in_a_modal_and_come_back_as_answers()
    {
        await HandleAsync($$$""" "type":3,"data":{"custom_id":"form|form={{{Key}}}|open=texts"} """);
        _requests.ShouldHaveSingleItem().Arguments.Keys.ShouldBe(["form"]);
        var modal = _bench.Discord.Requests.ShouldHaveSingleItem().Json;
        modal.GetProperty("type").GetInt32().ShouldBe(9);
        var input = modal.GetProperty("data").GetProperty("components")[0].GetProperty("component");
        input.GetProperty("custom_id").GetString().ShouldBe("more");
        input.GetProperty("value").GetString().ShouldBe("floods");

        await HandleAsync($$$""" "type":5,"data":{"custom_id":"form|form={{{Key}}}","components":[{"type":18,"id":1,"component":{"type":4,"id":2,"custom_id":"more","value":"kenya"}}]} """);
        _requests[1].Arguments.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["form"] = Key, ["more"] = "kenya" }, ignoreOrder: true);
        _bench.Discord.Requests[1].Json.GetProperty("type").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task The_end_takes_the_place_of_the_form()
    {
        _run = _ => Task.FromResult(CommandReply.Say("#news now gets NATO"));
        await HandleAsync($$$""" "type":3,"data":{"custom_id":"form|form={{{Key}}}|send=yes"} """);
        _requests.ShouldHaveSingleItem().Arguments[Form.SendArgument].ShouldBe("yes");
        var answer = _bench.Discord.Requests.ShouldHaveSingleItem().Json;
        answer.GetProperty("type").GetInt32().ShouldBe(7);
        Flatten(answer.GetProperty("data").GetProperty("components")).ShouldNotContain(c => c.GetProperty("type").GetInt32() == 8);
    }

    [Fact]
    public async Task A_slow_answer_puts_the_form_off_and_edits_it_later()
    {
        var slow = new TaskCompletionSource<CommandReply>();
        _run = _ => slow.Task;
        var handling = HandleAsync($$$""" "type":3,"data":{"custom_id":"form|form={{{Key}}}|send=yes"} """);
        _bench.Time.Advance(_bench.Options.AnswerWithin);
        await SentAsync(1);
        _bench.Discord.Requests[0].Body.ShouldBe("""{"type":6}""");
        slow.SetResult(CommandReply.Say("Done"));
        await handling.WaitAsync(WatchedTime.Patience);
        _bench.Discord.Requests[1].Line.ShouldBe("PATCH /api/v10/webhooks/500/tok/messages/@original");
    }

    [Fact]
    public void The_classic_look_keeps_to_five_rows()
    {
        var reply = CommandReply.Say("Which channel?", "A line.") with { Form = Asked };
        var rendering = CardRenderer.Render(reply, Look.Classic);
        rendering.Components.Count.ShouldBe(4);
        rendering.Components.ShouldAllBe(c => c.Type == ComponentWire.ActionRow);
    }

    private Task HandleAsync(string json)
    {
        var id = Snowflake.At(_bench.Time.GetUtcNow()) + (ulong)(++_ids);
        var wire = JsonSerializer.Deserialize(
            $$"""{"id":"{{id}}","application_id":"500","token":"tok","guild_id":"81","channel_id":"42","member":{"user":{"id":"77"},"permissions":"32"},{{json}}}""",
            DiscordJson.Wire.InteractionWire);
        return _handler.HandleAsync(new Arrival(wire!, _bench.Time.GetTimestamp()), default);
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement components) => components.EnumerateArray()
        .SelectMany(c => c.TryGetProperty("components", out var inner) ? Flatten(inner).Prepend(c) : [c]);

    private async Task SentAsync(int count)
    {
        for (var since = Stopwatch.GetTimestamp(); _bench.Discord.Requests.Count < count && Stopwatch.GetElapsedTime(since) < WatchedTime.Patience;)
        {
            await Task.Yield();
        }

        _bench.Discord.Requests.Count.ShouldBeGreaterThanOrEqualTo(count);
    }
}
