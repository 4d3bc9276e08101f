using M10Bot.News.Reading;

namespace M10Bot.News.Tests.Reading;

public sealed class VersionChangeTests
{
    /// <remarks>Seen red by telling the words of the key instead of the sentence's.</remarks>
    [Theory]
    [InlineData("The death toll rose to 12 on Monday.", "The death toll rose to 19 on Tuesday.", "The death toll: 12 → 19")]
    [InlineData("Police said the death toll in Kharkiv had risen to 12.", "Police said the death toll in Kharkiv has now risen to at least 19.", "the death toll in Kharkiv: 12 → 19")]
    [InlineData("Fire: 12 people killed in Riga.", "Fire: 19 people killed in Riga.", "12 → 19 people killed in Riga")]
    [InlineData("A drone strike on Kharkiv killed 12 people.", "A drone strike on Kharkiv killed 19 people, the mayor said.", "A drone strike on Kharkiv killed 12 → 19 people")]
    [InlineData("Drones hit Kharkiv overnight, killing 12.", "Drones hit Kharkiv overnight, killing 19.", "Drones hit Kharkiv overnight, killing 12 → 19")]
    [InlineData("Twelve people were killed.", "Fourteen people were killed in the market.", "Twelve → fourteen people were killed in the market")]
    [InlineData("At least twelve people were killed.", "At least 14 people were killed.", "At least twelve → 14 people were killed")]
    [InlineData("One person died in the flood.", "Two people died in the flood.", "One → two people died in the flood")]
    [InlineData("Some 8,000 homes are without power.", "Some 9,000 homes are without power.", "Some 8,000 → 9,000 homes are without power")]
    [InlineData("The jobless rate rose to 4.8 percent.", "The jobless rate rose to 5.2 percent in May.", "The jobless rate: 4.8 → 5.2 percent")]
    [InlineData("Donors pledged $3 billion for the port.", "Donors pledged $3.5 billion for the port.", "Donors pledged $3 billion → $3.5 billion for the port")]
    [InlineData("The death toll rose to 12.", "The death toll rose from 12 to 19.", "The death toll rose from 12 to 19")]
    public void A_number_that_changed_is_told_in_the_sentences_own_words(string before, string after, string told) => Tell(before, after).ShouldBe(told);

    [Theory]
    [InlineData("de", "Bei dem Angriff wurden zwölf Menschen getötet.", "Bei dem Angriff wurden 19 Menschen getötet.", "Bei dem Angriff wurden zwölf → 19 Menschen getötet")]
    [InlineData("de", "Rund 8.000 Haushalte sind ohne Strom.", "Rund 12.500 Haushalte sind ohne Strom.", "Rund 8.000 → 12.500 Haushalte sind ohne Strom")]
    [InlineData("fr", "Douze personnes ont été tuées à Kharkiv.", "Dix-neuf personnes ont été tuées à Kharkiv.", "Douze → dix-neuf personnes ont été tuées à Kharkiv")]
    [InlineData("es", "El ataque dejó doce muertos en Járkov.", "El ataque dejó 19 muertos en Járkov.", "El ataque dejó doce → 19 muertos en Járkov")]
    [InlineData("uk", "Унаслідок удару загинули дев’ять людей.", "Унаслідок удару загинули 19 людей.", "Унаслідок удару загинули дев’ять → 19 людей")]
    public void It_is_told_in_the_languages_of_the_cards(string language, string before, string after, string told) => Tell(before, after, language).ShouldBe(told);

    /// <remarks>Seen red one by one: without the look at what is counted, at dates, at names, at quotations.</remarks>
    [Theory]
    [InlineData("en", "Of 12 people killed 3 people killed by smoke.", "Of 19 people killed 3 people killed by smoke.")]
    [InlineData("en", "Russia said its army killed 12 soldiers.", "Russia said its army killed 19 civilians.")]
    [InlineData("en", "Talks on the port begin on 12 May in Riga.", "Talks on the port begin on 13 May in Riga.")]
    [InlineData("en", "The last flood in Riga was in 2014.", "The last flood in Riga was in 2015.")]
    [InlineData("en", "The port opens at 13:52 local time.", "The port opens at 14:52 local time.")]
    [InlineData("en", "Anna Kalnina, 41, runs the port.", "Anna Kalnina, 42, runs the port.")]
    [InlineData("en", "A 41-year-old man was arrested.", "A 42-year-old man was arrested.")]
    [InlineData("en", "“We found 12 people dead,” he said.", "“We found 19 people dead,” he said.")]
    [InlineData("en", "The second ship sank off Riga.", "The third ship sank off Riga.")]
    [InlineData("en", "The port was closed.", "The port was opened.")]
    [InlineData("es", "Treinta y dos personas murieron.", "Treinta y tres personas murieron.")]
    [InlineData("de", "Die Gespräche beginnen am 12. Mai in Riga.", "Die Gespräche beginnen am 13. Mai in Riga.")]
    public void What_counts_nothing_or_something_else_is_no_change(string language, string before, string after) => Tell(before, after, language).ShouldBeNull();

    [Fact]
    public void Of_sentences_that_tell_one_change_the_card_shows_one_it_has_not()
    {
        const string headline = "Drone strike on Kharkiv kills 19 people";
        const string body = "At least 19 people were killed by the blast at a market.";
        VersionChange.Tell("Drone strike on Kharkiv kills 12 people\nAt least 12 people were killed by the blast.", $"{headline}\n{body}", "en", s => s == headline)
            .ShouldBe("At least 12 → 19 people were killed by the blast at a market");
        VersionChange.Tell("The death toll rose to 12.", "The death toll rose from 12 to 19.", "en", _ => true).ShouldBeNull("the card says it already");
    }

    [Fact]
    public void A_long_sentence_is_cut_around_its_number() =>
        Tell(
            "The regional emergency service of the eastern province and its volunteers from all over the country pulled 12 people out of the ruins.",
            "The regional emergency service of the eastern province and its volunteers from all over the country pulled 19 people out of the ruins.")
            .ShouldBe("…and its volunteers from all over the country pulled 12 → 19 people out of the ruins");

    [Theory]
    [InlineData("The port was closed.", "The port was closed. “It burns,” said Anna Kalnina of the council.", "adds a statement by Anna Kalnina")]
    [InlineData("The port was closed.", "The port was closed. Anna Kalnina, mayor of Riga, said it burns.", "adds a statement by Anna Kalnina")]
    [InlineData("The port was closed.", "The port was closed. “It burns,” Prime Minister Anna Kalnina told parliament.", "adds a statement by Prime Minister Anna Kalnina")]
    [InlineData("The port was closed.", "The port was closed. Former Latvian Deputy Prime Minister Anna Kalnina said it burns.", null)]
    [InlineData("Kalnina said the port was closed.", "Anna Kalnina said the port was closed.", null)]
    public void Who_has_spoken_is_told(string before, string after, string? told) => Tell(before, after).ShouldBe(told);

    /// <remarks>Seen red by the first new sentence, whatever the card shows.</remarks>
    [Theory]
    [InlineData("Ships wait off Riga.", "Ships wait off Riga.")]
    [InlineData("A crane fell into the harbour.", "A crane fell into the harbour.", "The harbour is closed to ships.")]
    [InlineData(null, "The harbour is closed.", "A fire at the port")]
    [InlineData(null, "The port had closed after a fire.", "The port closed after a fire.")]
    public void An_added_sentence_says_more_than_the_card(string? told, params string[] sentences) =>
        VersionChange.Added("The port closed.", sentences, ["A fire at the port", "The harbour is closed.", "The port closed after a fire."]).ShouldBe(told);

    [Theory]
    [InlineData("The habour was closed on Monday.", "The harbour was closed on Monday", true)]
    [InlineData("The port is now open.", "The port is not open.", false)]
    [InlineData("There were 12 hurt.", "There were 13 hurt.", false)]
    [InlineData("Troops came from Irakia today.", "Troops came from Irania today.", false)]
    [InlineData("The port was closed.", "The port was closed again.", false)]
    [InlineData("The port was closed.", "The port was opened.", false)]
    public void Spelling_alone_is_no_news(string before, string after, bool isSpelling) => VersionChange.IsSpellingOnly(before, after).ShouldBe(isSpelling);

    private static string? Tell(string before, string after, string language = "en") => VersionChange.Tell(before, after, language, _ => false);
}
