using M10Bot.Discord.Gateway;
using M10Bot.Discord.Places;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.News.Ownership;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace M10Bot.Discord.Tests;

public class DiscordRegistrationTests
{
    [Fact]
    public void Without_a_token_discord_is_off_and_one_line_says_so()
    {
        using var services = Services();
        services.GetServices<IChatPlatform>().ShouldBeEmpty();
        services.GetServices<IHostedService>().Last().ShouldBeOfType<DiscordOffNotice>();
        services.GetServices<KeyWork>().ShouldBeEmpty();
    }

    [Fact]
    public void With_a_token_everything_is_there()
    {
        using var services = Services(("Discord:Token", "t"));
        services.GetRequiredService<IChatPlatform>().Platform.ShouldBe(Platform.Discord);
        services.GetServices<KeyWork>().ShouldHaveSingleItem().ShouldBeOfType<ShardWork>();
        services.GetServices<IHostedService>().Count().ShouldBe(6, "the owner of keys and five of Discord");
    }

    [Theory]
    [InlineData("ApiBase", "http://discord.example/api", "loopback")]
    [InlineData("ApiBase", "nonsense", "https")]
    [InlineData("GlobalPerSecond", "0", "GlobalPerSecond")]
    [InlineData("RequestTimeout", "00:05:00", "RequestTimeout")]
    [InlineData("GuildId", "abc", "GuildId")]
    [InlineData("FirstShard", "1", "ShardCount")]
    [InlineData("LastShard", "1", "ShardCount")]
    [InlineData("Token", "Bot t", "bare token")]
    public void A_setting_that_can_not_be_is_said_at_the_start(string key, string value, string words)
    {
        using var services = Services(("Discord:Token", "t"), ($"Discord:{key}", value));
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<DiscordOptions>>().Value).Message.ShouldContain(words);
    }

    [Fact]
    public void A_key_that_is_not_known_is_named()
    {
        using var services = Services(("Discord:Token", "t"), ("Discord:Tokn", "t"));
        Should.Throw<InvalidOperationException>(() => services.GetRequiredService<IOptions<DiscordOptions>>().Value).Message.ShouldContain("Tokn");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/api/v10")]
    [InlineData("http://localhost:5000")]
    [InlineData("http://[::1]:5000")]
    [InlineData("https://discord.com/api/v10")]
    public void Loopback_may_be_plain_and_all_else_is_encrypted(string address)
    {
        using var services = Services(("Discord:Token", "t"), ("Discord:ApiBase", address));
        services.GetRequiredService<IOptions<DiscordOptions>>().Value.ApiBase.ShouldBe(address);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var pairs = settings.Reverse().DistinctBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Random(1));
        services.AddSingleton(new DeparturePort((_, _) => Task.CompletedTask, (_, _) => Task.CompletedTask));
        services.AddSingleton(new PlacePort(_ => Task.FromResult<IReadOnlyList<string>>([]), (_, _, _) => Task.FromResult<IReadOnlyList<ServedChannel>>([]), (_, _, _, _) => Task.CompletedTask, (_, _) => Task.CompletedTask, (_, _) => Task.CompletedTask));
        services.AddSingleton(new CommandPort([], (_, _) => Task.FromResult(CommandReply.Say("x")), (_, _, _, _) => Task.FromResult<IReadOnlyList<Suggestion>>([])));
        services.AddOwnership().AddDiscord(configuration);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
