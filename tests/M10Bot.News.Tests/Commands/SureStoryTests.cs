using M10Bot.News.Chat;
using M10Bot.News.Tests.Storage;

namespace M10Bot.News.Tests.Commands;

/// <summary>Acts of the desk never go by a guess: what words do not surely name is asked, and a kill is shown first.</summary>
public sealed class SureStoryTests : IAsyncLifetime
{
    private const string Railway = "Kenya opens new railway to the coast";
    private const string Tea = "Kenya tea growers strike over the price of the harvest";
    private const string Flood = "Flood closes port of Hamburg";

    private Newsroom _newsroom = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _newsroom.DisposeAsync();

    [Theory]
    [OnEveryEngine("kill kenya it could not be confirmed")]
    [OnEveryEngine("kill kenya reason: it could not be confirmed")]
    [OnEveryEngine("kill \"kenya\" it could not be confirmed")]
    public async Task A_kill_by_a_word_of_two_stories_asks_which_keeps_the_reason_shows_the_story_and_waits(string engine, string line)
    {
        await OpenAsync(engine);

        var asked = await EditorAsync(line);

        asked.Card.Headline.ShouldBe("Which story is meant by “kenya”?");
        asked.Card.Items.Select(i => i.Text).ShouldBe([Tea, Railway]);
        asked.Card.Lines.ShouldContain("What you wrote is kept: “it could not be confirmed”", StringComparer.Ordinal);
        await StandsAsync();

        var shown = await PressAsync(asked, "No. 1:");
        shown.Card.Headline.ShouldBe("Withdraw no. 1 everywhere, for good?");
        shown.Card.Lines[0].ShouldBe($"“{Railway}”");
        shown.Card.Lines[1].ShouldBe("Readers are told: “it could not be confirmed”");
        await StandsAsync();

        (await PressAsync(shown, "Withdraw it")).Card.Headline.ShouldBe("The story is withdrawn");
        (await KilledAsync()).ShouldBe("1: it could not be confirmed");

        // The other one can still be asked for: each button keeps its own story.
        (await PressAsync(asked, "No. 2:")).Card.Lines[0].ShouldBe($"“{Tea}”");
    }

    [Theory]
    [OnEveryEngine("kill kenya tea it could not be confirmed", "it could not be confirmed")]
    [OnEveryEngine("kill kenya tea growers: it could not be confirmed", "it could not be confirmed")]
    [OnEveryEngine("kill kenya tea the harvest was last year's", "the harvest was last year's")]
    [OnEveryEngine("kill \"kenya tea\" growers did not strike", "growers did not strike")]
    [OnEveryEngine("kill story: kenya tea reason: growers did not strike", "growers did not strike")]
    [OnEveryEngine("kill reason: growers did not strike story: kenya tea", "growers did not strike")]
    public async Task A_story_of_several_words_spills_none_into_the_reason_and_a_kill_still_waits(string engine, string line, string reason)
    {
        await OpenAsync(engine);

        var shown = await EditorAsync(line);

        shown.Card.Headline.ShouldBe("Withdraw no. 2 everywhere, for good?");
        shown.Card.Lines[1].ShouldBe($"Readers are told: “{reason}”");
        await StandsAsync();
        await PressAsync(shown, "Withdraw it");
        (await KilledAsync()).ShouldBe($"2: {reason}");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_kill_names_the_places_before_it_is_done(string engine)
    {
        await OpenAsync(engine);
        await _newsroom.ChannelAsync("C7", "all");
        await _newsroom.ExecuteAsync("insert into delivery (bulletin_id, destination_id, lane, rank, wanted_version, state, not_before_ms, created_ms, wanted_ms) select 3, id, lane, 1, 1, 'due', 0, 1, 1 from destination");

        var shown = await EditorAsync("kill flood hamburg it was a drill");

        shown.Card.Lines[2].ShouldBe("It goes to 1 place; what stands there is withdrawn, what is on its way is never shown.");
        shown.Card.Items.ShouldHaveSingleItem().Words.ShouldContain("C7");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_number_or_a_link_is_enough_and_a_number_that_leads_elsewhere_is_not(string engine)
    {
        await OpenAsync(engine);
        await _newsroom.StoryAsync("Another matter", link: "https://m10news.com/another");
        (await EditorAsync("kill https://m10news.com/another it was wrong")).Card.Headline.ShouldStartWith("The story is withdrawn");
        (await EditorAsync("kill #3 it was wrong")).Card.Headline.ShouldStartWith("The story is withdrawn");
        await _newsroom.ExecuteAsync("update story set state = 'merged', merged_into = 2 where id = 1");

        var shown = await EditorAsync("kill 1 it was wrong");

        shown.Card.Headline.ShouldBe("Withdraw no. 2 everywhere, for good?");
        (await KilledAsync()).ShouldBe("3: it was wrong, 4: it was wrong");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_number_that_begins_a_headline_is_not_taken_for_another_storys(string engine)
    {
        await OpenAsync(engine);
        await _newsroom.StoryAsync("2 killed as bridge falls in Lima");

        var shown = await EditorAsync("kill 2 killed as bridge falls");

        shown.Card.Headline.ShouldBe("Withdraw no. 2 everywhere, for good?");
        shown.Card.Lines[0].ShouldBe($"“{Tea}”");
        await StandsAsync();
        (await EditorAsync("kill #2 killed as bridge falls")).Card.Headline.ShouldStartWith("The story is withdrawn");
    }

    [Theory]
    [OnEveryEngine("hold kenya the figure is in dispute")]
    [OnEveryEngine("hold growers the figure is in dispute")]
    [OnEveryEngine("correct kenya the figure was wrong")]
    [OnEveryEngine("retopic kenya add: NATO")]
    [OnEveryEngine("merge 3 into kenya")]
    [OnEveryEngine("merge kenya into 3")]
    [OnEveryEngine("split kenya")]
    public async Task No_other_act_goes_by_a_guess_either(string engine, string line)
    {
        await OpenAsync(engine);

        var asked = await EditorAsync(line);

        asked.Card.Headline.ShouldStartWith("Which story is meant by");
        asked.Card.Actions.Select(a => a.Label).ShouldContain(l => l.StartsWith("No. 2: Kenya tea", StringComparison.Ordinal));
        await StandsAsync();
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_was_said_beside_the_story_comes_along_with_the_picked_one(string engine)
    {
        await OpenAsync(engine);

        (await PressAsync(await EditorAsync("hold kenya the figure is in dispute"), "No. 2:")).Card.Headline.ShouldBe("The story is held");
        (await _newsroom.ScalarAsync<string>("select reason from desk_hold where story_id = 2")).ShouldBe("the figure is in dispute");
        (await PressAsync(await EditorAsync("merge kenya into flood hamburg"), "No. 1:")).Card.Headline.ShouldBe("Merge no. 1 into no. 3?");
        (await PressAsync(await EditorAsync("retopic kenya add: NATO"), "No. 1:")).Card.Headline.ShouldBe("The story is about NATO now");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_story_that_its_words_name_alone_is_held_with_the_rest_as_the_reason(string engine)
    {
        await OpenAsync(engine);

        (await EditorAsync("hold kenya tea the figure is in dispute")).Card.Headline.ShouldBe("The story is held");

        (await _newsroom.ScalarAsync<string>("select reason from desk_hold where story_id = 2")).ShouldBe("the figure is in dispute");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_held_story_is_found_by_its_words_and_offered_to_editors_alone(string engine)
    {
        await OpenAsync(engine);
        await EditorAsync("hold 2");

        (await SuggestedAsync("release", "", Role.Editor)).ShouldBe([$"Held: {Tea}"]);
        (await SuggestedAsync("kill", "tea", Role.Editor)).ShouldBe([$"Held: {Tea}"]);
        (await SuggestedAsync("kill", "tea", Role.Admin)).ShouldBeEmpty();
        (await SuggestedAsync("summary", "tea", Role.Editor)).ShouldBeEmpty();
        (await EditorAsync("why kenya tea")).Card.Headline.ShouldBe($"Why: {Tea}");
        (await _newsroom.SayAsync("why kenya tea")).Card.Headline.ShouldNotContain("tea growers");
        (await EditorAsync("receipts kenya tea")).Card.Lines.ShouldContain($"“{Tea}”", StringComparer.Ordinal);
        (await EditorAsync("release kenya railway")).Card.Headline.ShouldBe("Which story is meant by “kenya railway”?");

        (await EditorAsync("release kenya tea growers")).Card.Headline.ShouldBe("The story is released");
        (await EditorAsync("release tea")).Card.Lines[0].ShouldBe("No held story has these words; “queue” lists what is held.");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_form_names_the_story_and_asks_until_it_is_sent(string engine)
    {
        await OpenAsync(engine);

        var asked = await EditorAsync("correct 2");
        asked.Card.Lines.ShouldBe([$"“{Tea}” (no. 2)", "What readers are told: an earlier version said …"]);
        asked.Form!.Title.ShouldBe("Correct no. 2");

        // As Discord does: the texts are opened, then written, then sent.
        (await FillAsync("correct 2")).Form.ShouldNotBeNull();
        var written = await FillAsync("kill 2", ("reason", "it was last year"));
        written.Card.Lines[0].ShouldBe($"“{Tea}” (no. 2)");
        written.Form!.Fields.ShouldHaveSingleItem().Values.ShouldBe(["it was last year"]);
        await StandsAsync();
        (await _newsroom.SendAsync(written.Form, Role.Editor)).Card.Headline.ShouldStartWith("The story is withdrawn");
        (await KilledAsync()).ShouldBe("2: it was last year");
    }

    [Theory]
    [OnEveryEngine]
    public async Task A_form_that_words_opened_is_shown_once_more_before_a_kill(string engine)
    {
        await OpenAsync(engine);

        var asked = await EditorAsync("kill kenya tea");
        asked.Card.Lines[0].ShouldBe($"“{Tea}” (no. 2)");
        var shown = await _newsroom.SendAsync(asked.Form!, Role.Editor, ("reason", "it was last year"));

        shown.Card.Headline.ShouldBe("Withdraw no. 2 everywhere, for good?");
        await StandsAsync();
    }

    [Theory]
    [OnEveryEngine]
    public async Task What_readers_are_told_is_shown_first_where_a_corrections_border_was_found_by_words(string engine)
    {
        await OpenAsync(engine);

        var shown = await EditorAsync("correct kenya tea the price was wrong headline: Kenya tea growers strike");

        shown.Card.Headline.ShouldBe("Correct no. 2 so?");
        shown.Card.Lines.Skip(1).Take(2).ShouldBe(["Readers are told: “the price was wrong”", "The new headline: “Kenya tea growers strike”"]);
        await StandsAsync();
    }

    [Theory]
    [OnEveryEngine]
    public async Task Which_story_is_asked_with_the_reason_kept_where_none_is_given(string engine)
    {
        await OpenAsync(engine);

        var asked = await EditorAsync("kill reason: a reason that is far too long to find any room in a button, whichever platform it is for");

        asked.Card.Headline.ShouldBe("Which story?");
        (await PressAsync(asked, "No. 3:")).Card.Lines.Take(2).ShouldBe(
            [$"“{Flood}”", "Readers are told: “a reason that is far too long to find any room in a button, whichever platform it is for”"]);
        await StandsAsync();
    }

    [Theory]
    [OnEveryEngine]
    public async Task Words_in_no_headline_do_nothing_and_keep_nothing(string engine)
    {
        await OpenAsync(engine);

        var asked = await EditorAsync("kill keniya tea it was wrong");

        asked.Card.Headline.ShouldStartWith("Which story is meant by “keniya tea");
        (await PressAsync(asked, "No. 2:")).Card.Headline.ShouldBe("Which reason?");
        (await EditorAsync("kill zzz qqq")).Card.Headline.ShouldBe("No recent story matches “zzz qqq”");
        await StandsAsync();
    }

    private async Task OpenAsync(string engine)
    {
        _newsroom = await Newsroom.OpenAsync(engine);
        foreach (var headline in new[] { Railway, Tea, Flood })
        {
            await _newsroom.StoryAsync(headline);
            _newsroom.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private Task<CommandReply> EditorAsync(string line) => _newsroom.SayAsync(line, Role.Editor);

    private Task<CommandReply> PressAsync(CommandReply reply, string label) =>
        _newsroom.PressAsync(reply, reply.Card.Actions.First(a => a.Label.StartsWith(label, StringComparison.Ordinal)).Label, Role.Editor);

    /// <summary>Opens the form of a line and writes into it without sending it.</summary>
    private async Task<CommandReply> FillAsync(string line, params (string Field, string Value)[] answers)
    {
        var form = (await EditorAsync(line)).Form.ShouldNotBeNull();
        return await _newsroom.Dispatcher.RunAsync(
            Newsroom.Request(Form.AnswerCommand, Role.Editor) with
            {
                Arguments = answers.Append((Form.KeyArgument, form.Key)).ToDictionary(a => a.Item1, a => a.Item2, StringComparer.Ordinal),
            },
            CancellationToken.None);
    }

    private async Task<string[]> SuggestedAsync(string command, string typed, Role role) =>
        [.. (await _newsroom.Dispatcher.SuggestAsync(Newsroom.Request(command, role), "story", typed, CancellationToken.None)).Select(s => s.Name)];

    /// <summary>Nothing was done.</summary>
    private async Task StandsAsync() => (await _newsroom.ScalarAsync<long>("select count(*) from desk_act")).ShouldBe(0);

    private async Task<string> KilledAsync()
    {
        var acts = new List<string>();
        for (var id = 1; id <= await _newsroom.ScalarAsync<long>("select coalesce(max(story_id), 0) from desk_act where verb = 'kill'"); id++)
        {
            if (await _newsroom.ScalarAsync<long>($"select count(*) from desk_act where verb = 'kill' and story_id = {id}") == 1)
            {
                acts.Add($"{id}: {await _newsroom.ScalarAsync<string>($"select words from desk_act where verb = 'kill' and story_id = {id}")}");
            }
        }

        return string.Join(", ", acts);
    }
}
