using M10Bot.News.Chat;
using M10Bot.News.Deliveries;
using M10Bot.News.Ownership;
using M10Bot.News.Storage;
using M10Bot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace M10Bot.News.Tests.Deliveries;

public sealed class DeliveriesRegistrationTests
{
    [Fact]
    public async Task The_host_delivers_with_what_the_registration_adds()
    {
        await using var test = await TestDatabase.CreateEmptyAsync(TestDatabase.Sqlite);
        var platform = new ScriptedPlatform();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([new("Storage:ConnectionString", test.ConnectionString)]);
        builder.Services.AddStorage().AddOwnership().AddDeliveries().AddSingleton<IChatPlatform>(platform);
        using var host = builder.Build();
        await host.StartAsync();
        var tables = new NewsTables(host.Services.GetRequiredService<Database>());
        await tables.DestinationAsync(Some.Channel(), "scripted", "all");

        await tables.RunAsync(host.Services.GetRequiredService<DeliveryStore>(), await tables.StoryAsync(), DeliveryRank.Flash, Some.Card("first"));
        host.Services.GetRequiredService<DeliverySignal>().Wake();

        await platform.WhenAsync(p => p.Messages.Count == 1);
        await host.StopAsync();
        platform.Messages[0].Now.Headline.ShouldBe("first");
    }
}
