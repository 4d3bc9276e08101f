using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Tests.Reading;

/// <summary>The subjects that the rules find in reports as agencies write them, and those that only stand in them.</summary>
public sealed class TopicRulesTests
{
    private static readonly ArticleReader Reader = new();

    /// <remarks>Seen red by the phrases as they were: no <c>flooded</c>, a whole point for <c>government</c> and for <c>schools</c>, and <c>schools</c> twice.</remarks>
    [Theory]
    [InlineData("flood, disaster", "politics, crime", """
        Dam bursts in western Kenya, villages flooded
        A dam burst in Kenya's Rift Valley early on Tuesday after days of heavy rain, sending a wall of water through villages and killing at least 12 people, officials said.
        Flooding has displaced thousands of families, and the government has sent soldiers and boats.
        President William Ruto said the government would move people from areas that were flooded.
        """)]
    [InlineData("flood, disaster", "finance, culture", """
        River Elbe overflows, old town of Dresden under water
        The Elbe burst its banks on Thursday. Floodwaters reached the opera house, and about 5,000 residents left their homes, the city government said.
        """)]
    [InlineData("flood, disaster, weather", "education", """
        Storm floods New York subway
        Heavy rain flooded subway stations and streets in New York on Friday. Governor Kathy Hochul declared a state of emergency. Schools let pupils out late.
        """)]
    [InlineData("flood, disaster", "education, crime", """
        Monsoon rains kill 40 in Pakistan
        Monsoon rains triggered flash floods and landslides in northern Pakistan, killing 40 people, the disaster management authority said.
        Schools are closed for two days and the army was sent to help.
        """)]
    [InlineData("wildfire, disaster", "health, education, politics", """
        Hospital evacuated as wildfire nears Athens suburb
        Firefighters battled a wildfire on the edge of Athens on Friday and a hospital was evacuated.
        Schools were closed and the government asked people to stay indoors.
        """)]
    [InlineData("disaster, medtop:20000139", "politics", """
        Ferry sinks off Philippines, 30 missing
        A ferry with 120 passengers sank off Mindanao on Saturday, and rescuers were searching for 30 people, the coastguard said.
        Officials said the ship had been overloaded. The government ordered an inquiry.
        """)]
    [InlineData("disaster, medtop:20000139", "education, Palestinian territories", """
        Train derails in Ohio, toxic chemicals burn
        A freight train derailed in East Palestine, Ohio, and set off a fire. Officials ordered an evacuation. Schools were closed.
        """)]
    [InlineData("disaster", "crime", """
        Volcano erupts in Iceland, town evacuated
        A volcano erupted on the Reykjanes peninsula on Sunday for the fifth time this year. Lava flowed towards the town of Grindavik. Police said all residents had left.
        """)]
    [InlineData("disaster", "crime", """
        Bus plunges into ravine in Bolivia, 31 dead
        A bus left the road and plunged into a ravine near Potosi on Saturday, killing 31 people, police said. Rescuers worked through the night.
        """)]
    [InlineData("hurricane, disaster", "education, politics", """
        Hurricane Beryl hits Jamaica
        Hurricane Beryl hit Jamaica's southern coast on Wednesday with winds of 215 km/h. The prime minister extended a curfew. Schools and airports are closed.
        """)]
    [InlineData("war", "education, politics", """
        Ukraine says drones hit oil refinery deep in Russia
        Ukraine's military said its drones hit a refinery in Saratov overnight. The Russian defence ministry said air defences shot down 43 drones. Officials said schools in the region would open late.
        """)]
    [InlineData("education, labour", "politics", """
        Teachers strike closes schools across Portugal
        Teachers walked out on Monday, closing schools across Portugal in a dispute with the government over pay.
        Unions said 80 percent of teachers had joined the strike. The education ministry said exams would go ahead.
        """)]
    [InlineData("education", "", """
        University of Oslo cuts tuition for foreign students
        The University of Oslo will halve tuition for students from outside Europe from next year, it said on Monday.
        """)]
    [InlineData("health", "", """
        Hospitals in Madrid overwhelmed as flu spreads
        Hospitals in Madrid postponed surgery on Friday as cases of flu rose for a fourth week, the health ministry said.
        """)]
    [InlineData("politics, election", "", """
        Government falls in Portugal after confidence vote
        Portugal's minority government fell on Tuesday after it lost a vote of confidence in parliament.
        Prime Minister Luis Montenegro said he would run again in a snap election.
        """)]
    [InlineData("politics", "", """
        German coalition agrees budget
        Germany's coalition government agreed next year's budget after talks through the night, ministers said. The opposition called it a patchwork.
        """)]
    [InlineData("politics, crime", "", """
        South Sudan opposition leader arrested, party says
        South Sudan's vice president Riek Machar was arrested on Wednesday, his party said. The United Nations warned of a return to war.
        """)]
    [InlineData("crime", "", """
        Police arrest two over Louvre jewel theft
        Two men were arrested in Paris on Saturday over the theft of jewels from the Louvre, prosecutors said.
        """)]
    [InlineData("finance", "flood, disaster", """
        Markets flooded with cheap steel, EU says
        European markets are flooded with cheap steel from China, the EU said on Tuesday as it weighed tariffs. Steel shares fell.
        """)]
    public void A_report_is_about_what_happened_and_not_about_what_it_mentions(string about, string mentions, string report)
    {
        var lines = report.Split('\n', 2);
        var article = new Article { Source = "Alba Press", Uri = "a", Headline = lines[0].Trim(), Body = lines[1].Trim(), Published = DateTimeOffset.UnixEpoch };

        var found = Reader.Read(article).Topics.Select(t => t.Topic).ToList();

        Named(about).ShouldBeSubsetOf(found);
        Named(mentions).Intersect(found).ShouldBeEmpty();
    }

    [Fact]
    public void The_sample_earthquake_is_no_news_of_education()
    {
        var lines = File.ReadAllLines(Path.Combine(Commands.TextsTests.Root().FullName, "src", "M10Bot", "Samples", "2-report.txt")).SkipWhile(l => l.Length > 0).Skip(1).ToList();
        var article = new Article { Source = "Alba Press", Uri = "a", Headline = lines[0], Body = string.Join('\n', lines.Skip(1)), Published = DateTimeOffset.UnixEpoch };

        Reader.Read(article).Topics.Where(t => t.Topic.Kind is TopicKind.Subject).Select(t => t.Topic.Name)
            .ShouldBe(["disaster, accident and emergency incident", "earthquake"]);
    }

    /// <remarks>Every phrase is known with an s behind it too. One that stood there twice counted twice: so <c>schools</c> weighed more than <c>flood</c>.</remarks>
    [Fact]
    public void No_phrase_stands_twice_for_one_topic()
    {
        foreach (var fields in CatalogueFile.Lines("subjects"))
        {
            var phrases = CatalogueFile.Words(fields[3]).Select(w => w.TrimStart('+', '-')).ToList();
            phrases.Concat(phrases.Where(w => !w.EndsWith('s') && !w.EndsWith('y')).Select(w => $"{w}s")).ShouldBeUnique(StringComparer.OrdinalIgnoreCase);
        }
    }

    private static List<Topic> Named(string names) =>
        [.. names.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(n => TopicCatalogue.Default.Find(n).ShouldNotBeNull(n))];
}
