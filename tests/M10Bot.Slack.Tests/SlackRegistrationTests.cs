using M10Bot.News.Chat;
using M10Bot.News.Doors;
using M10Bot.News.Storage;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.Workspaces;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace M10Bot.Slack.Tests;

public sealed class SlackRegistrationTests
{
    [Fact]
    public void Without_tokens_slack_is_off_whatever_else_is_set()
    {
        var services = Services(("Slack:BotToken", ""), ("Slack:AppToken", " "), ("Slack:Connections", "3"));

        services.ShouldNotContain(s => s.ServiceType == typeof(IChatPlatform));
        Services().ShouldNotContain(s => s.ServiceType == typeof(IChatPlatform));
    }

    [Fact]
    public async Task With_both_tokens_the_platform_and_its_workers_stand()
    {
        await using var container = Build(("Slack:BotToken", SlackRig.BotToken), ("Slack:AppToken", SlackRig.AppToken), ("Slack:Admins:0", "U1"), ("Slack:RequestTimeout", "00:00:08"));

        var platform = container.GetServices<IChatPlatform>().ShouldHaveSingleItem();
        platform.Platform.ShouldBe(Platform.Slack);
        platform.RequestTimeout.ShouldBe(TimeSpan.FromSeconds(8));
        var workers = container.GetServices<IHostedService>().ToList();
        workers.OfType<SocketModeWorker>().Count().ShouldBe(1);
        workers.OfType<SlackSessionWorker>().Count().ShouldBe(1);
        container.GetRequiredService<SlackOptions>().Admins.ShouldBe(["U1"]);
    }

    [Fact]
    public async Task With_a_signing_secret_the_request_urls_are_doors_and_no_socket_is_opened()
    {
        await using var container = Build(("Slack:BotToken", SlackRig.BotToken), ("Slack:SigningSecret", "s"));

        container.GetServices<IHttpDoor>().Select(d => d.Path).ShouldBe(["/slack/events", "/slack/commands", "/slack/interactivity", "/slack/options"]);
        container.GetServices<IHostedService>().ShouldNotContain(w => w is SocketModeWorker);
        container.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public async Task With_a_client_id_there_are_install_pages_and_installs_are_kept()
    {
        var keys = Path.Combine(Path.GetTempPath(), $"m10-keys-{Guid.NewGuid():N}");
        await using var container = Build(("Slack:ClientId", "1.2"), ("Slack:ClientSecret", "c"), ("Slack:AppToken", SlackRig.AppToken), ("Slack:KeyFolder", keys));

        container.GetServices<IHttpDoor>().Select(d => d.Path).ShouldBe(["/slack/install", "/slack/oauth"]);
        container.GetServices<IHostedService>().OfType<InstallWorker>().Count().ShouldBe(1);
        container.GetServices<IHostedService>().ShouldNotContain(w => w is SlackSessionWorker);
        Directory.Delete(keys, recursive: true);
    }

    [Theory]
    [InlineData("Slack:BotToken", "xoxb-1", "Slack:AppToken is missing")]
    [InlineData("Slack:AppToken", "xapp-1", "Slack:BotToken is missing")]
    public void Half_a_setting_stops_the_start_and_names_the_missing_key(string key, string value, string words) =>
        Failure((key, value)).ShouldContain(words);

    [Theory]
    [InlineData("Slack:BotToken", "xapp-1", "Slack:BotToken must be a bot token")]
    [InlineData("Slack:AppToken", "xoxb-1", "Slack:AppToken must be an app-level token")]
    [InlineData("Slack:ClientId", "1.2", "set one of the two")]
    [InlineData("Slack:ApiBase", "http://example.org/api", "Slack:ApiBase must be an absolute https address")]
    [InlineData("Slack:Connections", "11", "Connections")]
    [InlineData("Slack:ChannelPerSecond", "0", "ChannelPerSecond")]
    [InlineData("Slack:QuickReply", "00:00:04", "QuickReply")]
    [InlineData("Slack:Command", "m10", "Command")]
    public void A_setting_that_cannot_work_stops_the_start_without_telling_a_token(string key, string value, string words)
    {
        var failure = Failure(("Slack:BotToken", "xoxb-hidden"), ("Slack:AppToken", "xapp-hidden"), (key, value));

        failure.ShouldContain(words);
        failure.ShouldNotContain("hidden");
    }

    [Fact]
    public void A_key_that_does_not_exist_stops_the_start() =>
        Should.Throw<InvalidOperationException>(() => Validate(("Slack:BotToken", "xoxb-1"), ("Slack:AppToken", "xapp-1"), ("Slack:Chanels", "3")))
            .Message.ShouldContain("Chanels");

    [Fact]
    public void Plain_http_is_for_loopback()
    {
        var loopback = new SlackOptions { BotToken = "xoxb-1", AppToken = "xapp-1", ApiBase = new Uri("http://127.0.0.1:9911/slack/api") };

        new SlackTokensValidator().Validate(name: null, loopback).Succeeded.ShouldBeTrue();
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }

    private static string Failure(params (string Key, string Value)[] settings) =>
        Should.Throw<OptionsValidationException>(() => Validate(settings)).Message;

    private static void Validate(params (string Key, string Value)[] settings)
    {
        using var container = Build(settings);
        container.GetRequiredService<IStartupValidator>().Validate();
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings) =>
        Services(settings).AddLogging().AddSingleton(new Random(7)).AddSingleton(new ScriptedCommands().Port).AddSingleton(new ScriptedPlaces().Port)
            .AddSingleton<IHostApplicationLifetime, Lifetime>().AddSingleton(_ => new Database(StorageRegistration.DialectFor("Data Source=:memory:")))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private static ServiceCollection Services(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.GroupBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Last().Value))).Build();
        services.AddSlack(configuration);
        return services;
    }
}
