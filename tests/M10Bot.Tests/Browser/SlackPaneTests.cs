using M10Bot.Simulator;
using Microsoft.Playwright;

namespace M10Bot.Tests.Browser;

/// <summary>The Slack pane by keyboard alone, as somebody uses it who sees no pointer: card, thread, menu, modal, home.</summary>
public sealed class SlackPaneTests
{
    private const string Manifest = """
        {"display_information":{"name":"M10Bot"},
         "features":{"app_home":{"home_tab_enabled":true,"messages_tab_enabled":true},
          "slash_commands":[{"command":"/m10","description":"News","usage_hint":"settings | help","should_escape":true}],
          "shortcuts":[{"name":"Summarise","type":"message","callback_id":"m10.summarise","description":"Three lines"},{"name":"News settings","type":"global","callback_id":"m10.settings","description":"Open them"}]},
         "oauth_config":{"scopes":{"bot":["commands","chat:write"]}},
         "settings":{"socket_mode_enabled":true,"interactivity":{"is_enabled":true},"event_subscriptions":{"bot_events":["app_home_opened"]}}}
        """;

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    [Fact]
    public async Task Everything_in_the_Slack_pane_is_done_with_the_keyboard_and_the_focus_is_never_lost()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { SlackManifest = Manifest }, TimeProvider.System, new Random(1), CancellationToken.None);
        await using var app = await SlackApp.StartAsync(simulator);
        var first = await app.PostAsync("A strong earthquake");
        await app.PostAsync("Now with a tsunami warning", first);

        Assertions.SetDefaultExpectTimeout(60_000); // a machine that builds and tests at once is slow; the test waits for what it needs, never for a time
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Browsers.First(File.Exists),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 900 } });
        var faults = new List<string>();
        page.PageError += (_, error) => faults.Add(error);
        await page.GotoAsync(simulator.Address);
        var slack = page.Locator("[data-pane=slack]");

        await Thread(page, slack);
        await Menu(page, slack, app);
        await Confirm(page, slack, app);
        await Modal(page, slack);
        await Home(page, slack, app);
        await Faults(page, simulator);
        faults.ShouldBeEmpty();
    }

    private static async Task Thread(IPage page, ILocator slack)
    {
        var replies = slack.GetByRole(AriaRole.Button, new() { Name = "1 reply" });
        await replies.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var thread = page.GetByRole(AriaRole.Region, new() { Name = "Thread" });
        await Assertions.Expect(thread.GetByRole(AriaRole.Heading, new() { Name = "Thread" })).ToBeFocusedAsync();
        await Assertions.Expect(thread.GetByText("Now with a tsunami warning")).ToBeVisibleAsync();
        await thread.GetByTestId("thread-reply").FocusAsync();
        await page.Keyboard.TypeAsync("/m10 settings");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(thread.GetByRole(AriaRole.Status)).ToContainTextAsync("cannot be used in threads");
        await thread.GetByTestId("thread-reply").FillAsync("Thank you");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(thread.GetByTestId("message").Filter(new() { HasText = "Thank you" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(thread).ToBeHiddenAsync();
        await Assertions.Expect(slack.GetByRole(AriaRole.Button, new() { Name = "2 replies" })).ToBeFocusedAsync();
        await Assertions.Expect(slack.Locator("#slack-log").GetByText("Thank you")).ToHaveCountAsync(0);
    }

    private static async Task Menu(IPage page, ILocator slack, SlackApp app)
    {
        var more = slack.GetByRole(AriaRole.Button, new() { Name = "More actions" }).First;
        await more.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var item = page.GetByRole(AriaRole.Menuitem, new() { Name = "Summarise" });
        await Assertions.Expect(item).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(more).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await SeenAsync(page, app, "m10.summarise");
    }

    private static async Task Confirm(IPage page, ILocator slack, SlackApp app)
    {
        var withdraw = slack.GetByRole(AriaRole.Button, new() { Name = "Withdraw" });
        await withdraw.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var question = page.GetByRole(AriaRole.Alertdialog, new() { Name = "Withdraw this story?" });
        await Assertions.Expect(question).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(question).ToHaveCountAsync(0);
        await Assertions.Expect(withdraw).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(question.GetByRole(AriaRole.Button, new() { Name = "Withdraw it" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await SeenAsync(page, app, "kill");
    }

    private static async Task Modal(IPage page, ILocator slack)
    {
        var composer = slack.GetByTestId("composer");
        await composer.FocusAsync();
        await page.Keyboard.TypeAsync("/m10 settings");
        await page.Keyboard.PressAsync("Enter");
        var modal = page.GetByRole(AriaRole.Dialog, new() { Name = "News settings" });
        var topic = modal.GetByRole(AriaRole.Combobox, new() { Name = "Topic" });
        await Assertions.Expect(topic).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("u");
        await Assertions.Expect(modal.GetByRole(AriaRole.Option, new() { Name = "Ukraine" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(topic).ToHaveValueAsync("Ukraine");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(modal.GetByRole(AriaRole.Radio, new() { Name = "Everything" })).ToBeCheckedAsync();

        // Round and round, and never out of the modal: the browser's own buttons may come between.
        for (var i = 0; i < 12; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            (await page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")).ShouldBeTrue();
        }

        var save = modal.GetByRole(AriaRole.Button, new() { Name = "Save" });
        await save.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(modal.GetByText("Followed already.")).ToBeVisibleAsync();
        await Assertions.Expect(topic).ToBeFocusedAsync();
        await Assertions.Expect(topic).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(topic).ToHaveValueAsync("Ukraine");
        await topic.FillAsync("Ug");
        await Assertions.Expect(modal.GetByRole(AriaRole.Option, new() { Name = "Uganda" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(topic).ToHaveValueAsync("Uganda");
        await save.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(modal).ToHaveCountAsync(0);
        await Assertions.Expect(composer).ToBeFocusedAsync();
    }

    private static async Task Home(IPage page, ILocator slack, SlackApp app)
    {
        await slack.GetByRole(AriaRole.Button, new() { Name = "M10Bot" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var messages = slack.GetByRole(AriaRole.Tab, new() { Name = "Messages" });
        await Assertions.Expect(messages).ToHaveAttributeAsync("aria-selected", "true");
        await messages.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(slack.GetByRole(AriaRole.Tab, new() { Name = "Home" })).ToBeFocusedAsync();
        await Assertions.Expect(slack.GetByRole(AriaRole.Tabpanel).GetByRole(AriaRole.Heading, new() { Name = "What you follow" })).ToBeVisibleAsync();
        await slack.GetByRole(AriaRole.Button, new() { Name = "Follow a topic" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await SeenAsync(page, app, "add");
    }

    private static async Task Faults(IPage page, SimulatorHost simulator)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = "Member" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        var open = page.GetByRole(AriaRole.Button, new() { Name = "Faults and requests" });
        await open.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var room = page.GetByRole(AriaRole.Dialog, new() { Name = "Faults and requests in Slack" });
        await Assertions.Expect(room.GetByRole(AriaRole.Row).Filter(new() { HasText = "views.publish" }).First).ToBeVisibleAsync();
        await room.GetByRole(AriaRole.Button, new() { Name = "Lose the next event" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(room.GetByRole(AriaRole.Status)).ToContainTextAsync("lose the next event");
        simulator.Slack.Faults.Pending.ShouldBe(1);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(room).ToHaveCountAsync(0);
        await Assertions.Expect(open).ToBeFocusedAsync();
    }

    private static async Task SeenAsync(IPage page, SlackApp app, string what)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (!Has())
        {
            TimeProvider.System.GetElapsedTime(patience).ShouldBeLessThan(TimeSpan.FromSeconds(60), $"{what} never reached the app");
            await page.WaitForTimeoutAsync(20);
        }

        bool Has()
        {
            lock (app.Seen)
            {
                return app.Seen.Contains(what, StringComparer.Ordinal);
            }
        }
    }
}
