using System.Text;
using M10Bot.Discord.Gateway;
using M10Bot.Discord.Places;

namespace M10Bot.Discord.Tests.Gateway;

public sealed class GuildArrivalTests
{
    private readonly GuildBook _guilds = new();

    [Fact]
    public void It_tells_of_the_channels_that_want_more_than_a_message()
    {
        const string Json =
            """
            {"name":"x","roles":[{"id":"1","permissions":"8"}],"channels":[{"id":"10","type":0,"permission_overwrites":[{"id":"7","type":0}]},
            {"type":15,"available_tags":[{"id":"5","name":"t"}],"id":"11"},7,null,{"id":"no","type":5},{"id":12,"type":5},{"id":"13","type":"5"},{"id":"14","type":5}],"unavailable":false,"id":"81"}
            """;
        Read(Json).ShouldBe((true, "81", false));
        _guilds.Came("81");
        new[] { "10", "11", "12", "13", "14" }.Select(c => _guilds.KindOf("81", c)).ShouldBe(
            [ChannelKind.Text, ChannelKind.Forum, ChannelKind.Text, ChannelKind.Text, ChannelKind.Announcement]);
    }

    [Theory]
    [InlineData("""{"id":"81","unavailable":true}""", true, "81", true)]
    [InlineData("""{"id":"81","channels":null}""", true, "81", false)]
    [InlineData("""{"id":"81","channels":{"id":"1"}}""", true, "81", false)]
    [InlineData("""{"id":"99999999999999999999999"}""", false, "", false)]
    [InlineData("""{"id":"-1"}""", false, "", false)]
    [InlineData("""{"id":81}""", false, "", false)]
    [InlineData("""{"name":"x"}""", false, "", false)]
    [InlineData("[1]", false, "", false)]
    [InlineData("""{"id":"81""", false, "", false)]
    public void What_is_no_server_is_none(string json, bool isRead, string guild, bool isAway) => Read(json).ShouldBe((isRead, guild, isAway));

    private (bool IsRead, string Guild, bool IsAway) Read(string json)
    {
        var isRead = GuildArrival.TryRead(Encoding.UTF8.GetBytes(json), _guilds, out var guild, out var isAway);
        return (isRead, guild, isAway);
    }
}
