using System.Text.Json.Nodes;
using M10Bot.Simulator.Slack.Workspaces;

namespace M10Bot.Simulator.Tests.Slack;

public sealed class CommandTests
{
    [Fact]
    public async Task A_command_arrives_escaped_with_ids_and_its_answer_is_private()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var typed = slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10 follow A&B in #desk for @editor https://e.org" });
        var envelope = await line.NextAsync();
        envelope.GetProperty("type").GetString().ShouldBe("slash_commands");
        var payload = envelope.GetProperty("payload");
        payload.GetProperty("command").GetString().ShouldBe("/m10");
        payload.GetProperty("text").GetString().ShouldBe("follow A&amp;B in <#C0DESK|desk> for <@U0EDITOR|editor> <https://e.org>");
        payload.GetProperty("user_id").GetString().ShouldBe("U0ADMIN");
        payload.GetProperty("channel_name").GetString().ShouldBe("breaking");
        payload.GetProperty("is_enterprise_install").GetString().ShouldBe("false");
        await line.AckAsync(envelope, new JsonObject { ["text"] = "Done." });
        (await typed).Status.ShouldBe(200);
        var answer = slack.Host.Slack.Newsroom.AllMessages("C0BREAKING").Single();
        answer.EphemeralFor.ShouldBe("U0ADMIN");
        answer.Text.ShouldBe("Done.");
    }

    [Fact]
    public async Task A_public_answer_shows_the_command_above_it()
    {
        await using var slack = await SlackBench.StartAsync();
        using var line = await slack.ConnectAsync();
        var typed = slack.Host.Slack.Newsroom.As("member").CommandAsync("D0MEMBER", "/m10", CancellationToken.None);
        var envelope = await line.NextAsync();
        envelope.GetProperty("payload").GetProperty("channel_name").GetString().ShouldBe("directmessage");
        await line.AckAsync(envelope, new JsonObject { ["response_type"] = "in_channel", ["text"] = "Help" });
        (await typed).IsFine.ShouldBeTrue();
        slack.Host.Slack.Newsroom.Posts("D0MEMBER").Single().Command.ShouldBe(new SlackTyped("U0MEMBER", "/m10"));
    }

    [Fact]
    public async Task Without_a_link_the_command_fails_at_once()
    {
        await using var slack = await SlackBench.StartAsync();
        (await slack.ActAsync("command", new { person = "admin", channel = "C0BREAKING", text = "/m10" })).Answer.Error().ShouldBe("dispatch_failed");
    }

    [Fact]
    public async Task Bad_input_of_the_page_is_400_with_a_reason()
    {
        await using var slack = await SlackBench.StartAsync();
        foreach (var (path, body) in new (string, object)[]
        {
            ("command", new { person = "nobody", channel = "C0BREAKING", text = "/m10" }),
            ("command", new { person = "admin", channel = "C0NOWHERE", text = "/m10" }),
            ("command", new { person = "admin", channel = "C0BREAKING", text = "/other" }),
            ("command", new { person = "admin" }),
            ("action", new { person = "admin", channel = "C0BREAKING", message = "1.000000", block_id = "a", action_id = "b" }),
            ("options", new { person = "admin", typed = "x" }),
            ("view-submit", new { person = "admin", view = "V1" }),
            ("view-close", new { person = "admin" }),
        })
        {
            var (status, answer) = await slack.ActAsync(path, body);
            status.ShouldBe(400, path);
            answer.Error().ShouldNotBeNullOrEmpty(path);
        }
    }

    [Fact]
    public async Task What_the_page_reads_has_people_channels_commands_and_messages()
    {
        await using var slack = await SlackBench.StartAsync();
        var ts = await slack.PostAsync("FLASH: x");
        var view = slack.Host.Slack.View();
        view["people"]!.AsArray().Select(p => p!["key"]!.GetValue<string>()).ShouldBe(["member", "editor", "admin"]);
        view["channels"]!.AsArray().Select(c => c!["kind"]!.GetValue<string>()).ShouldBe(["channel", "channel", "channel", "im", "im", "im"]);
        view["commands"]![0]!["command"]!.GetValue<string>().ShouldBe("/m10");
        var message = view["messages"]!["C0BREAKING"]![0]!;
        message["ts"]!.GetValue<string>().ShouldBe(ts);
        message["deleted"]!.GetValue<bool>().ShouldBeFalse();
        message.AsObject().ContainsKey("ephemeral_for").ShouldBeTrue();
        view["views"]!.AsObject().ContainsKey("editor").ShouldBeTrue();
    }
}
