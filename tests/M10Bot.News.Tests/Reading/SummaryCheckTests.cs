using M10Bot.News.Articles;
using M10Bot.News.Reading.Checks;
using M10Bot.Testing;

namespace M10Bot.News.Tests.Reading;

/// <summary>What a machine writes of an article is let through only where nothing in it is of its own making.</summary>
public sealed class SummaryCheckTests
{
    private static readonly Article Report = Some.Article("Fire closes Riga port as fuel terminal burns") with
    {
        Body = """
            RIGA (M10News) - A fire at a fuel terminal closed the port of Riga in Latvia on Sunday, and twelve people were taken to hospital, the rescue service said.
            Prime Minister Janis Kalnins said the loss came to about 3.2 million euros, or 5% of the terminal's yearly income. "We will rebuild it, and we will find out who is to blame," he told reporters at 15:30.
            Some 1,400 residents left their homes overnight. Mayor Anna Berzina said the 'worst is over' and that schools would open on Tuesday.
            Firefighters from Estonia and the United Kingdom joined the effort. It was the third fire at the terminal in twenty-five years, and the first since Ukraine began to ship fuel there.
            The ice hockey final between Riga and Tallinn, which had ended 3-2, was not affected. Talks with the European Central Bank go on.
            """,
    };

    [Theory]
    [InlineData("A fire at a fuel terminal closed the port of Riga on Sunday. Twelve people were taken to hospital, the rescue service said.")]
    [InlineData("- A fire at a fuel terminal closed the port of Riga on Sunday.\n- 12 people were taken to hospital, the rescue service said.")]
    [InlineData("The loss came to about €3.2 million, or 5 percent of the terminal's yearly income, Prime Minister Janis Kalnins said.")]
    [InlineData("The loss came to about 3,200,000 euros, or five per cent of the terminal's yearly income, Kalnins said.")]
    [InlineData("\"We will rebuild it,\" Kalnins told reporters at 15:30 after a fire at the fuel terminal in Riga.")]
    [InlineData("Mayor Anna Berzina said the “worst is over” and schools would open on Tuesday.")]
    [InlineData("More than 1400 residents left their homes overnight after the fire at the terminal in Riga.")]
    [InlineData("Firefighters from Estonia and the UK joined the effort at the fuel terminal in Riga.")]
    [InlineData("It was the 3rd fire at the terminal in 25 years, and the first since Ukrainian fuel began to ship there.")]
    [InlineData("The ice hockey final between Riga and Tallinn, which ended 3-2, was not affected by the fire.")]
    public void What_is_all_in_the_article_is_let_through(string written) =>
        SummaryCheck.Judge(Report, written).ShouldBeOfType<SummaryVerdict.Accepted>(Reason(written));

    [Theory]
    [InlineData("Thirteen people were taken to hospital after the fire at the fuel terminal in Riga, the rescue service said.")]
    [InlineData("12 people were taken to hospital and two residents were missing, the rescue service said.")]
    [InlineData("The loss came to about 3.2 billion euros of the terminal's yearly income, Kalnins said.")]
    [InlineData("The loss came to about $3.2 million, the rescue service said on Sunday.")]
    [InlineData("The loss came to 12% of the terminal's yearly income, Prime Minister Janis Kalnins said.")]
    [InlineData("Hundreds of residents left their homes overnight after the fire at the terminal.")]
    [InlineData("The ice hockey final between Riga and Tallinn, which ended 2-3, was not affected by the fire.")]
    [InlineData("Kalnins told reporters at 16:30 that the loss came to about 3.2 million euros.")]
    [InlineData("Nearly half of the residents left their homes overnight after the fire at the terminal.")]
    [InlineData("It was the twenty-sixth fire at the fuel terminal, the rescue service said on Sunday.")]
    [InlineData("1,400,000 residents left their homes overnight after the fire at the terminal in Riga.")]
    public void A_number_that_is_not_there_is_not(string written) => Rejects(written, "a number");

    [Theory]
    [InlineData("A fire at a fuel terminal closed the port of Tallinn Bay in Latvia, the rescue service said.")]
    [InlineData("Firefighters from Finland joined the effort at the fuel terminal in Riga, the rescue service said.")]
    [InlineData("Prime Minister Janis Berzina said the loss came to about 3.2 million euros.")]
    [InlineData("Mayor Anna Kalnins said schools would open on Tuesday after the fire at the terminal.")]
    [InlineData("Residents left their homes overnight on Wednesday after the fire at the fuel terminal.")]
    [InlineData("Petrov said the loss came to about 3.2 million euros of the terminal's yearly income.")]
    [InlineData("Talks with the European Commission go on after the fire at the terminal in Riga.")]
    [InlineData("Firefighters from Scotland joined the effort at the fuel terminal in Riga on Sunday.")]
    [InlineData("The fire at the fuel terminal in Riga was the work of САБОТАЖ, the rescue service said.")]
    public void A_name_that_is_not_there_is_not(string written) => Rejects(written, "name");

    [Theory]
    [InlineData("\"We will never rebuild it,\" Kalnins told reporters after the fire at the fuel terminal in Riga.")]
    [InlineData("Kalnins said \"schools would open on Tuesday\" after the fire at the fuel terminal in Riga.")]
    [InlineData("The mayor said the 'fire is over' and that schools would open on Tuesday.")]
    [InlineData("\"We will rebuild it, Kalnins told reporters after the fire at the fuel terminal in Riga.")]
    [InlineData("\"We will find out who is to bla,\" Kalnins told reporters after the fire at the terminal.")]
    public void A_quotation_that_nobody_is_quoted_with_is_not(string written) => Rejects(written, "quot");

    [Theory]
    [InlineData("A fire at a fuel terminal closed the port of Riga: https://evil.example/riga has the pictures.")]
    [InlineData("A fire at a fuel terminal closed the port of Riga, see evil.example for the pictures of it.")]
    [InlineData("A fire at a fuel terminal closed the port of Riga, @everyone, the rescue service said.")]
    [InlineData("A fire at a fuel terminal closed the port of Riga <!channel> on Sunday, the rescue service said.")]
    [InlineData("**A fire at a fuel terminal** closed the port of Riga on Sunday, the rescue service said.")]
    [InlineData("A fire at a fuel terminal closed the port of [Riga](x) on Sunday, the rescue service said.")]
    [InlineData("# A fire at a fuel terminal closed the port of Riga on Sunday, the rescue service said.")]
    [InlineData("A fire at a fuel terminal closed the port of Riga\u202e on Sunday, the rescue service said.")]
    public void Markup_links_and_mentions_are_not(string written) => Rejects(written, "markup");

    [Theory]
    [InlineData("", "short")]
    [InlineData("A fire closed the port.", "short")]
    [InlineData("Here is the summary of the article that you asked for:\nA fire at a fuel terminal closed the port of Riga on Sunday.", "whole sentences")]
    [InlineData("a fire at a fuel terminal closed the port of riga, the rescue service said.", "whole sentences")]
    [InlineData("Buy shares of every company now, since prices will surely double before anybody else hears anything.", "number")]
    [InlineData("Buy shares of every company now, since prices will surely climb before anybody else hears anything.", "name")]
    [InlineData("The company admits that its managers lied about safety and hid reports from inspectors.", "words")]
    public void What_is_no_summary_of_it_is_not(string written, string reason) => Rejects(written, reason);

    [Fact]
    public void More_than_a_card_holds_is_not()
    {
        const string Sentence = "A fire at a fuel terminal closed the port of Riga in Latvia on Sunday, the rescue service said.\n";
        Rejects(string.Concat(Enumerable.Repeat(Sentence, 4)), "too long");
        Rejects(new string('a', 100_000), "too long");
        Rejects("A fire " + string.Concat(Enumerable.Repeat("at a fuel terminal ", 20)) + "closed the port.", "too long");
    }

    [Fact]
    public void A_language_whose_numbers_are_not_known_is_not_judged() =>
        SummaryCheck.Judge(Report with { Language = "de" }, "Zwölf Menschen kamen nach dem Brand im Hafen von Riga ins Krankenhaus.")
            .ShouldBe(new SummaryVerdict.Rejected("its language cannot be checked"));

    private static void Rejects(string written, string reason) =>
        SummaryCheck.Judge(Report, written).ShouldBeOfType<SummaryVerdict.Rejected>(written).Reason.ShouldContain(reason, customMessage: written);

    private static string Reason(string written) => SummaryCheck.Judge(Report, written) is SummaryVerdict.Rejected rejected ? $"{rejected.Reason}: {written}" : written;
}
