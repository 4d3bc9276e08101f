using Microsoft.Playwright;
using M10Bot.Tests.Scenarios;

namespace M10Bot.Tests.Browser;

/// <summary>The try-out as a newcomer meets it: the program, the page, a real browser.</summary>
public sealed class PageTests
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Browsers.First(File.Exists),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    });

    [Fact]
    public async Task A_newcomer_sees_the_story_in_both_chats_subscribes_and_sends_an_article()
    {
        using var folder = new TemporaryFolder();
        await using var bot = BotProcess.Start(folder.Settings);
        await bot.ReadyAsync();

        Assertions.SetDefaultExpectTimeout(30_000); // a machine that builds and tests at once is slow; the test waits for what it needs, never for a time
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        var faults = new List<string>();
        page.PageError += (_, error) => faults.Add(error);
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure != "net::ERR_ABORTED")
            {
                faults.Add($"{request.Url} {request.Failure}"); // what the page gives up itself, such as suggestions for half a word, is no fault
            }
        };
        await page.GotoAsync(bot.Page);

        var discord = page.Locator("[data-pane=discord]");
        var slack = page.Locator("[data-pane=slack]");
        await Assertions.Expect(discord.GetByTestId("message").Filter(new() { HasText = "earthquake" }).First).ToBeVisibleAsync();
        await Assertions.Expect(slack.GetByTestId("message").Filter(new() { HasText = "earthquake" }).First).ToBeVisibleAsync();

        var composer = discord.GetByTestId("composer");
        var offered = discord.GetByRole(AriaRole.Option);
        await composer.FillAsync("/subscribe");
        await Assertions.Expect(offered.First).ToContainTextAsync("/subscribe");
        await composer.PressAsync("Enter");
        await page.Keyboard.TypeAsync("Ukraine");
        await Assertions.Expect(offered.First).ToContainTextAsync("Ukraine");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(composer).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(discord.GetByTestId("message").Filter(new() { HasText = "Ukraine" }).First).ToBeVisibleAsync();

        await page.GetByTestId("wire-text").FillAsync("Urgency: eleven\n\nA headline\nA sentence.");
        await page.GetByTestId("wire-send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("wire-result")).ToContainTextAsync("no urgency");
        faults.RemoveAll(f => f.Contains("/page/wire", StringComparison.Ordinal)); // the refusal itself
        faults.ShouldBeEmpty();
    }
}
