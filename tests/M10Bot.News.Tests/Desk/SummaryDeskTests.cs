using M10Bot.News.Articles;
using M10Bot.News.Bulletins;
using M10Bot.News.Deliveries;
using M10Bot.News.Desk;
using M10Bot.News.Reading;
using M10Bot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Engines = M10Bot.News.Tests.Storage.Engines;

namespace M10Bot.News.Tests.Desk;

/// <summary>A model may write the summary of what has run; nothing waits for it, and the article's own sentences stand where it fails.</summary>
public sealed class SummaryDeskTests
{
    private const string Good = "Firefighters from Estonia were pumping water from the river Daugava at the port of Riga.\nTwo workers were taken to hospital with burns, the rescue service said.";
    private static readonly SummaryBudget Ample = new(100, 100, 1_000_000, 1_000_000);

    private static readonly Article Report = Some.Article("Fire closes Riga port", "urn:riga") with
    {
        Version = 0,
        Urgency = Urgency.Routine,
        Body = """
            The port of Riga in Latvia was closed on Sunday after a fire broke out at an oil terminal, the port authority said.
            Firefighters from Estonia joined the effort overnight and were pumping water from the river Daugava.
            Two workers were taken to hospital with burns and one was still missing, the rescue service said.
            The prime minister said that supplies of fuel for the winter were safe and that trains would carry more.
            """,
    };

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task The_card_goes_out_at_once_and_the_checked_summary_comes_by_a_quiet_edit_that_says_whose_it_is(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.Tables.DestinationAsync(Some.Channel(), topics: "all");
        var filed = await desk.FileAsync(Report);
        var own = await desk.CardAsync(filed);

        (await On(desk, Says(Good)).RoundAsync(CancellationToken.None)).ShouldBe(1);

        own.Points.ShouldAllBe(p => Report.Body.Contains(p, StringComparison.Ordinal));
        own.Kicker!.Notes.ShouldNotContain(note => note == CardBuilder.MachineNote);
        var card = await desk.CardAsync(filed with { Bulletin = filed.Bulletin! with { Version = 2 } });
        card.Points.ShouldBe(Good.Split('\n'));
        card.Kicker!.Notes.ShouldContain(note => note == CardBuilder.MachineNote);
        (card.IsQuiet, card.Updated, card.WhatIsNew).ShouldBe((true, null, null));
        (await desk.Tables.ScalarAsync<long>("select wanted_version from delivery")).ShouldBe(2);
        (await desk.Tables.ScalarAsync<string>("select summary_by from article")).ShouldBe("machine");

        // The next version is the article's own again, until the model has been asked about it.
        var next = await desk.FileAsync(Report with { Body = Report.Body + "\nThe missing worker was found alive on Monday, the rescue service said." });
        (await desk.CardAsync(next)).Kicker!.Notes.ShouldNotContain(note => note == CardBuilder.MachineNote);
        (await desk.CardAsync(next)).IsQuiet.ShouldBeFalse();
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_does_not_pass_the_check_changes_nothing_and_admins_see_why(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Report);
        var summaries = On(desk, Says("Nineteen workers were taken to hospital with burns, the rescue service said."));

        (await summaries.RoundAsync(CancellationToken.None)).ShouldBe(1);
        (await summaries.RoundAsync(CancellationToken.None)).ShouldBe(0, "an article is asked about once");

        (await desk.Tables.ScalarAsync<long>("select max(version) from bulletin")).ShouldBe(1);
        var standing = (await summaries.StandingAsync(CancellationToken.None))!;
        standing.Tally.ShouldBe([new SummaryTally("rejected", "a number that is not in the article", 1)]);
        (standing.Name, standing.IsSpent, standing.RestsUntil).ShouldBe(("scripted", false, null));
        (await desk.Tables.ScalarAsync<string>("select summary_note from article")).ShouldBe("a number that is not in the article");
    }

    [Fact]
    public async Task A_flash_stays_its_headline_and_its_summary_is_the_machines_when_asked_for()
    {
        await using var desk = await DeskBench.StartAsync("sqlite");
        await desk.FileAsync(Report with { Urgency = Urgency.Flash });

        await On(desk, Says(Good)).RoundAsync(CancellationToken.None);

        (await desk.Tables.ScalarAsync<long>("select max(version) from bulletin")).ShouldBe(1);
        (await desk.Tables.ScalarAsync<string>("select summary from article")).ShouldContain("pumping water from the river Daugava at the port");
    }

    [Fact]
    public async Task What_comes_after_the_story_moved_on_or_was_withdrawn_is_not_used()
    {
        await using var desk = await DeskBench.StartAsync("sqlite");
        await desk.FileAsync(Report);
        await On(desk, async () =>
        {
            await desk.FileAsync(Report with { Body = "", Status = ArticleStatus.Kill, Note = "it could not be confirmed" });
            return new MachineAnswer.Said(Good, 100);
        }).RoundAsync(CancellationToken.None);

        (await desk.Tables.ScalarAsync<string>("select state from bulletin")).ShouldBe("withdrawn");
        (await desk.Tables.ScalarAsync<long>("select version from bulletin")).ShouldBe(2);
        (await desk.Tables.ScalarAsync<string>("select outcome from summary_call")).ShouldBe("late");
    }

    [Fact]
    public async Task What_is_held_or_under_embargo_is_sent_to_no_model()
    {
        await using var desk = await DeskBench.StartAsync("sqlite");
        await desk.FileAsync(Report with { Embargo = Some.Time.AddHours(2) });
        await desk.FileAsync(Report with { Uri = "urn:other", Headline = "Talks on fishing quotas collapse", Body = Report.Body.Replace("Riga", "Oslo", StringComparison.Ordinal), Status = ArticleStatus.Hold });

        (await On(desk, Says(Good)).RoundAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 1_000_000, 1)]
    [InlineData(100, 1_000, 1)]
    public async Task A_spent_budget_asks_no_more_until_the_hour_is_over(int requests, int tokens, int asked)
    {
        await using var desk = await DeskBench.StartAsync("sqlite");
        var summaries = On(desk, Says(Good, tokens: 300), new SummaryBudget(requests, 100, tokens, 1_000_000));
        await desk.FileAsync(Report);
        (await summaries.RoundAsync(CancellationToken.None)).ShouldBe(asked);
        await desk.FileAsync(Report with { Uri = "urn:oslo", Headline = "Talks on fishing quotas collapse in Oslo", Body = Fishing });

        (await summaries.RoundAsync(CancellationToken.None)).ShouldBe(0);
        (await summaries.StandingAsync(CancellationToken.None))!.IsSpent.ShouldBe(requests == 1);

        desk.Time.Advance(TimeSpan.FromMinutes(61));
        await desk.FileAsync(Report with { Uri = "urn:oslo", Headline = "Talks on fishing quotas collapse in Oslo", Body = Fishing + "\nMore talks were planned for Friday, the minister said." });
        (await summaries.RoundAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task After_three_failures_in_a_row_it_is_left_alone_for_a_while()
    {
        await using var desk = await DeskBench.StartAsync("sqlite");
        var summaries = On(desk, () => Task.FromResult<MachineAnswer>(new MachineAnswer.Failed("HTTP 500")));
        for (var i = 0; i < 4; i++)
        {
            await desk.FileAsync(Report with { Body = Report.Body + $"\nThe {i + 20} wagons of the train were full, the port authority said on day {i}." });
            (await summaries.RoundAsync(CancellationToken.None)).ShouldBe(i < 3 ? 1 : 0);
        }

        (await summaries.StandingAsync(CancellationToken.None))!.RestsUntil.ShouldBe(Some.Time.AddMinutes(1));
        (await summaries.StandingAsync(CancellationToken.None))!.Tally.ShouldBe([new SummaryTally("failed", "HTTP 500", 3)]);
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        (await summaries.RoundAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Two_replicas_ask_once(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Report);
        var asked = 0;
        Func<Task<MachineAnswer>> count = () =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult<MachineAnswer>(new MachineAnswer.Said(Good, 100));
        };

        var rounds = await Task.WhenAll(On(desk, count).RoundAsync(CancellationToken.None), On(desk, count).RoundAsync(CancellationToken.None));

        (rounds.Sum(), asked).ShouldBe((1, 1));
        (await desk.Tables.ScalarAsync<long>("select max(version) from bulletin")).ShouldBe(2);
    }

    private const string Fishing = """
        Talks between Norway and Iceland on fishing quotas collapsed in Oslo on Friday, the fisheries minister said.
        Boats from both countries had waited for weeks in harbours along the coast while officials argued over mackerel and herring.
        Traders at the fish market in Bergen said that prices would climb before summer if no deal was found.
        The minister said that another round was possible in autumn, and that patrols would be doubled until then at sea.
        """;

    private static Func<Task<MachineAnswer>> Says(string text, int tokens = 100) => () => Task.FromResult<MachineAnswer>(new MachineAnswer.Said(text, tokens));

    private static SummaryDesk On(DeskBench desk, Func<Task<MachineAnswer>> answer, SummaryBudget? budget = null) => new(
        desk.Data.Database,
        new SummaryMachine("scripted", budget ?? Ample, (_, _) => answer()),
        new DeliveryStore(desk.Data.Database, desk.Time),
        new DeliverySignal(),
        desk.Time,
        NullLogger<SummaryDesk>.Instance);
}
