using M10Bot.News.Reading;
using M10Bot.Testing;
using M10Bot.Testing.Reading;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Reading;

public sealed class TopicTrainerTests(ITestOutputHelper output)
{
    private static readonly string Archive = string.Join('\n', Enumerable.Range(0, 40).Select(i => i % 2 == 0
        ? $$"""{"headline": "Harbour notes {{i}}", "body": "Ships, cranes and piers in the harbour.", "topics": ["weather", "nonsense"]}"""
        : $$"""{"uri": "a{{i}}", "headlines": [{"value": "School notes {{i}}"}], "bodies": [{"value": "Pupils, teachers and books in the school."}], "subjects": [{"code": "medtop:05000000", "name": "education"}]}"""));

    [Fact]
    public void What_an_archive_teaches_is_told_in_articles_that_it_does_not_hold()
    {
        var (articles, unknown) = TopicArchive.Read(new StringReader(Archive), TopicCatalogue.Default);
        var trained = TopicTrainer.Train(articles, CancellationToken.None);
        using var file = new MemoryStream();
        trained.Model.Write(file);
        file.Position = 0;
        var reader = new ArticleReader(TopicModel.Read(file));

        unknown["nonsense"].ShouldBe(20);
        trained.Told.ShouldAllBe(t => t.Precision > 99 && t.Recall > 99);
        reader.Read(Corpora.ToArticle("More piers", "The cranes of the harbour lift ships.")).Topics[0].Topic.Code.ShouldBe("medtop:17000000");
        new ArticleReader().Read(Corpora.ToArticle("More piers", "The cranes of the harbour lift ships.")).Topics.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_no_model_or_cut_off_is_refused_with_a_word()
    {
        var (articles, _) = TopicArchive.Read(new StringReader(Archive), TopicCatalogue.Default);
        using var file = new MemoryStream();
        TopicTrainer.Train(articles, CancellationToken.None).Model.Write(file);

        Should.Throw<InvalidDataException>(() => TopicModel.Read(new MemoryStream(file.ToArray()[..^9])));
        Should.Throw<InvalidDataException>(() => TopicModel.Read(new MemoryStream([1, 2, 3])));
        Should.Throw<InvalidDataException>(() => TopicModel.Read(new MemoryStream()));
        Should.Throw<InvalidDataException>(() => TopicArchive.Read(new StringReader("no json"), TopicCatalogue.Default)).Message.ShouldStartWith("Line 1 is no JSON.");
        Should.Throw<InvalidOperationException>(() => TopicTrainer.Train(articles.Take(5).ToList(), CancellationToken.None)).Message.ShouldStartWith("There is too little");
    }

    [Fact]
    public void A_word_in_the_headline_or_at_the_beginning_teaches_more_than_one_further_on()
    {
        const string Far = "Nothing happened.\nNobody came.\n";
        var articles = Enumerable.Range(0, 40).Select(i => (i % 4) switch
        {
            0 => new TopicExample("Harbour", $"{Far}School.", ["harbour"]),
            1 => new TopicExample("School", $"{Far}Harbour.", ["school"]),
            2 => new TopicExample("Notes", $"The harbour.\n{Far}A school.", ["harbour"]),
            _ => new TopicExample("Notes", $"The school.\n{Far}A harbour.", ["school"]),
        }).ToList();

        var model = TopicTrainer.Train(articles, CancellationToken.None).Model;

        model.Find("Harbour", $"{Far}The school.").ShouldHaveSingleItem().Code.ShouldBe("harbour");
        model.Find("Comment", $"A school.\n{Far}That harbour.").ShouldHaveSingleItem().Code.ShouldBe("school");
    }

    [Fact]
    public void Topics_of_wire_reports_are_learned()
    {
        if (Shared.Find("news/reuters.jsonl.gz") is not { } file)
        {
            output.WriteLine("Skipped: ../shared/news is not here.");
            return;
        }

        var learned = TopicMeasures.ModApte(Corpora.Reuters(file));

        output.WriteLine($"{learned}");
        learned.MicroF1.ShouldBeGreaterThanOrEqualTo(89);
        learned.MacroF1.ShouldBeGreaterThanOrEqualTo(57);
    }
}
