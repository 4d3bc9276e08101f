using M10Bot.News.Reading;

namespace M10Bot.News.Tests.Reading;

public sealed class VersionChangeTests
{
    [Theory]
    [InlineData("The death toll rose to 12 on Monday.", "The death toll rose to 19 on Tuesday.", "death toll: 12 → 19")]
    [InlineData("Fire: 12 people killed in Riga.", "Fire: 19 people killed in Riga.", "people killed: 12 → 19")]
    [InlineData("The port was closed.", "The port was closed. “It burns,” said Anna Kalnina of the council.", "adds a statement by Anna Kalnina")]
    [InlineData("The port was closed.", "The port was closed. Anna Kalnina, mayor of Riga, said it burns.", "adds a statement by Anna Kalnina")]
    [InlineData("Kalnina said the port was closed.", "Anna Kalnina said the port was closed.", null)]
    [InlineData("Of 12 people killed 3 people killed by smoke.", "Of 19 people killed 3 people killed by smoke.", null)]
    [InlineData("The port was closed.", "The port was opened.", null)]
    public void A_change_is_told_in_a_line(string before, string after, string? told) => VersionChange.Tell(before, after).ShouldBe(told);

    [Theory]
    [InlineData("The habour was closed on Monday.", "The harbour was closed on Monday", true)]
    [InlineData("The port is now open.", "The port is not open.", false)]
    [InlineData("There were 12 hurt.", "There were 13 hurt.", false)]
    [InlineData("Troops came from Irakia today.", "Troops came from Irania today.", false)]
    [InlineData("The port was closed.", "The port was closed again.", false)]
    [InlineData("The port was closed.", "The port was opened.", false)]
    public void Spelling_alone_is_no_news(string before, string after, bool isSpelling) => VersionChange.IsSpellingOnly(before, after).ShouldBe(isSpelling);
}
