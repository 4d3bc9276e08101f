using M10Bot.News.Feeds;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Deliveries;
using M10Bot.News.Doors;
using M10Bot.News.Storage;
using M10Bot.News.Wire;
using M10Bot.TryOut;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.Tests.Architecture;

/// <summary>What is written down is what the code does. Each was seen red: by a renamed command, a changed default, a setting left out.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string, Type> Sections => new()
    {
        { "Discord", typeof(Discord.DiscordOptions) },
        { "Slack", typeof(Slack.SlackOptions) },
        { "Storage", typeof(StorageOptions) },
        { "Cluster", typeof(Cluster.ClusterOptions) },
        { "Deliveries", typeof(DeliveryOptions) },
        { "Reading", typeof(News.Reading.ReadingOptions) },
        { "Llm", typeof(Llm.LlmOptions) },
        { "Retention", typeof(RetentionOptions) },
        { "Wire", typeof(WireOptions) },
        { "Feeds", typeof(FeedOptions) },
        { "Web", typeof(WebOptions) },
        { "TryOut", typeof(TryOutOptions) },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_shipped_settings_and_their_page_name_every_setting_with_its_default(string section, Type options)
    {
        using var file = JsonDocument.Parse(Repository.Text("appsettings.json"));
        var shipped = file.RootElement.GetProperty(section);
        var page = Repository.Text("docs/settings.md");
        var defaults = Activator.CreateInstance(options)!;
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance);

        shipped.EnumerateObject().Select(p => p.Name).ShouldBe(properties.Select(p => p.Name), ignoreOrder: true);
        foreach (var property in properties)
        {
            var expected = Text(property.GetValue(defaults));
            var actual = shipped.GetProperty(property.Name);
            Text(actual).ShouldBe(expected, $"{section}:{property.Name} in appsettings.json");
            page.ShouldContain($"| `{section}:{property.Name}` | {(expected.Length == 0 ? "–" : $"`{expected}`")} | ", customMessage: $"{section}:{property.Name} in docs/settings.md");
        }
    }

    [Fact]
    public void The_readme_tells_every_command_as_it_is()
    {
        var readme = Repository.Text("README.md");
        using var host = Composed();
        var specs = host.Services.GetRequiredService<CommandDispatcher>().Specs;
        specs.ShouldNotBeEmpty();
        foreach (var spec in specs.Where(s => !s.IsButtonOnly))
        {
            readme.ShouldContain($"`{spec.Usage}`");
            if (spec.Name is not ("follow" or "mute" or "why"))
            {
                readme.ShouldContain($"| `{spec.Usage}` | {spec.Description} | {Who(spec.Needs)} |");
            }
        }
    }

    /// <summary>Made by <c>m10bot manifest slack</c>; make it again after a change of the commands.</summary>
    [Fact]
    public void The_shipped_manifest_is_what_the_program_makes()
    {
        var (made, code) = SetupWords.SlackManifest([]);
        code.ShouldBe(0);
        Repository.Text("docs/slack-manifest.json").TrimEnd().ShouldBe(made, "dotnet run --project src/M10Bot -- manifest slack > docs/slack-manifest.json");
    }

    [Fact]
    public void The_readme_has_the_invitation_that_the_program_makes()
    {
        SetupWords.DiscordInvite(["42"]).ShouldBe(("https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=274877991936", 0));
        Repository.Text("README.md").ShouldContain("m10bot invite discord");
        Discord.DiscordInvite.ApplicationIn("MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.x.y").ShouldBe("1234567890123456789");
        Discord.DiscordInvite.ApplicationIn("no token").ShouldBeNull();
    }

    [Fact]
    public void Every_link_between_the_documents_leads_somewhere()
    {
        var broken = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Repository.Root, "README.md"))
                     from Match link in Link().Matches(File.ReadAllText(file))
                     let target = link.Groups["to"].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
                     select $"{Path.GetFileName(file)}: {target}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void The_readme_is_short() => Repository.Text("README.md").Split('\n').Length.ShouldBeLessThan(150);

    [Fact]
    public void The_shipped_settings_compose_a_bot_whose_every_part_can_be_made()
    {
        using var host = Composed();
        host.Services.GetServices<IHostedService>().ShouldNotBeEmpty();
        host.Services.GetServices<IChatPlatform>().Select(p => p.Platform).ShouldBe([Platform.Discord, Platform.Slack], ignoreOrder: true);
        host.Services.GetServices<ICommand>().Select(c => c.GetType()).ShouldBe(
            typeof(ICommand).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(ICommand))),
            ignoreOrder: true);
        host.Services.GetServices<IHttpDoor>().Select(d => d.GetType().Name).ShouldBe(
            Doors(), ignoreOrder: true);
    }

    // Slack's are there only where the settings ask for them: SlackRegistrationTests.
    private static IEnumerable<string> Doors() =>
        from assembly in (Assembly[])[typeof(IHttpDoor).Assembly, typeof(Web.WebRegistration).Assembly, typeof(Discord.DiscordRegistration).Assembly]
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IHttpDoor))
        select type.Name;

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    /// <summary>The bot as the program composes it, with the shipped settings and tokens of nobody.</summary>
    private static IHost Composed()
    {
        var builder = BotHost.CreateBuilder([]);
        SettingsCheck.Run(builder.Configuration);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Discord:Token"] = "token-of-nobody",
            ["Slack:BotToken"] = "xoxb-nobody",
            ["Slack:AppToken"] = "xapp-nobody",
        });
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
        builder.AddFeatures(tryOut: null);
        return builder.Build();
    }

    private static string Who(Role role) => role switch
    {
        Role.Admin => "admins",
        Role.Editor => "editors",
        _ => "anyone",
    };

    private static string Text(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        string text => text,
        TimeSpan time => time.ToString(time.Milliseconds == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.FFF", CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => string.Join(',', many.Cast<object>()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(v => v.ToString())),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToString(),
    };
}
