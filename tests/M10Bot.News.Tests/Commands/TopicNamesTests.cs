using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Reading;

namespace M10Bot.News.Tests.Commands;

/// <summary>What topics, places and languages are called in every language the bot speaks, shown and typed.</summary>
public sealed class TopicNamesTests
{
    private static readonly TopicCatalogue Catalogue = TopicCatalogue.Default;

    public static TheoryData<string> Others => [.. TopicNames.Languages];

    [Fact]
    public void The_names_are_in_the_languages_of_the_texts() => TopicNames.Languages.ShouldBe(Texts.Languages.Skip(1));

    /// <remarks>Seen red by a row less, by an empty cell, and by two countries of one name.</remarks>
    [Theory]
    [MemberData(nameof(Others))]
    public void Each_topic_has_a_name_of_its_own(string language)
    {
        Catalogue.All.Where(t => TopicNames.Of(language, t.Name).Count == 0 || TopicNames.Of(language, t.Name).Any(string.IsNullOrWhiteSpace)).Select(t => t.Name).ShouldBeEmpty();
        Catalogue.All.SelectMany(t => TopicNames.Of(language, t.Name).Select(n => Spelling.Fold(n)).Distinct(StringComparer.Ordinal)).ShouldBeUnique(StringComparer.Ordinal);
        Catalogue.All.Where(t => TopicNames.In(language, t.Name).Length > 100).ShouldBeEmpty("what a suggestion may hold");
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Each_name_finds_its_topic(string language)
    {
        var own = Catalogue.In(language);
        foreach (var topic in Catalogue.All)
        {
            TopicNames.Of(language, topic.Name).ShouldAllBe(n => own.Find(n) == topic, topic.Name);
            own.Find(topic.Code).ShouldBe(topic);
        }
    }

    [Fact]
    public void Ukrainian_names_are_in_its_letters_but_for_brands()
    {
        var latin = Catalogue.All.Where(t => TopicNames.In("uk", t.Name) == t.Name).Select(t => t.Name);
        latin.ShouldBe(
            ["Human Rights Watch", "Greenpeace", "Apple", "Microsoft", "Google", "Amazon", "Meta Platforms", "OpenAI", "Nvidia", "Tesla", "SpaceX", "Boeing", "Airbus", "TikTok", "X (Twitter)", "Huawei", "Samsung"],
            ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Each_language_that_is_told_apart_has_a_name(string language) =>
        Languages.All.Where(l => !Texts.All(language).ContainsKey(l.Name)).ShouldBeEmpty();

    [Theory]
    [InlineData("de", "Deutschland", "place:germany")]
    [InlineData("de", "ukraine", "place:ukraine")]
    [InlineData("de", "türkei", "place:turkey")]
    [InlineData("de", "Fussball", "medtop:20001065")]
    [InlineData("fr", "guerre", "medtop:16000000")]
    [InlineData("fr", "etats unis", "place:united-states")]
    [InlineData("es", "EE.UU.", "place:united-states")]
    [InlineData("es", "terremotos", "medtop:20000153")]
    [InlineData("uk", "війна", "medtop:16000000")]
    [InlineData("uk", "НАТО", "org:nato")]
    [InlineData("uk", "Kyiv", "place:ukraine")]
    [InlineData("en", "Deutschland", "place:germany")]
    [InlineData("es", "Україна", "place:ukraine")]
    public async Task A_topic_is_found_by_the_name_that_a_person_types(string language, string typed, string code)
    {
        Texts.Current = language;
        var words = new TopicWords(Catalogue);
        words.Find(typed)!.Code.ShouldBe(code);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("de", "deuts", "place:germany")]
    [InlineData("de", "germ", "place:germany")]
    [InlineData("fr", "allem", "place:germany")]
    [InlineData("uk", "нім", "place:germany")]
    [InlineData("es", "aleman", "place:germany")]
    [InlineData("uk", "вибор", "medtop:20000574")]
    public void A_topic_is_offered_by_its_beginning(string language, string typed, string code)
    {
        Texts.Current = language;
        new TopicWords(Catalogue).Suggest(typed, 5, isOrder: false).First().Code.ShouldBe(code);
    }

    [Fact]
    public void An_exact_english_name_goes_before_a_piece_of_another()
    {
        Texts.Current = "de";
        new TopicWords(Catalogue).Suggest("war", 5, isOrder: false).First().Code.ShouldBe("medtop:16000000");
    }

    [Theory]
    [InlineData("de", "Deutchland", "place:germany")]
    [InlineData("uk", "Німечина", "place:germany")]
    public void A_slip_in_any_language_is_near(string language, string typed, string code) =>
        Catalogue.In(language).Nearest(typed)!.Code.ShouldBe(code);

    [Theory]
    [InlineData("de", "deutsch, Ukrainisch", "de,uk")]
    [InlineData("uk", "німецька", "de")]
    [InlineData("en", "français", "fr")]
    [InlineData("fr", "german", "de")]
    public void A_language_is_found_by_its_name(string language, string typed, string codes)
    {
        Texts.Current = language;
        LanguageWords.Find(typed).Value.ShouldBe(codes.Split(','));
    }

    [Fact]
    public void A_cards_topic_and_language_are_in_the_places_own()
    {
        var card = new Card { Kicker = new Kicker(CardState.News, ["Germany", "single source", "in French, first sentences"]), Headline = "Germany", Topics = ["Germany", "economy"], WhatIsNew = "Alba Press reports it too" };
        var german = CardTexts.In(card, "de");
        german.Kicker!.Notes.ShouldBe(["Deutschland", "eine Quelle", "auf Französisch, erste Sätze"]);
        german.Headline.ShouldBe("Germany", "a publisher's words stay");
        german.Topics.ShouldBe(["Deutschland", "Wirtschaft", "Germany", "economy"], "a forum's tags may be in either");
        german.WhatIsNew.ShouldBe("Alba Press berichtet es auch");
        CardTexts.In(card, "uk").Kicker!.Notes.ShouldBe(["Німеччина", "одне джерело", "мова: французька, перші речення"]);
    }

    [Fact]
    public void A_readers_own_words_stay() => TopicNames.In("de", "word:music", "music").ShouldBe("music");
}
