using M10Bot.News.Chat;

namespace M10Bot.News.Tests.Commands;

public sealed class DoubtCommandsTests : IAsyncLifetime
{
    private Newsroom _newsroom = null!;

    public async Task InitializeAsync() => _newsroom = await Newsroom.OpenAsync();

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Fact]
    public async Task Where_nothing_is_in_doubt_it_is_said() =>
        (await _newsroom.SayAsync("doubts", Role.Editor)).Card.Headline.ShouldBe("Nothing is in doubt");

    [Fact]
    public async Task Members_are_not_asked() =>
        (await _newsroom.SayAsync("doubts")).Card.Headline.ShouldBe("“doubts” is for editors and admins");

    [Fact]
    public async Task Each_is_listed_with_place_and_reason_and_a_button_settles_it()
    {
        var id = await DoubtAsync("T1", "channel", "C7");
        var list = await _newsroom.SayAsync("doubts", Role.Editor);

        list.Card.Headline.ShouldBe("1 message is in doubt");
        var item = list.Card.Items.ShouldHaveSingleItem();
        (item.Text, item.Detail).ShouldBe(($"{id} · Port closed", "channel C7 · history can't be read"));

        (await _newsroom.PressAsync(list, $"{id} is there", Role.Editor)).Card.Headline.ShouldBe($"Delivery {id} counts as shown");
        (await _newsroom.ScalarAsync<string>("select state from delivery")).ShouldBe("gone");
        (await _newsroom.PressAsync(list, $"Send {id} again", Role.Editor)).Card.Headline.ShouldBe($"Delivery {id} is not in doubt");
    }

    [Fact]
    public async Task What_is_sent_again_is_due_and_no_longer_in_doubt()
    {
        var id = await DoubtAsync("T1", "person", "U9");
        (await _newsroom.SayAsync($"settle {id} again", Role.Admin)).Card.Lines[0].ShouldContain("a member's direct messages");
        (await _newsroom.ScalarAsync<long>("select count(*) from delivery where state = 'due' and attempted_ms is null")).ShouldBe(1);
    }

    [Fact]
    public async Task Another_workspaces_deliveries_are_neither_listed_nor_settled()
    {
        var id = await DoubtAsync("T2", "channel", "C7");
        (await _newsroom.SayAsync("doubts", Role.Admin)).Card.Headline.ShouldBe("Nothing is in doubt");
        (await _newsroom.SayAsync($"settle {id} there", Role.Admin)).Card.Headline.ShouldBe($"Delivery {id} is not in doubt");
        (await _newsroom.ScalarAsync<string>("select state from delivery")).ShouldBe("doubt");
    }

    private async Task<long> DoubtAsync(string workspace, string kind, string address)
    {
        var story = await _newsroom.StoryAsync("Port closed");
        await _newsroom.ExecuteAsync(
            $"""
            insert into destination (platform, workspace, kind, address, lane, added_by, added_ms) values ('slack', '{workspace}', '{kind}', '{address}', 'l', 'x', 0);
            insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, state, attempted_ms, note, created_ms, wanted_ms)
            select b.id, d.id, 'l', 3, 1, 'doubt', 1, 'history can''t be read', 0, 0 from bulletin b, destination d where b.story_id = {story};
            """);
        return await _newsroom.ScalarAsync<long>("select max(id) from delivery");
    }
}
