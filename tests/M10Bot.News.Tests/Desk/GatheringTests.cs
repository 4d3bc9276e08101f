using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Stories;
using M10Bot.Testing;
using Engines = M10Bot.News.Tests.Storage.Engines;

namespace M10Bot.News.Tests.Desk;

/// <summary>Several publishers, one story: what is gathered, what is held back, and when it is breaking.</summary>
public sealed class GatheringTests
{
    private static readonly (string Headline, string Body)[] Fire =
    [
        ("Fire closes port of Riga in Latvia", "The port of Riga in Latvia was closed on Sunday after a fire at the Kundzinsala oil terminal, the Freeport of Riga Authority said.\nTwo workers of the terminal were burned and one is missing, said Janis Berzins of the State Fire and Rescue Service."),
        ("Riga oil terminal burns, port of Riga shut", "Flames at the Kundzinsala oil terminal have shut the port of Riga, Latvia. Janis Berzins, spokesman of the State Fire and Rescue Service, said one worker was missing and two had burns.\nShips wait in the Gulf of Riga."),
        ("Latvia: one missing in fire at Riga port terminal", "One worker is missing after a fire broke out at an oil terminal on Kundzinsala in the port of Riga.\nLatvia's State Fire and Rescue Service sent ten engines; Janis Berzins said the Freeport of Riga had closed."),
        ("Freeport of Riga closed by Kundzinsala terminal fire", "Latvia closed the Freeport of Riga while the State Fire and Rescue Service fought a fire at an oil terminal on Kundzinsala, where a worker is missing, Janis Berzins said."),
    ];

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Another_publisher_is_a_source_more_and_no_second_message(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.Tables.DestinationAsync(Some.Channel(), topics: "all");
        var first = await desk.FileAsync(Told("Alba Press", 0));
        desk.Time.Advance(TimeSpan.FromMinutes(40));
        var second = await desk.FileAsync(Told("Berg Times", 1));

        (second.Story, second.Change, second.Ruling.Verdict).ShouldBe((first.Story, Change.Account, Verdict.Run));
        var card = await desk.CardAsync(second);
        card.Kicker!.Notes.ShouldContain("2 sources", StringComparer.Ordinal);
        (card.Kicker.State, card.Headline, card.WhatIsNew).ShouldBe((CardState.News, Fire[0].Headline, "Berg Times reports it too"));
        (await desk.Tables.ScalarAsync<long>("select count(*) from delivery")).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Three_independent_sources_within_ten_minutes_make_it_breaking_by_an_edit(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Told("Alba Press", 0));
        desk.Time.Advance(TimeSpan.FromMinutes(4));
        await desk.FileAsync(Told("Berg Times", 1));
        desk.Time.Advance(TimeSpan.FromMinutes(4));
        var third = await desk.FileAsync(Told("Cove Radio", 2));

        third.Ruling.Urgency.ShouldBe(Urgency.Urgent);
        third.Ruling.Reasons.ShouldContain("3 independent sources within 10 minutes", StringComparer.Ordinal);
        third.Bulletin!.State.ShouldBe(CardState.Breaking);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task The_same_text_from_other_publishers_counts_once(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Told("Alba Press", 0));
        var copy = await desk.FileAsync(Told("Berg Times", 0));
        var other = await desk.FileAsync(Told("Cove Radio", 0));

        (copy.Change, copy.Bulletin, copy.Ruling.Urgency).ShouldBe((Change.Account, null, Urgency.Routine));
        (other.Change, other.Bulletin, other.Ruling.Urgency).ShouldBe((Change.Account, null, Urgency.Routine));
        (await desk.Tables.ScalarAsync<long>("select sources from story")).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_may_be_the_same_story_is_held_until_a_second_source_bears_it_out(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var first = await desk.FileAsync(Told("Alba Press", 0));
        var like = await desk.FileAsync(Grey("Berg Times", "Mayor asks who pays for a new pier in Riga"));

        (like.Story == first.Story, like.Ruling.Verdict, like.Bulletin).ShouldBe((false, Verdict.Hold, null));
        like.Ruling.Reasons[0].ShouldBe($"it may be story {first.Story}: held back, so that nothing is pushed twice");
        var again = await desk.FileAsync(Grey("Cove Radio", "Who pays for a new pier, asks the mayor in Riga"));
        (again.Story, again.Ruling.Verdict, again.Bulletin!.Version).ShouldBe((like.Story, Verdict.Run, 1));
    }

    /// <summary>The index learns that the lead of a held story that an editor let run must stay only when the tables say so.</summary>
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_story_is_not_emptied_around_an_article_that_readers_have_seen(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var first = await desk.FileAsync(Told("M10News", 0) with { Origin = ArticleOrigin.Wire, Slug = "riga-fire" });
        var held = await desk.FileAsync(Grey("Berg Times", "Mayor asks who pays for a new pier in Riga"));
        var too = await desk.FileAsync(Grey("Berg Times", "Who pays for a new pier, asks the mayor in Riga"));
        (held.Story == first.Story, too.Story, too.Ruling.Verdict).ShouldBe((false, held.Story, Verdict.Hold));
        (await desk.Editors.ReleaseAsync(held.Story, new DeskEntry("discord/81/edi", ""), CancellationToken.None)).ShouldBeOfType<DeskOutcome.Sent>();

        var own = await desk.FileAsync(Grey("M10News", "Mayor of Riga asks who pays for a new pier") with { Origin = ArticleOrigin.Wire, Slug = "riga-fire" });

        own.Story.ShouldBe(first.Story);
        (await desk.Tables.ScalarAsync<long>($"select count(*) from article where story_id = {held.Story}")).ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task The_newsroom_itself_is_never_held_back(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Told("Alba Press", 0));
        var own = await desk.FileAsync(Grey("M10News", "Mayor asks who pays for a new pier in Riga") with { Origin = ArticleOrigin.Wire, Urgency = Urgency.Flash });

        (own.Change, own.Ruling.Verdict, own.Bulletin!.State).ShouldBe((Change.New, Verdict.Run, CardState.Flash));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Two_replicas_that_file_at_once_make_one_story(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var other = desk.Again();

        var both = await Task.WhenAll(
            desk.FileAsync(Told("Alba Press", 0)),
            other.FileAsync(Told("Berg Times", 1)),
            desk.FileAsync(Told("Cove Radio", 2)),
            other.FileAsync(Told("Dune Post", 3)));

        both.Select(f => f.Story).Distinct().Count().ShouldBe(1);
        both.Count(f => f.Change == Change.New).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_process_that_starts_knows_the_stories_that_were_there(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var first = await desk.FileAsync(Told("Alba Press", 0));

        (await desk.Again().FileAsync(Told("Berg Times", 1))).Story.ShouldBe(first.Story);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task The_same_page_by_another_spelling_of_its_link_is_the_same_story(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var first = await desk.FileAsync(Told("Alba Press", 0) with { Link = "https://www.alba.example/riga/" });
        var second = await desk.FileAsync(Grey("Alba Press", "Another headline altogether") with { Body = "", Link = "http://alba.example/riga?utm_source=rss" });

        second.Story.ShouldBe(first.Story);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_feed_that_is_not_itself_is_held(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        for (var i = 0; i < 20; i++)
        {
            desk.Time.Advance(TimeSpan.FromHours(1));
            await desk.FileAsync(Plain(i) with { Link = $"https://alba.example/{i}" });
        }

        desk.Time.Advance(TimeSpan.FromHours(1));
        var stranger = await desk.FileAsync(Plain(20) with { Link = "https://casino.example/win" });
        var moved = await desk.FileAsync(Plain(0) with { Headline = "Another", Link = "https://casino.example/win2" });

        stranger.Ruling.Verdict.ShouldBe(Verdict.Hold);
        stranger.Ruling.Reasons[0].ShouldBe("held for an editor: the feed of Alba Press links to casino.example, where it never did before");
        moved.Ruling.Reasons[0].ShouldBe("held for an editor: the link of an article of Alba Press has moved from alba.example to casino.example");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_burst_is_held(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        for (var i = 0; i < 30; i++)
        {
            (await desk.FileAsync(Plain(i))).Ruling.Verdict.ShouldBe(Verdict.Run);
        }

        (await desk.FileAsync(Plain(30))).Ruling.Reasons[0].ShouldBe("held for an editor: the feed of Alba Press brought 31 articles within 10 minutes");
    }

    private static Article Told(string source, int text) => Feed(source, Fire[text].Headline, Fire[text].Body);

    private static Article Grey(string source, string headline) => Feed(
        source, headline, "The mayor of Riga, Anna Kalnina, asked the council who will pay for a new pier. The old one is insured in London, she said, its owners pay no tax, and the budget for next year has been voted without any money for it.");

    private static Article Plain(int i) => Feed("Alba Press", $"Report number{i} about{i} things{i} seen{i}", $"Some{i} words{i} of{i} a{i} text{i} that{i} nobody{i} else{i} has{i} in{i} any{i} way{i} today{i}.") with { Uri = $"plain-{i}" };

    private static Article Feed(string source, string headline, string body) => Some.Article(headline) with
    {
        Source = source,
        Version = 0,
        Body = body,
        Credit = source,
        Origin = ArticleOrigin.Feed,
        Urgency = Urgency.Routine,
    };
}
