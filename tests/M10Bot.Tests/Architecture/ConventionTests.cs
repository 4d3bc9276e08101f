using System.Reflection;
using System.Text.RegularExpressions;
using M10Bot.News.Articles;

namespace M10Bot.Tests.Architecture;

/// <summary>Conventions that a reader relies on. Each was seen red once by a file or type that broke it.</summary>
public sealed partial class ConventionTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(Article).Assembly,
        typeof(Cluster.ClusterRegistration).Assembly,
        typeof(Discord.DiscordRegistration).Assembly,
        typeof(Slack.SlackRegistration).Assembly,
        typeof(Llm.LlmRegistration).Assembly,
        typeof(Web.WebRegistration).Assembly,
        typeof(Simulator.SimulatorHost).Assembly,
        typeof(SettingsException).Assembly,
    ];

    private static readonly string[] BarredEndings = ["Manager", "Helper", "Util", "Utils", "Impl", "Info", "Data", "Processor", "Service"];

    /// <summary>The seams. Adding an interface means changing this list, and saying why.</summary>
    /// <remarks>IHttpDoor: one implementation per address that others call. IKeyOwner, ITurns: this process or the replicas. IKeyGrain: Orleans calls a grain through an interface only.</remarks>
    private static readonly string[] Seams = ["IChatPlatform", "ICommand", "IHttpDoor", "IKeyOwner", "ITurns", "IKeyGrain"];

    [Fact]
    public void Interfaces_stand_only_at_the_seams() =>
        Types().Where(t => t.IsInterface).Select(t => t.Name).ShouldBe(Seams, ignoreOrder: true);

    [Fact]
    public void No_type_has_a_barred_ending() =>
        Types().Select(t => t.Name.Split('`')[0])
            .Where(name => BarredEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("src", 400)]
    [InlineData("tests", 600)]
    public void No_file_is_too_long(string folder, int limit)
    {
        var files = Repository.Sources(folder).ToList();
        files.ShouldNotBeEmpty();
        files.Select(f => (File: Path.GetRelativePath(Repository.Root, f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > limit)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Public_async_methods_take_a_cancellation_token_last()
    {
        // The transaction of the caller carries its cancellation; a Dispose or the host's own contract has none to take.
        var wrong = from type in Types()
                    where type.IsPublic
                    from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                    where typeof(Task).IsAssignableFrom(method.ReturnType) && !method.IsSpecialName
                    let parameters = method.GetParameters()
                    where !parameters.Any(p => p.ParameterType == typeof(System.Data.Common.DbTransaction))
                    where parameters.LastOrDefault()?.ParameterType != typeof(CancellationToken)
                    select $"{type.Name}.{method.Name}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Tests_never_sleep()
    {
        var sleepy = from file in Repository.Sources("tests")
                     where !file.Contains("Benchmarks", StringComparison.Ordinal) && !file.EndsWith("ConventionTests.cs", StringComparison.Ordinal)
                     from line in File.ReadLines(file)
                     where Sleep().IsMatch(line)
                     select $"{Path.GetFileName(file)}: {line.Trim()}";
        sleepy.ShouldBeEmpty();
    }

    [Fact]
    public void The_changelog_has_an_entry_for_this_version()
    {
        var version = typeof(SettingsException).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        Repository.Text("CHANGELOG.md").ShouldContain($"## {version}");
    }

    private static IEnumerable<Type> Types() => Assemblies
        .SelectMany(a => a.GetTypes())
        .Where(t => t.Namespace?.StartsWith("M10Bot", StringComparison.Ordinal) == true && !t.Name.StartsWith('<') && !t.Name.Contains("__", StringComparison.Ordinal));

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\((?!Timeout\.Infinite)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sleep();
}
