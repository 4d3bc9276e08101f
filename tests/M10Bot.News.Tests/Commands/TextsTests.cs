using System.Text.RegularExpressions;
using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.News.Tests.Commands;

/// <summary>Every text in every language, within the platforms' limits.</summary>
public sealed partial class TextsTests
{
    public static TheoryData<string> Others => [.. Texts.Languages.Skip(1)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Each_language_has_the_same_texts_with_the_same_places_for_values(string language)
    {
        var all = Texts.All(language);
        all.Keys.ShouldBe(Texts.All(Texts.Languages[1]).Keys, ignoreOrder: true);
        foreach (var (key, text) in all)
        {
            text.ShouldNotBeNullOrWhiteSpace(key);
            Values(text).ShouldBe(Values(key), $"{language}: {key}");
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Each_command_has_its_names_and_descriptions_within_discords_limits(string language)
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var all = Texts.All(language);
        var specs = newsroom.Dispatcher.Specs.Where(s => !s.IsButtonOnly).ToList();
        foreach (var spec in specs)
        {
            all.ContainsKey(spec.Description).ShouldBeTrue($"{spec.Name}: its description in {language}");
            all[spec.Description].Length.ShouldBeInRange(1, 100, spec.Description);
            foreach (var part in spec.Name.Split(' ').Select((_, i) => string.Join(' ', spec.Name.Split(' ')[..(i + 1)])))
            {
                IsName(all, $"name:{part}", language);
            }

            foreach (var option in spec.Options)
            {
                IsName(all, $"option:{option.Name}", language);
                all.ContainsKey(option.Description).ShouldBeTrue($"{spec.Name} {option.Name}: its description in {language}");
                all[option.Description].Length.ShouldBeInRange(1, 100, option.Description);
                foreach (var choice in option.Choices ?? [])
                {
                    all.ContainsKey($"choice:{choice}").ShouldBeTrue($"{language}: {choice}");
                    all[$"choice:{choice}"].Length.ShouldBeInRange(1, 100);
                }
            }

            spec.Options.Select(o => all[$"option:{o.Name}"]).ShouldBeUnique(StringComparer.Ordinal);
        }

        specs.Select(s => s.Name.Split(' ')[0]).Distinct(StringComparer.Ordinal).Select(n => all[$"name:{n}"]).ShouldBeUnique(StringComparer.Ordinal);
        foreach (var group in specs.Where(s => s.Name.Contains(' ', StringComparison.Ordinal)).GroupBy(s => s.Name.Split(' ')[0], StringComparer.Ordinal))
        {
            group.Select(s => all[$"name:{s.Name}"]).ShouldBeUnique(StringComparer.Ordinal);
        }
    }

    /// <remarks>Seen red by a text that no file had.</remarks>
    [Fact]
    public void Each_text_that_the_code_says_is_in_the_files()
    {
        var said = Directory.EnumerateFiles(Path.Combine(Root().FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Formats(File.ReadAllText(f))).Distinct(StringComparer.Ordinal).ToList();
        said.Count.ShouldBeGreaterThan(15);
        said.Where(f => !Texts.All("de").ContainsKey(f)).ShouldBeEmpty();
    }

    /// <remarks>Seen red by a sentence in a command that no file had, and by one with values outside of <c>Texts.Say</c>.</remarks>
    [Fact]
    public void No_sentence_of_a_reply_is_english_alone()
    {
        var folder = Path.Combine(Root().FullName, "src", "M10Bot.News", "Commands");
        var files = Directory.EnumerateFiles(folder, "*.cs").Where(f => !f.EndsWith("Store.cs", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(25);
        files.Add(Path.Combine(Root().FullName, "src", "M10Bot.Discord", "Interactions", "InteractionHandler.cs"));
        files.Add(Path.Combine(Root().FullName, "src", "M10Bot.News", "Desk", "FeedDesk.cs"));
        files.SelectMany(f => Sentences(File.ReadAllText(f)).Select(s => $"{Path.GetFileName(f)}: {s}")).ShouldBeEmpty();
    }

    /// <summary>A text that is the same in a language is so on purpose: words that both share.</summary>
    [Theory]
    [MemberData(nameof(Others))]
    public void No_sentence_was_left_in_english(string language) =>
        Texts.All(language).Where(t => t.Key.Count(c => c == ' ') > 2 && string.Equals(t.Key, t.Value, StringComparison.Ordinal)).Select(t => t.Key).ShouldBeEmpty();

    [Theory]
    [InlineData("uk", 1, "1 підписка")]
    [InlineData("uk", 3, "3 підписки")]
    [InlineData("uk", 5, "5 підписок")]
    [InlineData("uk", 12, "12 підписок")]
    [InlineData("uk", 21, "21 підписка")]
    [InlineData("de", 1, "1 Abo")]
    [InlineData("de", 0, "0 Abos")]
    [InlineData("fr", 0, "0 abonnement")]
    [InlineData("en", 2, "2 subscriptions")]
    public void A_number_has_the_form_of_its_word(string language, int count, string words)
    {
        Texts.Current = language;
        Wording.Count(count, "subscription", "subscriptions").ShouldBe(words);
    }

    [Theory]
    [InlineData("de", 90, "1 Minute 30 Sekunden")]
    [InlineData("uk", 7_380, "2 години 3 хвилини")]
    public void A_span_has_the_words_of_its_language(string language, int seconds, string words)
    {
        Texts.Current = language;
        Wording.Span(TimeSpan.FromSeconds(seconds)).ShouldBe(words);
    }

    [Theory]
    [InlineData("de", "de")]
    [InlineData("es-419", "es")]
    [InlineData("uk-UA", "uk")]
    [InlineData("FR", "fr")]
    [InlineData("pt-BR", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void A_locale_has_its_language(string? locale, string language) => Texts.LanguageOf(locale).ShouldBe(language);

    [Fact]
    public void A_card_changes_the_bots_words_and_no_others()
    {
        var card = new Card
        {
            Kicker = new Kicker(CardState.Breaking, ["Ukraine", "4 sources"]),
            Headline = "Ministers agree on a date",
            Points = ["Summary"],
            WhatIsNew = "new headline",
            Notice = new Notice("Corrected", DateTimeOffset.UnixEpoch, ": it was May"),
            Actions = [CardAction.ToCommand("Summary", "summary", ("story", "7"))],
            Credit = "M10News",
        };
        var german = CardTexts.In(card, "de");
        german.Kicker!.Word.ShouldBe("EILMELDUNG");
        german.Kicker.Notes.ShouldBe(["Ukraine", "4 Quellen"]);
        german.Headline.ShouldBe("Ministers agree on a date");
        german.Points.ShouldBe(["Summary"]);
        german.WhatIsNew.ShouldBe("neue Schlagzeile");
        german.Notice!.Before.ShouldBe("Berichtigt");
        german.Notice.After.ShouldBe(": it was May");
        german.Actions[0].Label.ShouldBe("Zusammenfassung");
        german.Actions[0].Command.ShouldBe("summary");
        CardTexts.In(card with { Headline = "M10News has withdrawn this story" }, "fr").Headline.ShouldBe("M10News a retiré cette information");
        CardTexts.In(card, "en").ShouldBe(card);
    }

    [Theory]
    [InlineData("de", "Ukraine: abonniert für deine Direktnachrichten", "Abos")]
    [InlineData("uk", "Україна: підписано, куди — ваші приватні повідомлення", "Підписки")]
    [InlineData("pl", "Ukraine now comes to your direct messages", "Subscriptions")]
    public async Task A_reply_is_in_the_callers_language(string locale, string headline, string button)
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var request = Newsroom.Request("subscribe") with
        {
            Locale = locale,
            Arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["topic"] = "ukraine", ["where"] = "me" },
        };
        var reply = await newsroom.Dispatcher.RunAsync(request, CancellationToken.None);
        reply.Card.Headline.ShouldBe(headline);
        reply.Card.Actions.ShouldContain(a => a.Label == button);
        Texts.Current.ShouldBe(Texts.English, "the language ends with the request");
    }

    [Fact]
    public async Task A_persons_cards_are_in_their_language_and_a_channels_in_what_an_admin_chose()
    {
        await using var newsroom = await Newsroom.OpenAsync();
        var subscribe = Newsroom.Request("subscribe") with
        {
            Locale = "fr",
            Arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["topic"] = "ukraine", ["where"] = "me" },
        };
        await newsroom.Dispatcher.RunAsync(subscribe, CancellationToken.None);
        (await newsroom.Destinations.LanguageAsync(subscribe.Me, CancellationToken.None)).ShouldBe("fr");

        await newsroom.SayAsync("channel add here ukraine", Role.Admin);
        (await newsroom.Destinations.LanguageAsync(subscribe.Here, CancellationToken.None)).ShouldBe("en");
        (await newsroom.SayAsync("language deutsch here")).Card.Headline.ShouldBe("Only admins set a channel's language");
        (await newsroom.SayAsync("language deutsch here", Role.Admin)).Card.Headline.ShouldBe("Cards in this channel are in Deutsch");
        (await newsroom.Destinations.LanguageAsync(subscribe.Here, CancellationToken.None)).ShouldBe("de");
    }

    private static void IsName(IReadOnlyDictionary<string, string> all, string key, string language)
    {
        all.ContainsKey(key).ShouldBeTrue($"{language}: {key}");
        var name = all[key];
        NameForm().IsMatch(name).ShouldBeTrue($"{language} {key}: {name}");
        name.ShouldBe(name.ToLowerInvariant());
    }

    internal static DirectoryInfo Root()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "M10Bot.sln")))
        {
            root = root.Parent!;
        }

        return root;
    }

    /// <summary>Literals of several words that no other language has.</summary>
    private static IEnumerable<string> Sentences(string code) => CodeWords.Of(code)
        .Where(l => l.Words > (l.IsFormat ? 0 : 2) || (l.Words == 2 && char.IsUpper(l.Text[0])))
        .Where(l => !(l.IsFormat ? l.Before.EndsWith("Texts.Say(", StringComparison.Ordinal) : Texts.All("de").ContainsKey(l.Text)))
        .Select(l => l.Text);

    /// <summary>What stands in <c>Texts.Say($"…")</c>, with numbers in the place of the values, and in <c>Texts.Here("…")</c>.</summary>
    private static IEnumerable<string> Formats(string code)
    {
        foreach (var start in new[] { "Texts.Say($\"", "Texts.Here(\"" })
        {
            for (var at = code.IndexOf(start, StringComparison.Ordinal); at >= 0; at = code.IndexOf(start, at + 1, StringComparison.Ordinal))
            {
                yield return Format(code, at + start.Length);
            }
        }
    }

    private static string Format(string code, int at)
    {
        var (text, values, depth) = (new System.Text.StringBuilder(), 0, 0);
        for (; depth > 0 || code[at] != '"'; at++)
        {
            if (code[at] == '{' && ++depth == 1)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{{values++}}}");
            }
            else if (code[at] == '}')
            {
                depth--;
            }
            else if (depth == 0)
            {
                text.Append(code[at]);
            }
        }

        return text.ToString();
    }

    private static string[] Values(string text) => [.. Value().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^[-_'\p{L}\p{N}]{1,32}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();
}
