using Microsoft.Playwright;
using M10Bot.Tests.Scenarios;

namespace M10Bot.Tests.Browser;

/// <summary>The Discord half of the page without a mouse, and as a screen reader is told of it.</summary>
public sealed class KeyboardTests
{
    /// <summary>Everything that can be used and does not say what it is.</summary>
    private const string Nameless = """
        () => [...document.querySelectorAll('button, a[href], input, textarea, select, [role=combobox], [role=listbox], dialog')].filter(e => e.checkVisibility() &&
          !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.labels?.length || e.textContent.trim())).map(e => e.outerHTML.slice(0, 120))
        """;

    /// <summary>Texts whose contrast with what is behind them is below WCAG's 4.5 (3 for large ones).</summary>
    private const string Faint = """
        () => {
          const rgb = c => { const m = c.match(/[\d.]+/g).map(Number); return { r: m[0], g: m[1], b: m[2], a: m[3] ?? 1 }; };
          const lum = ({ r, g, b }) => [r, g, b].map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
          const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.a > .95) return c; } return { r: 255, g: 255, b: 255 }; };
          const out = [];
          const walker = document.createTreeWalker(document.querySelector('[data-pane=discord]'), NodeFilter.SHOW_TEXT);
          for (let n = walker.nextNode(); n; n = walker.nextNode()) {
            const e = n.parentElement, s = getComputedStyle(e), c = rgb(s.color);
            if (!n.data.trim() || !e.checkVisibility({ opacityProperty: true }) || c.a < .05 || e.closest('[aria-disabled], :disabled, .visually-hidden')) continue;
            const [a, b] = [lum(c), lum(behind(e))], ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            if (ratio < (parseFloat(s.fontSize) >= 18.66 ? 3 : 4.5)) out.push(`${n.data.trim().slice(0, 40)} ${ratio.toFixed(2)}`);
          }
          return out;
        }
        """;

    [Fact]
    public async Task A_member_and_an_admin_get_everywhere_by_keyboard()
    {
        using var folder = new TemporaryFolder();
        await using var bot = BotProcess.Start(folder.Settings);
        await bot.ReadyAsync();
        Assertions.SetDefaultExpectTimeout(30_000); // the test waits for what it needs, never for a time
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await PageTests.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ReducedMotion = ReducedMotion.Reduce });
        var faults = new List<string>();
        page.PageError += (_, error) => faults.Add(error);
        await page.GotoAsync(bot.Page);
        var discord = page.Locator("[data-pane=discord]");
        await Assertions.Expect(discord.GetByTestId("message").First).ToBeVisibleAsync();

        await SkipToDiscordAsync(page);
        await WalkToTheForumAsync(page, discord);
        await AskForHelpAsync(page, discord);
        await MakeTroubleAsync(page, discord);

        (await page.EvaluateAsync<string[]>(Nameless)).ShouldBeEmpty();
        (await page.EvaluateAsync<string[]>(Faint)).ShouldBeEmpty();
        await page.SetViewportSizeAsync(390, 800);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        faults.ShouldBeEmpty();
    }

    /// <summary>The first stop of the Tab key leads over the top bar.</summary>
    private static async Task SkipToDiscordAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(":focus")).ToHaveTextAsync("To the Discord pane");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(":focus")).ToContainTextAsync("breaking-news");
    }

    /// <summary>Arrows walk the channels; a forum is a region of posts and has no composer.</summary>
    private static async Task WalkToTheForumAsync(IPage page, ILocator discord)
    {
        var focused = page.Locator(":focus");
        for (var i = 0; i < 4; i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Assertions.Expect(focused).ToContainTextAsync("stories");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(discord.GetByRole(AriaRole.Region, new() { Name = "Discord, messages in stories" })).ToBeVisibleAsync();
        await Assertions.Expect(discord.GetByTestId("composer")).ToBeHiddenAsync();
        await Assertions.Expect(focused).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(discord.GetByRole(AriaRole.Log, new() { Name = "Discord, messages in bot-commands" })).ToBeVisibleAsync();
    }

    /// <summary>A command, its private answer in the live region, and its dismissal.</summary>
    private static async Task AskForHelpAsync(IPage page, ILocator discord)
    {
        var composer = discord.GetByTestId("composer");
        await composer.FocusAsync();
        await page.Keyboard.TypeAsync("/help");
        await Assertions.Expect(discord.GetByRole(AriaRole.Option).First).ToContainTextAsync("/help");
        await Assertions.Expect(composer).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        var answer = discord.GetByRole(AriaRole.Log).GetByText("Only you can see this");
        await Assertions.Expect(answer).ToBeVisibleAsync();
        await Assertions.Expect(composer).ToBeFocusedAsync();
        var dismiss = discord.GetByRole(AriaRole.Button, new() { Name = "Dismiss message" });
        await dismiss.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(answer).ToBeHiddenAsync();
    }

    /// <summary>The admin's dialog takes the keyboard and gives it back.</summary>
    private static async Task MakeTroubleAsync(IPage page, ILocator discord)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = "Admin" }).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        var opener = discord.GetByTestId("trouble");
        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Make trouble for the bot" });
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync(); // the journal has lines
        await dialog.GetByRole(AriaRole.Button, new() { Name = "The gateway drops" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Ordered: The gateway drops");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(opener).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter"); // keys work where the focus shows
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }
}
