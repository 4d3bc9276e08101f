using M10Bot.Testing;
using M10Bot.News.Articles;
using M10Bot.News.Reading;
using Xunit.Abstractions;

namespace M10Bot.News.Tests.Reading;

public sealed class TopicCatalogueTests(ITestOutputHelper output)
{
    private static readonly TopicCatalogue Catalogue = TopicCatalogue.Default;

    [Theory]
    [InlineData("ukraine", "place:ukraine")]
    [InlineData("  UNITED   states ", "place:united-states")]
    [InlineData("u.s.", "place:united-states")]
    [InlineData("Côte d'Ivoire", "place:ivory-coast")]
    [InlineData("cote d’ivoire", "place:ivory-coast")]
    [InlineData("Kyiv", "place:ukraine")]
    [InlineData("Ukrainian", "place:ukraine")]
    [InlineData("hezbollah", "org:hezbollah")]
    [InlineData("Zelensky", "person:volodymyr-zelenskyy")]
    [InlineData("politics", "medtop:11000000")]
    [InlineData("place:france", "place:france")]
    [InlineData("medtop:16000000", "medtop:16000000")]
    [InlineData("everything", "all")]
    public void A_topic_is_found_by_any_name(string words, string code) => (Catalogue.Find(words)?.Code).ShouldBe(code);

    [Theory]
    [InlineData("ukriane", "place:ukraine")]
    [InlineData("germny", "place:germany")]
    [InlineData("afganistan", "place:afghanistan")]
    [InlineData("donald trmp", "person:donald-trump")]
    [InlineData("eartquake", "medtop:20000153")]
    [InlineData("xqzzyv", null)]
    [InlineData("zz", null)]
    [InlineData("", null)]
    public void A_slip_leads_to_the_nearest_and_nonsense_to_none(string words, string? code) => (Catalogue.Nearest(words)?.Code).ShouldBe(code);

    [Fact]
    public void Names_that_begin_so_are_offered_before_names_that_hold_it()
    {
        var names = Catalogue.Suggest("ira", 25).Select(t => t.Name).ToList();

        names.ShouldContain("Iran", StringComparer.Ordinal);
        names.ShouldContain("Iraq", StringComparer.Ordinal);
        names.IndexOf("Iran").ShouldBeLessThan(names.IndexOf("United Arab Emirates"));
    }

    [Fact]
    public void The_most_prominent_is_offered_first_and_no_more_than_asked() =>
        Catalogue.Suggest("united s", 3).Select(t => t.Name).ShouldBe(["United States"]);

    [Fact]
    public void Nothing_typed_offers_the_head_of_the_list() => Catalogue.Suggest(" ", 5).ShouldBe(Catalogue.All.Take(5));

    [Fact]
    public void Codes_are_unique_lower_case_and_name_a_kind()
    {
        Catalogue.All.Select(t => t.Code).ShouldBeUnique(StringComparer.Ordinal);
        Catalogue.All.ShouldAllBe(t => !t.Code.Any(char.IsUpper));
        Catalogue.All.Count(t => t.Kind == TopicKind.Place).ShouldBeGreaterThan(195);
        Catalogue.All.Count(t => t.Kind == TopicKind.Organisation).ShouldBeGreaterThan(55);
        Catalogue.All.Count(t => t.Kind == TopicKind.Person).ShouldBeGreaterThan(55);
        Catalogue.All.ShouldAllBe(t => Catalogue.Find(t.Code) == t);
    }

    [Fact]
    public void Subjects_carry_codes_of_the_published_list()
    {
        if (Shared.Find("news/iptc_mediatopics_en.tsv") is not { } file)
        {
            output.WriteLine("Skipped: ../shared/news is not here.");
            return;
        }

        var published = File.ReadLines(file).Select(line => "medtop:" + line.Split('\t')[0]).ToHashSet(StringComparer.Ordinal);
        var subjects = Catalogue.All.Where(t => t.Kind == TopicKind.Subject && t != Topic.Everything).ToList();

        subjects.ShouldAllBe(t => published.Contains(t.Code));
        subjects.Count(t => t.Code.EndsWith("000000", StringComparison.Ordinal)).ShouldBe(17);
        Catalogue.Find("medtop:11000000")!.Name.ShouldBe("politics and government");
        Catalogue.Find("medtop:16000000")!.Name.ShouldBe("conflict, war and peace");
    }
}
