using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Tests.Storage;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Commands;

/// <summary>Stories put together and taken apart, from the typed line on: shown first, then done.</summary>
public sealed class MergeCommandsTests : IAsyncLifetime
{
    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine]
    public async Task A_merge_is_shown_then_done_and_can_be_taken_back(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.ChannelAsync("both", "all");
        await _newsroom.ChannelAsync("prices", "medtop:04000000");
        await TwoAsync();
        await DoneAsync();

        var preview = await EditorAsync("merge 2 into 1");
        preview.Card.Headline.ShouldBe("Merge no. 2 into no. 1?");
        preview.Card.Lines.ShouldBe(
        [
            "“Diesel gets dearer after supply stops” becomes part of “Fire closes oil terminal in Riga”",
            "1 article goes over; later ones like it come to no. 1 too.",
            "In 1 place only the message of no. 2 stands: it tells no. 1 from now on, by an edit.",
            "In 1 place both stand: the message of no. 2 then points to the other.",
            "The message of no. 1 is edited in 1 place. Nothing is posted anew, nobody is pinged; who follows or mutes no. 2 does so with no. 1.",
        ]);
        (await _newsroom.ScalarAsync<long>("select count(*) from story_merge")).ShouldBe(0);

        var done = await _newsroom.PressAsync(preview, "Merge them", Role.Editor);
        done.Card.Headline.ShouldBe("No. 2 is part of no. 1 now");
        (await _newsroom.ScalarAsync<string>("select state from story where id = 2")).ShouldBe("merged");
        (await EditorAsync("receipts 2")).Card.Lines[0].ShouldBe("“Fire closes oil terminal in Riga”");
        (await EditorAsync("audit 2")).Card.Items.ShouldHaveSingleItem().Detail!.ShouldBe("slack/T1/U1: into story 1");

        var back = await _newsroom.PressAsync(done, "Take it back", Role.Editor);
        back.Card.Headline.ShouldBe("No. 2 stands on its own again");
        (await _newsroom.ScalarAsync<string>("select state from story where id = 2")).ShouldBe("open");
        (await EditorAsync("unmerge 2")).Card.Headline.ShouldBe("This story can't be taken out of another");
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_has_changed_since_it_was_shown_is_shown_again_and_not_done(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await TwoAsync();
        var asked = await EditorAsync("merge 2");
        asked.Card.Headline.ShouldBe("Into which story?");
        asked.Card.Actions.ShouldNotContain(a => a.Label.StartsWith("Diesel", StringComparison.Ordinal));
        var merge = await EditorAsync("merge 2 1");
        await FileAsync("Diesel dearer still", "prices");

        var again = await _newsroom.PressAsync(merge, "Merge them", Role.Editor);

        again.Card.Lines[0].ShouldStartWith("One of the two has changed meanwhile; nothing is done yet.");
        (await _newsroom.ScalarAsync<string>("select state from story where id = 2")).ShouldBe("open");
        await _newsroom.PressAsync(again, "Merge them", Role.Editor);
        var split = await EditorAsync("split 1 2");
        await FileAsync("Fire is out", "fire");
        (await _newsroom.PressAsync(split, "Split them off", Role.Editor)).Card.Lines[0].ShouldStartWith("The story has changed meanwhile; nothing is done yet.");
        (await _newsroom.ScalarAsync<long>("select count(*) from story")).ShouldBe(2);
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_cannot_be_merged_is_said_with_the_way_out(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await TwoAsync();
        await FileAsync("Parliament in Oslo votes", "oslo", a => a with { Body = "Members voted on Friday.", Status = ArticleStatus.Hold });
        await FileAsync("Storm over Lisbon", "storm", a => a with { Body = "Roofs flew." });
        await EditorAsync("kill 4 it was another storm");

        (await LineAsync("merge 1 1")).ShouldBe("It is the same story.");
        (await LineAsync("merge 1 into 3")).ShouldBe("Story 3 has not run and story 1 has; merge 3 into 1.");
        (await LineAsync("merge 4 into 1")).ShouldBe("Story 4 is withdrawn, and stays so.");
        (await LineAsync("merge 1 into 4")).ShouldBe("Story 4 is withdrawn, and stays so.");
        await EditorAsync("hold 2");
        (await LineAsync("merge 2 into 1")).ShouldBe("Story 2 is held; release it first.");
        (await EditorAsync("merge 1 into 99")).Card.Headline.ShouldBe("No story has the number 99");
        foreach (var line in new[] { "merge 2 1", "unmerge 2", "split 1" })
        {
            (await _newsroom.SayAsync(line, Role.Admin)).Card.Headline.ShouldEndWith("is for editors");
        }
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_held_story_that_has_not_run_goes_over_unseen_and_counts_as_a_source(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await _newsroom.ChannelAsync("all", "all");
        await TwoAsync();
        await DoneAsync();
        await FileAsync("A blaze at tanks", "blaze", a => a with { Source = "Berg Times", Body = "Nobody knows.", Status = ArticleStatus.Hold });
        await EditorAsync("hold 3");

        var preview = await EditorAsync("merge 3 1");
        preview.Card.Lines[^1].ShouldBe("Nothing of no. 3 has run, so no message changes but for the count of sources.");
        await _newsroom.PressAsync(preview, "Merge them", Role.Editor);

        var card = CardJson.Read(await _newsroom.ScalarAsync<string>("select card from bulletin_version where version = 2"));
        (card.Headline, card.Kicker!.Notes[^1]).ShouldBe(("Fire closes oil terminal in Riga", "2 sources"));
        (await _newsroom.ScalarAsync<long>("select count(*) from desk_hold")).ShouldBe(0);
        (await EditorAsync("unmerge 3")).Card.Lines.ShouldHaveSingleItem().ShouldBe("Nothing of it had run; it is held.");
        (await _newsroom.ScalarAsync<string>("select state from story where id = 3")).ShouldBe("held");
        CardJson.Read(await _newsroom.ScalarAsync<string>("select card from bulletin_version where version = 3")).Kicker!.Notes[^1].ShouldBe("single source");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_split_offers_the_articles_takes_numbers_or_publishers_and_can_be_put_back(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await TwoAsync();
        await FileAsync("Diesel dearer still", "prices");
        await _newsroom.PressAsync(await EditorAsync("merge 2 1"), "Merge them", Role.Editor);

        var list = await EditorAsync("split 1");
        list.Card.Items.Select(i => i.Text).ShouldBe(["1. Fire closes oil terminal in Riga", "2. Diesel dearer still"]);
        list.Card.Items[1].Detail.ShouldBe("Berg Times · 2 versions");
        list.Form!.Fields[0].Options.Count.ShouldBe(2);
        (await EditorAsync("split 1 7")).Card.Lines[0].ShouldBe("“7” is neither a number in this list nor a publisher in it.");
        (await EditorAsync("split 1 1,2")).Card.Lines[0].ShouldBe("Nothing would be left of it.");

        var preview = await EditorAsync("split 1 berg times");
        preview.Card.Headline.ShouldBe("Take 1 article out of no. 1?");
        preview.Card.Lines[^2].ShouldContain("goes out quietly");
        preview.Card.Lines[^1].ShouldStartWith("They came with no. 2: taking that merge back");
        preview.Card.Actions[1].Label.ShouldBe("Take the merge back");
        var done = await _newsroom.PressAsync(preview, "Split them off", Role.Editor);
        done.Card.Headline.ShouldBe("No. 3 is a story of its own now");
        (await EditorAsync("audit 3")).Card.Items.ShouldHaveSingleItem().Detail!.ShouldBe("slack/T1/U1: out of story 1 (version 1)");

        var back = await _newsroom.PressAsync(done, "Put it back", Role.Editor);
        back.Card.Headline.ShouldBe("Merge no. 3 into no. 1?");
        await _newsroom.PressAsync(back, "Merge them", Role.Editor);
        (await _newsroom.ScalarAsync<long>("select count(*) from article where story_id = 1")).ShouldBe(3);
    }

    [Theory]
    [OnEveryEngine]
    public async Task The_form_of_a_split_shows_what_happens_when_it_is_sent(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        await TwoAsync();
        await _newsroom.PressAsync(await EditorAsync("merge 2 1"), "Merge them", Role.Editor);
        var form = (await EditorAsync("split 1")).Form!;

        var reply = await _newsroom.SendAsync(form, Role.Editor, ("articles", "2"), ("how", "news"));

        reply.Card.Headline.ShouldBe("Take 1 article out of no. 1?");
        reply.Card.Lines[^2].ShouldContain("goes out as news does");
        reply.Card.Actions[0].Label.ShouldBe("Split them off");
    }

    private Task<CommandReply> EditorAsync(string line) => _newsroom.SayAsync(line, Role.Editor);

    private async Task<string> LineAsync(string line) => (await EditorAsync(line)).Card.Lines.ShouldHaveSingleItem();

    private Task<int> DoneAsync() => _newsroom.ExecuteAsync(
        "update delivery set state = 'done', shown_version = wanted_version, receipt_channel = 'C', receipt_message = '1.' || id, settled_ms = 1 where state = 'due'");

    private async Task TwoAsync()
    {
        await FileAsync("Fire closes oil terminal in Riga", "fire", a => a with { Body = "Flames closed the Kundzinsala oil terminal.\nTwo workers had burns." });
        await FileAsync("Diesel gets dearer after supply stops", "prices");
    }

    private async Task<Filed> FileAsync(string headline, string slug, Func<Article, Article>? change = null)
    {
        var article = Some.Article(headline, slug) with { Slug = slug, Version = 0, Body = headline };
        article = slug is "prices"
            ? article with { Source = "Berg Times", Body = $"A litre of diesel cost nine cents more. {headline}.", Topics = [new Topic("medtop:04000000", "economy", TopicKind.Subject)] }
            : article;
        return (await _newsroom.Desk.FileAsync(change?.Invoke(article) ?? article, _ => Task.FromResult(true), CancellationToken.None))!;
    }
}
