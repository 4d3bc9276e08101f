using System.Text.Json;
using M10Bot.Discord.Interactions;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Tests.Support;
using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.Discord.Tests.Interactions;

public class MessageCommandTests
{
    private static readonly CommandSpec[] Specs = [new("summary", "Sums up", Role.Member, new CommandOption("story", "Which", OptionKind.Story, IsRequired: true))];

    [Fact]
    public void It_stands_in_the_menu_of_messages_where_something_sums_up()
    {
        var command = MessageCommand.Of(Specs).ShouldHaveSingleItem();
        JsonSerializer.Serialize(command, DiscordJson.Wire.CommandWire).ShouldBe("""{"name":"Summarise with M10","name_localizations":{"de":"Mit M10 zusammenfassen","es-ES":"Resumir con M10","fr":"Résumer avec M10","uk":"Підсумувати з M10"},"type":3}""");
        MessageCommand.Of([]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"content":"see https://m10news.com/a/1, and https://other.example"}""", "https://m10news.com/a/1")]
    [InlineData("""{"content":"[words](https://m10news.com/a/2)"}""", "https://m10news.com/a/2")]
    [InlineData("""{"content":"<https://m10news.com/a/3>"}""", "https://m10news.com/a/3")]
    [InlineData("""{"content":"","embeds":[{"title":"t","url":"https://m10news.com/a/4"}]}""", "https://m10news.com/a/4")]
    [InlineData("""{"components":[{"type":17,"components":[{"type":10,"content":"words"},{"type":1,"components":[{"type":2,"url":"https://m10news.com/a/5"}]}]}]}""", "https://m10news.com/a/5")]
    [InlineData("""{"content":"  Storm hits\nthe coast  "}""", "Storm hits the coast")]
    [InlineData("""{"embeds":[null,{"title":"A headline"}],"components":[null]}""", "A headline")]
    [InlineData("""{"content":"javascript:alert(1)"}""", "javascript:alert(1)")]
    public void The_link_is_what_is_summed_up_and_else_the_words(string message, string story)
    {
        var (command, arguments) = MessageCommand.Read(Chosen(message));
        command.ShouldBe("summary");
        arguments["story"].ShouldBe(story);
    }

    [Theory]
    [InlineData("""{"content":""}""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    public void A_message_without_words_names_no_story(string message) => MessageCommand.Read(Chosen(message)).Arguments.ShouldBeEmpty();

    [Theory]
    [InlineData(Look.Components)]
    [InlineData(Look.Classic)]
    public void The_bots_own_cards_can_be_summed_up(object look)
    {
        var sent = JsonSerializer.Serialize(CardRenderer.Render(Some.Bulletin(), (Look)look, Bench.Key).ToPost(Bench.Key), DiscordJson.Wire.MessagePost);
        MessageCommand.Read(Chosen(sent)).Arguments["story"].ShouldBe("https://m10news.com/story/1");
    }

    private static InteractionDataWire Chosen(string message) => JsonSerializer.Deserialize(
        $$$"""{"type":2,"data":{"name":"Summarise with M10","type":3,"target_id":"9","resolved":{"messages":{"9":{{{message}}} } } } }""", DiscordJson.Wire.InteractionWire)!.Data!;
}
