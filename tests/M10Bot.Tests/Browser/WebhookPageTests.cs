using M10Bot.Tests.Scenarios;
using Microsoft.Playwright;

namespace M10Bot.Tests.Browser;

/// <summary>A newcomer tries a Discord webhook: made on the page, put into the command, and the story comes by it.</summary>
/// <remarks>Seen red by a button that members had too, and by a URL that is not the webhook's.</remarks>
public sealed class WebhookPageTests
{
    [Fact]
    public async Task A_webhook_made_on_the_page_serves_the_channel_it_was_made_for()
    {
        using var folder = new TemporaryFolder();
        await using var bot = BotProcess.Start(folder.Settings);
        await bot.ReadyAsync();

        Assertions.SetDefaultExpectTimeout(30_000);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageTests.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(bot.Page);
        var discord = page.Locator("[data-pane=discord]");
        var button = discord.GetByTestId("webhook");
        await Assertions.Expect(discord.Locator(".you")).ToBeVisibleAsync();
        await Assertions.Expect(button).ToHaveCountAsync(0);

        await page.Locator("label[data-person=admin]").ClickAsync();
        await discord.Locator(".channel").Filter(new() { HasText = "world" }).ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-label", "Webhook for #world");
        await button.ClickAsync();
        var url = page.GetByTestId("webhook-url");
        await Assertions.Expect(url).ToBeFocusedAsync();
        (await url.InputValueAsync()).ShouldStartWith("https://discord.com/api/webhooks/");

        await page.GetByTestId("webhook-use").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(discord.Locator(".command-chip")).ToHaveTextAsync("/channel add");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(discord.GetByTestId("message").Filter(new() { HasText = "It comes by the webhook" })).ToBeVisibleAsync();

        await page.GetByTestId("wire-text").FillAsync("Urgency: 1\n\nPort of Riga closed after fire at oil terminal\nThe port of Riga in Latvia was closed on Sunday after a fire broke out at an oil terminal, the port authority said.");
        await page.GetByTestId("wire-send").ClickAsync();
        var story = discord.GetByTestId("message").Filter(new() { HasText = "Port of Riga closed" });
        await Assertions.Expect(story.Locator(".author")).ToHaveTextAsync("News"); // the webhook's own name, where the bot's would stand

        await discord.Locator(".channel").Filter(new() { HasText = "M10Bot" }).ClickAsync();
        await Assertions.Expect(button).ToHaveCountAsync(0);
    }
}
