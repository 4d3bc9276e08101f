using System.Text.Json.Nodes;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Desk;
using M10Bot.News.Reading;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;
using M10Bot.Testing;
using Engines = M10Bot.News.Tests.Storage.Engines;

namespace M10Bot.News.Tests.Desk;

/// <summary>Article in, deliveries out, on both engines.</summary>
public sealed class NewsDeskTests
{
    private const string Body = """
        The port of Riga in Latvia was closed on Sunday after a fire broke out at an oil terminal, the port authority said.
        Firefighters from Estonia joined the effort overnight and were pumping water from the river Daugava.
        Two workers were taken to hospital with burns and one was still missing, the rescue service said.
        """;

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_story_is_one_bulletin_in_versions_owed_to_whoever_ordered_its_place(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.Tables.DestinationAsync(Some.Channel(), topics: "place:latvia");
        await desk.Tables.DestinationAsync(Some.Channel(), topics: "place:chile");

        var first = await desk.FileAsync(Report("riga", Urgency.Flash));
        var second = await desk.FileAsync(Report("riga") with { Body = Body + "\nThe rescue service found the missing worker alive on Monday." });

        (first.Change, first.Bulletin!.State, first.Bulletin.Version).ShouldBe((Change.New, CardState.Flash, 1));
        (second.Change, second.Bulletin!.State, second.Bulletin.Version).ShouldBe((Change.Update, CardState.Update, 2));
        second.Bulletin.Id.ShouldBe(first.Bulletin.Id);
        (await desk.Tables.ScalarAsync<long>("select count(*) from delivery")).ShouldBe(1);
        (await desk.Tables.ScalarAsync<long>("select wanted_version from delivery")).ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task The_same_words_again_are_a_repeat_and_use_up_no_version(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Report("riga"));

        var again = await desk.FileAsync(Report("riga"));
        var old = await desk.FileAsync(Report("riga") with { Version = 1, Headline = "Another headline with the old number" });
        var next = await desk.FileAsync(Report("riga") with { Version = 2, Headline = "Riga port opens again" });

        (again.Change, again.Ruling.Verdict, again.Bulletin).ShouldBe((Change.Repeat, Verdict.Spike, null));
        again.Ruling.Reasons[0].ShouldBe("it says nothing that is not here already");
        (old.Change, old.Ruling.Verdict).ShouldBe((Change.Repeat, Verdict.Spike));
        next.Bulletin!.Version.ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_correction_sent_again_is_no_new_one_and_one_with_other_words_is(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Report("riga"));
        var correction = Report("riga") with { Version = 0, Status = ArticleStatus.Correction, Headline = "Riga port partly closed", Note = "it was not closed as a whole" };
        (await desk.FileAsync(correction)).Change.ShouldBe(Change.Correction);

        var again = await desk.FileAsync(correction);
        var other = await desk.FileAsync(correction with { Note = "only the terminal was closed" });

        (again.Change, again.Ruling.Verdict, again.Bulletin).ShouldBe((Change.Repeat, Verdict.Spike, null));
        (other.Change, other.Bulletin!.Version).ShouldBe((Change.Correction, 3));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Mended_spelling_edits_no_message_and_a_number_or_a_name_does(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.Tables.DestinationAsync(Some.Channel(), topics: "all");
        await desk.FileAsync(Report("riga") with { Body = Body.Replace("hospital", "hospitle", StringComparison.Ordinal) });
        await ShownAsync();

        var spelling = await desk.FileAsync(Report("riga"));
        (spelling.Change, spelling.Ruling.Verdict, spelling.Bulletin).ShouldBe((Change.Repeat, Verdict.Spike, null));
        (await DueAsync()).ShouldBe(0);
        (await desk.Tables.ScalarAsync<long>("select version from bulletin")).ShouldBe(1);

        var number = await desk.FileAsync(Report("riga") with { Body = Body.Replace("Two workers", "Three workers", StringComparison.Ordinal) });
        (number.Change, number.Bulletin!.Version).ShouldBe((Change.Update, 2));
        (await DueAsync()).ShouldBe(1);
        await ShownAsync();

        var name = await desk.FileAsync(Report("riga") with { Body = Body.Replace("Two workers", "Three workers", StringComparison.Ordinal).Replace("Estonia", "Finland", StringComparison.Ordinal) });
        (name.Change, name.Bulletin!.Version).ShouldBe((Change.Update, 3));
        (await DueAsync()).ShouldBe(1);

        Task ShownAsync() => desk.Tables.ExecuteAsync("update delivery set state = 'done', shown_version = wanted_version, receipt_message = 'm', receipt_channel = 'c'");
        Task<long> DueAsync() => desk.Tables.ScalarAsync<long>("select count(*) from delivery where state = 'due' and wanted_version > shown_version");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_nearly_identical_text_under_another_name_joins_its_story(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var first = await desk.FileAsync(Report(null));
        var shortened = await desk.FileAsync(Report(null) with { Uri = "other", Headline = "Riga: terminal on fire", Body = string.Join('\n', Body.Split('\n')[..2]) });
        var other = await desk.FileAsync(Report(null) with { Uri = "third", Headline = "Parliament in Oslo votes on the budget", Body = "Members of parliament in Norway voted on the budget for the coming year on Friday after a long debate." });

        shortened.Story.ShouldBe(first.Story);
        other.Story.ShouldNotBe(first.Story);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_correction_says_what_was_wrong_and_keeps_saying_it(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Report("riga"));
        var corrected = await desk.FileAsync(Report("riga") with { Status = ArticleStatus.Correction, Note = "an earlier version named the wrong river.", Headline = "Riga port closed" });
        var later = await desk.FileAsync(Report("riga") with { Headline = "Riga port to open on Tuesday" });

        corrected.Bulletin!.State.ShouldBe(CardState.Corrected);
        (await desk.CardAsync(corrected)).Notice!.After.ShouldBe(": an earlier version named the wrong river.");
        later.Bulletin!.State.ShouldBe(CardState.Update);
        (await desk.CardAsync(later)).Notice!.After.ShouldBe(": an earlier version named the wrong river.");
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Words_that_somebody_follows_bring_the_story_and_are_named_to_nobody_else(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var subscriptions = new SubscriptionStore(desk.Data.Database, new DestinationStore(desk.Data.Database, [new Commands.ListeningPlatform()], desk.Time), desk.Time);
        await subscriptions.AddAsync(new Destination(Platform.Slack, "T1", DestinationKind.Person, "U1"), [Keywords.Of("container terminal")!], "U1", CancellationToken.None);
        await subscriptions.AddAsync(new Destination(Platform.Slack, "T1", DestinationKind.Person, "U2"), [Keywords.Of("grain deal")!], "U2", CancellationToken.None);

        var filed = await desk.FileAsync(Report("riga") with { Body = $"{Body}\nThe Container-Terminal burns." });

        (await desk.Tables.ScalarAsync<string>("select max(d.address) || count(*) from delivery v join destination d on d.id = v.destination_id")).ShouldBe("U11");
        var detail = (await new StoryQueries(desk.Data.Database, desk.Time).DetailAsync(filed.Story, CancellationToken.None))!;
        detail.Topics.ShouldNotContain(t => t.Code.StartsWith(Topic.WordPrefix, StringComparison.Ordinal));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task An_article_in_another_language_is_known_by_its_text(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var filed = await desk.FileAsync(Report("rhein") with
        {
            Headline = "Rhein steigt über die Ufer",
            Body = "Der Rhein ist am Dienstag über die Ufer getreten, und die Stadt hat zwei Brücken gesperrt. Das Wasser steigt nach Angaben der Behörden noch bis zum Abend.",
        });

        (await desk.CardAsync(filed)).Kicker!.Notes.ShouldContain("in German, first sentences", StringComparer.Ordinal);
        (await desk.Tables.ScalarAsync<string>("select language from article")).ShouldBe("de");
    }

    /// <remarks>Seen red by the first new sentence, which is a point, and by a headline without its number.</remarks>
    [Theory]
    [InlineData("Alba flood", "One bridge is closed.", "Alba flood", "One bridge is closed. Boats bring bread and water to the old town of Alba.", null)]
    [InlineData("Alba flood kills 12", "The river broke its banks.", "Alba flood kills 19", "The river broke its banks.", "Alba flood kills 12 → 19")]
    [InlineData("Alba flood", "The river broke its banks.", "River floods the old town of Alba", "The river broke its banks.", "new headline")]
    [InlineData("Alba flood", "The river broke its banks.", "Alba flood", "The river broke its banks. Will the new dam of Alba hold until Sunday morning?", null)]
    public async Task What_is_new_repeats_nothing_that_stands_on_the_card(string headline, string body, string laterHeadline, string laterBody, string? told)
    {
        await using var desk = await DeskBench.StartAsync("sqlite");
        await desk.FileAsync(Report("alba") with { Headline = headline, Body = body });
        var card = await desk.CardAsync(await desk.FileAsync(Report("alba") with { Version = 0, Headline = laterHeadline, Body = laterBody }));

        card.Version.ShouldBe(2);
        card.WhatIsNew.ShouldBe(told);
        card.Points.ShouldNotBeEmpty();
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_kill_leaves_nothing_of_the_story_and_ends_it(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.FileAsync(Report("riga") with { Credit = "M10News International Desk" });
        var kill = await desk.FileAsync(Some.Article("riga", "riga") with { Slug = "riga", Version = 0, Body = "", Credit = null, Copyright = null, Status = ArticleStatus.Kill, Note = "it could not be confirmed." });
        var late = await desk.FileAsync(Report("riga") with { Headline = "Riga port opens again" });

        var card = await desk.CardAsync(kill);
        (card.Kicker!.State, card.Link, card.Points.Count, card.WhatIsNew, card.Actions.Count).ShouldBe((CardState.Withdrawn, null, 0, null, 0));
        card.Headline.ShouldBe("M10News has withdrawn this story");
        card.Notice!.After.ShouldBe(": it could not be confirmed.");
        card.Credit.ShouldBe("M10News International Desk · © 2026 M10News");
        (late.Ruling.Verdict, late.Bulletin).ShouldBe((Verdict.Spike, null));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_kill_that_comes_first_keeps_what_comes_later_from_running(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var kill = await desk.FileAsync(Report("riga") with { Status = ArticleStatus.Kill });
        var late = await desk.FileAsync(Report("riga") with { Headline = "Riga port closed" });

        (kill.Ruling.Verdict, kill.Bulletin).ShouldBe((Verdict.Spike, null));
        (late.Ruling.Verdict, late.Bulletin).ShouldBe((Verdict.Spike, null));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task An_embargo_holds_the_story_back_until_its_time_and_then_it_runs_once(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.Tables.DestinationAsync(Some.Channel(), topics: "all");
        var held = await desk.FileAsync(Report("riga", Urgency.Flash) with { Embargo = desk.Time.GetUtcNow().AddHours(1) });

        desk.Time.Advance(TimeSpan.FromMinutes(59));
        await desk.Desk.ReleaseAsync(CancellationToken.None);
        (await desk.Tables.ScalarAsync<long>("select count(*) from bulletin")).ShouldBe(0);

        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.Desk.ReleaseAsync(CancellationToken.None);
        await desk.Desk.ReleaseAsync(CancellationToken.None);

        held.Ruling.Verdict.ShouldBe(Verdict.Hold);
        (await desk.Tables.ScalarAsync<string>("select state from bulletin")).ShouldBe("flash");
        (await desk.Tables.ScalarAsync<long>("select count(*) from bulletin_version")).ShouldBe(1);
        (await desk.Tables.ScalarAsync<long>("select count(*) from delivery")).ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task A_hold_keeps_a_story_back_until_a_usable_version_comes(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        var hold = await desk.FileAsync(Report("riga") with { Status = ArticleStatus.Hold });
        var free = await desk.FileAsync(Report("riga"));

        (hold.Ruling.Verdict, hold.Bulletin).ShouldBe((Verdict.Hold, null));
        (free.Ruling.Verdict, free.Bulletin!.Version).ShouldBe((Verdict.Run, 1));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task Nothing_is_filed_where_the_wire_says_it_was_read_before(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);

        (await desk.Desk.FileAsync(Report("riga"), _ => Task.FromResult(false), CancellationToken.None)).ShouldBeNull();

        (await desk.Tables.ScalarAsync<long>("select count(*) from article")).ShouldBe(0);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public async Task What_happened_has_a_row_for_every_article_with_its_own_version(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.Tables.DestinationAsync(Some.Channel(), topics: "all");
        await desk.FileAsync(Report("riga", Urgency.Flash));
        await desk.FileAsync(Report("riga") with { Headline = "Riga port opens again" });
        await desk.FileAsync(Report("riga") with { Headline = "Riga port opens again" });

        var rows = JsonNode.Parse(await new WhatHappened(desk.Data.Database).JsonAsync(CancellationToken.None))!["stories"]!.AsArray();

        rows.Select(r => r!["change"]!.GetValue<string>()).ShouldBe(["repeat", "update", "new"]);
        rows.Select(r => r!["bulletin"]?["version"]?.GetValue<int>()).ShouldBe([null, 2, 1]);
        rows.Select(r => r!["deliveries"]!.AsArray().Count).ShouldBe([0, 1, 0]);
    }

    /// <remarks>Seen red: minus so many milliseconds, while an edit was on its way.</remarks>
    [Theory]
    [ClassData(typeof(Engines))]
    public async Task An_edit_that_is_still_to_come_has_no_time_yet(string engine)
    {
        await using var desk = await DeskBench.StartAsync(engine);
        await desk.Tables.DestinationAsync(Some.Channel(), topics: "all");
        await desk.FileAsync(Report("riga", Urgency.Flash));
        await desk.Tables.ExecuteAsync("update delivery set state = 'done', shown_version = 1, receipt_channel = 'C', receipt_message = '1', settled_ms = wanted_ms + 70");
        (await TookAsync()).ShouldBe((70, 70));
        await desk.Tables.ExecuteAsync("update delivery set state = 'due', wanted_version = 2, wanted_ms = settled_ms + 1600000");
        (await TookAsync()).ShouldBe((null, null));

        async Task<(int? One, int? All)> TookAsync()
        {
            var told = JsonNode.Parse(await new WhatHappened(desk.Data.Database).JsonAsync(CancellationToken.None))!;
            return (told["stories"]![0]!["deliveries"]![0]!["ms"]?.GetValue<int>(), told["latency"]!["discord_ms"]?.GetValue<int>());
        }
    }

    private static Article Report(string? slug, Urgency? urgency = null) => Some.Article("Port of Riga closed after fire at oil terminal", slug ?? "riga-report") with
    {
        Slug = slug,
        Version = 0,
        Body = Body,
        Urgency = urgency,
    };
}
