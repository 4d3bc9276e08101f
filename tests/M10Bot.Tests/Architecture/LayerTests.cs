using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using M10Bot.News.Articles;

namespace M10Bot.Tests.Architecture;

/// <summary>Who may use whom.</summary>
/// <remarks>
/// Each was seen red once: Articles made to use Chat; Reading made to use Stories and back; News made to name Discord;
/// a store's SqliteConnection moved into a command.
/// </remarks>
public sealed class LayerTests
{
    private const string News = "M10Bot.News";

    private static readonly ArchUnitNET.Domain.Architecture Code = new ArchLoader()
        .LoadAssemblies(
            typeof(Article).Assembly,
            typeof(Cluster.ClusterRegistration).Assembly,
            typeof(Discord.DiscordRegistration).Assembly,
            typeof(Slack.SlackRegistration).Assembly,
            typeof(Llm.LlmRegistration).Assembly,
            typeof(Web.WebRegistration).Assembly,
            typeof(Simulator.SimulatorHost).Assembly,
            typeof(SettingsException).Assembly)
        .Build();

    /// <summary>The table of docs/architecture.md.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Articles"] = [],
        ["Storage"] = [],
        ["Markup"] = [],
        ["Ownership"] = [],
        ["Doors"] = [],
        ["Chat"] = ["Articles"],
        ["Feeds"] = ["Articles", "Doors", "Markup", "Storage"],
        ["Wire"] = ["Articles", "Doors", "Markup", "Reading", "Storage"],
        ["Reading"] = ["Articles"],
        ["Stories"] = ["Articles", "Reading", "Storage"],
        ["Subscriptions"] = ["Articles", "Stories", "Chat", "Storage"],
        ["Bulletins"] = ["Articles", "Reading", "Stories", "Chat", "Storage"],
        ["Deliveries"] = ["Bulletins", "Subscriptions", "Chat", "Storage", "Ownership"],
        ["Desk"] = ["Articles", "Storage", "Markup", "Ownership", "Doors", "Chat", "Feeds", "Wire", "Reading", "Stories", "Subscriptions", "Bulletins", "Deliveries"],
        ["Commands"] = ["Articles", "Storage", "Markup", "Ownership", "Doors", "Chat", "Feeds", "Wire", "Reading", "Stories", "Subscriptions", "Bulletins", "Deliveries", "Desk"],
    };

    public static TheoryData<string> Features => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_uses_only_what_the_table_allows(string feature)
    {
        var types = TypesIn($"{News}.{feature}");
        types.ShouldNotBeEmpty();
        string[] allowed = [feature, .. MayUse[feature]];
        var wrong = from type in types
                    from used in type.GetTypeDependencies()
                    where used.FullName.StartsWith(News + ".", StringComparison.Ordinal)
                    let other = used.FullName.Split('.')[2]
                    where !allowed.Contains(other, StringComparer.Ordinal)
                    select $"{type.FullName} uses {used.FullName}";
        wrong.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Every_feature_folder_is_in_the_table_and_in_the_docs()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src", News)).Select(Path.GetFileName)
            .Where(f => f is not ("bin" or "obj"));
        folders.ShouldBe(MayUse.Keys, ignoreOrder: true);

        var docs = Repository.Text("docs/architecture.md");
        foreach (var (feature, uses) in MayUse.Where(f => f.Key is not ("Desk" or "Commands")))
        {
            docs.ShouldContain($"| {feature} | {(uses.Length == 0 ? "–" : string.Join(", ", uses))} |");
        }
    }

    [Fact]
    public void Features_have_no_cycles() =>
        SliceRuleDefinition.Slices().Matching("M10Bot.News.(*)..").Should().BeFreeOfCycles().Check(Code);

    [Fact]
    public void News_names_no_platform()
    {
        var named = from file in Repository.Sources("src/M10Bot.News")
                    from line in File.ReadLines(file)
                    let code = line.Split("//")[0]
                    where code.Contains("using M10Bot.Discord", StringComparison.Ordinal) || code.Contains("using M10Bot.Slack", StringComparison.Ordinal)
                    select $"{file}: {line}";
        named.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("M10Bot.Discord")]
    [InlineData("M10Bot.Slack", "Storage")] // the tokens of many workspaces
    public void A_platform_uses_only_the_seam(string project, params string[] more)
    {
        string[] seam = ["Articles", "Chat", "Commands", "Doors", "Ownership", .. more];
        Uses(project, seam).ShouldBeEmpty();
    }

    [Fact]
    public void Replicas_know_keys_tables_and_the_signal_and_no_platform() =>
        Uses("M10Bot.Cluster", ["Ownership", "Storage", "Deliveries"]).ShouldBeEmpty();

    [Fact]
    public void The_model_knows_what_an_article_is_and_what_reading_asks_of_it() =>
        Uses("M10Bot.Llm", ["Articles", "Reading"]).ShouldBeEmpty();

    [Fact]
    public void The_web_server_knows_doors_and_whether_the_database_answers() =>
        Uses("M10Bot.Web", ["Doors", "Storage"]).ShouldBeEmpty();

    [Fact]
    public void The_simulator_uses_nothing_of_the_bot()
    {
        var types = TypesIn("M10Bot.Simulator");
        types.ShouldNotBeEmpty();
        var wrong = from type in types
                    from used in type.GetTypeDependencies()
                    where used.FullName.StartsWith("M10Bot.", StringComparison.Ordinal)
                        && !used.FullName.StartsWith("M10Bot.Simulator", StringComparison.Ordinal)
                    select $"{type.FullName} uses {used.FullName}";
        wrong.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Only_stores_and_Storage_touch_a_database()
    {
        var wrong = from type in Code.Types
                    where type.FullName.StartsWith("M10Bot.", StringComparison.Ordinal)
                        && !type.FullName.StartsWith(News + ".Storage", StringComparison.Ordinal)
                    from used in type.GetTypeDependencies()
                    where used.FullName.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
                        || used.FullName.StartsWith("Npgsql", StringComparison.Ordinal)
                    select $"{type.FullName} uses {used.FullName}";
        wrong.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Only_registrations_and_the_program_touch_the_container()
    {
        var wrong = from file in Repository.Sources("src")
                    where !file.Contains("/src/M10Bot/", StringComparison.Ordinal)
                    let name = Path.GetFileNameWithoutExtension(file)
                    where !name.EndsWith("Registration", StringComparison.Ordinal)
                    from line in File.ReadLines(file)
                    where line.Contains("IServiceCollection", StringComparison.Ordinal) || line.Contains("IServiceProvider", StringComparison.Ordinal)
                    select $"{name}: {line.Trim()}";
        wrong.ShouldBeEmpty();
    }

    /// <summary>What a project uses of ours beyond itself and these features of News.</summary>
    private static IEnumerable<string> Uses(string project, string[] features)
    {
        var types = TypesIn(project);
        types.ShouldNotBeEmpty();
        var wrong = from type in types
                    from used in type.GetTypeDependencies()
                    where used.FullName.StartsWith("M10Bot.", StringComparison.Ordinal)
                    let isSeam = used.FullName.StartsWith(News + ".", StringComparison.Ordinal)
                        && features.Contains(used.FullName.Split('.')[2], StringComparer.Ordinal)
                    where !isSeam && !used.FullName.StartsWith(project + ".", StringComparison.Ordinal)
                    select $"{type.FullName} uses {used.FullName}";
        return wrong.Distinct(StringComparer.Ordinal);
    }

    private static List<IType> TypesIn(string space) =>
        [.. Code.Types.Where(t => t.FullName.StartsWith(space + ".", StringComparison.Ordinal) && !t.Name.Contains('<', StringComparison.Ordinal))];
}
