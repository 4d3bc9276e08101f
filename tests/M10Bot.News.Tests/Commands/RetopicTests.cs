using System.Text.Json.Nodes;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Reading;
using M10Bot.News.Stories;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Commands;

/// <summary>An editor puts right what a story is about, and everything goes by it.</summary>
public sealed class RetopicTests : IAsyncLifetime
{
    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task The_card_the_orders_and_the_reasons_go_by_the_editors_word(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.ChannelAsync("ukraine", Newsroom.Ukraine.Code);
        await _newsroom.ChannelAsync("nato", Newsroom.Nato.Code);
        await _newsroom.ChannelAsync("all", "all");
        await FileAsync();
        (await AddressesAsync("due")).ShouldBe("all,ukraine");
        await _newsroom.ExecuteAsync("update delivery set state = 'done', shown_version = 1, receipt_channel = 'C', receipt_message = '1.1' where destination_id = 3");

        var reply = await EditorAsync("retopic 1 add: NATO remove: ukraine");

        reply.Card.Headline.ShouldStartWith("The story is about NATO");
        reply.Card.Lines[1].ShouldBe("The card is edited wherever it stands, and goes to those whose subscriptions it meets now.");
        reply.Card.Lines[2].ShouldBe("1 delivery that had not set out is dropped: no subscription asks for it any more.");
        (await AddressesAsync("due")).ShouldBe("all,nato");
        var card = await CardAsync(2);
        card.Topics.ShouldContain("NATO", StringComparer.Ordinal);
        card.Topics.ShouldNotContain("Ukraine", StringComparer.Ordinal);
        card.Kicker!.Notes.ShouldBe(["NATO", "single source"]);

        var why = (await _newsroom.SayAsync("why 1")).Card.Facts;
        why.Single(f => f.Label is "NATO").Value.ShouldStartWith("set by an editor ");
        why.Single(f => f.Label is "Not about Ukraine").Value.ShouldStartWith("set by an editor ");
        (await EditorAsync("why 1")).Card.Facts.Single(f => f.Label is "NATO").Value.ShouldStartWith("set by slack/T1/U1 ");
        (await EditorAsync("audit 1")).Card.Items.ShouldHaveSingleItem().Detail!.ShouldBe("slack/T1/U1: added NATO; took away Ukraine (version 2)");
    }

    [Theory]
    [OnEveryEngine]
    public async Task Later_versions_do_not_bring_back_what_an_editor_took_away(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await FileAsync();
        await EditorAsync("retopic 1 add: NATO remove: ukraine");

        await FileAsync("Kyiv: Ukraine's port stays closed for a second day");

        var card = await CardAsync(3);
        card.Topics[0].ShouldBe("NATO");
        card.Topics.ShouldNotContain("Ukraine", StringComparer.Ordinal);
        (await _newsroom.ScalarAsync<long>("select count(*) from story_topic where topic = 'place:ukraine'")).ShouldBe(0);
        await EditorAsync("retopic 1 add: ukraine remove: NATO");
        (await CardAsync(4)).Topics[0].ShouldBe("Ukraine");
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_is_held_gets_its_topics_and_nothing_goes_out(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.ChannelAsync("nato", Newsroom.Nato.Code);
        await FileAsync(change: a => a with { Status = ArticleStatus.Hold });

        (await EditorAsync("retopic 1 add: NATO")).Card.Lines[1].ShouldStartWith("Nothing of it stands where readers see it now");

        (await _newsroom.ScalarAsync<long>("select count(*) from bulletin")).ShouldBe(0);
        await EditorAsync("release 1");
        (await AddressesAsync("due")).ShouldBe("nato");
    }

    [Theory]
    [OnEveryEngine]
    public async Task The_form_offers_what_it_is_about_and_says_what_is_wrong_beside_the_field(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await FileAsync();

        var form = (await EditorAsync("retopic 1")).Form!;
        form.Fields.Select(f => f.Name).ShouldBe(["remove", "add", "more"]);
        form.Fields[0].Options.Select(o => o.Value).ShouldContain("place:ukraine", StringComparer.Ordinal);
        form.Fields[1].Options.Select(o => o.Value).ShouldNotContain("place:ukraine", StringComparer.Ordinal);

        var wrong = await _newsroom.SendAsync(form, Role.Editor, ("more", "narnia"));
        wrong.Form!.Fields[2].Error.ShouldNotBeNull().ShouldContain("narnia");
        (await _newsroom.SendAsync(wrong.Form, Role.Editor, ("remove", "place:ukraine"), ("more", "north atlantic alliance"))).Card.Headline.ShouldStartWith("The story is about NATO");
        (await EditorAsync("retopic 1 add: everything")).Card.Headline.ShouldBe("“everything” is no topic that a story can have");
        (await EditorAsync("retopic 1 add: NATO remove: NATO")).Card.Headline.ShouldBe("NATO can't be added and taken away at once");
        (await _newsroom.SayAsync("retopic 1 add: NATO", Role.Admin)).Card.Headline.ShouldBe("“retopic” is for editors");
    }

    [Theory]
    [OnEveryEngine]
    public async Task The_correction_is_kept_to_learn_from_and_the_trainer_takes_it(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await FileAsync();
        await EditorAsync("retopic 1 add: NATO remove: ukraine");
        await _newsroom.ExecuteAsync("delete from ruling; update story set lead_id = null; delete from article");

        var lines = await new TopicLessonStore(_newsroom.Database).ExportAsync(CancellationToken.None);

        var lesson = JsonNode.Parse(lines.ShouldHaveSingleItem())!;
        lesson["headline"]!.GetValue<string>().ShouldBe("Port of Odesa closed in Ukraine");
        lesson["topics"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldNotContain("place:ukraine", StringComparer.Ordinal);
        using var archive = new StringReader(string.Join('\n', lines));
        var (articles, unknown) = TopicArchive.Read(archive, TopicCatalogue.Default);
        articles.ShouldHaveSingleItem().Codes.ShouldContain("org:nato", StringComparer.Ordinal);
        unknown.ShouldBeEmpty();
    }

    private Task<CommandReply> EditorAsync(string line) => _newsroom.SayAsync(line, Role.Editor);

    private async Task<Card> CardAsync(int version) => CardJson.Read(await _newsroom.ScalarAsync<string>($"select card from bulletin_version where version = {version}"));

    private Task<string> AddressesAsync(string state) => _newsroom.ScalarAsync<string>(
        $"select {(_newsroom.Database.Dialect.ForUpdate.Length > 0 ? "string_agg" : "group_concat")}(address, ',') from (select s.address from delivery d join destination s on s.id = d.destination_id where d.state = '{state}' order by s.address) a");

    private async Task<Filed> FileAsync(string headline = "Port of Odesa closed in Ukraine", Func<Article, Article>? change = null)
    {
        var article = Some.Article(headline, "odesa") with { Slug = "odesa", Version = 0, Body = $"The port of Odesa in Ukraine was closed on Sunday. {headline}." };
        return (await _newsroom.Desk.FileAsync(change?.Invoke(article) ?? article, _ => Task.FromResult(true), CancellationToken.None))!;
    }
}
