using System.Text;

namespace M10Bot.Tests.Scenarios;

/// <summary>How the program starts, and how it refuses to.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Slack:BotToken", "xoxb-1", "Slack:AppToken")]
    [InlineData("Slack:AppToken", "xapp-1", "Slack:BotToken")]
    [InlineData("Discord:Tokn", "x", "Discord:Tokn", "Discord:Token", "t")]
    [InlineData("Discrod:Token", "x", "Discrod")]
    [InlineData("Wire:MaxBytes", "many", "Wire:MaxBytes")]
    public async Task A_half_set_or_unknown_setting_stops_the_start_and_is_named(string key, string value, string named, string? alsoKey = null, string? alsoValue = null)
    {
        using var folder = new TemporaryFolder();
        var settings = folder.Settings;
        settings[key] = value;
        if (alsoKey is not null)
        {
            settings[alsoKey] = alsoValue;
        }

        await using var bot = BotProcess.Start(settings);
        (await bot.ExitAsync()).ShouldBe(2, bot.Output);
        bot.Output.ShouldContain(named.Split(':')[^1]);
        bot.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Without_a_token_it_is_a_try_out_with_a_page()
    {
        using var folder = new TemporaryFolder();
        await using var bot = BotProcess.Start(folder.Settings);
        await bot.ReadyAsync();

        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(bot.Page))).ShouldContain("M10Bot");
    }

    [Theory]
    [InlineData("TryOut:ReportAfter", "00:00:08", 1, "Another M10Bot already works with")] // a plain second start
    [InlineData("Wire:Foldr", "x", 1, "Another M10Bot already works with")]
    public async Task A_start_beside_a_running_try_out_is_refused_and_leaves_its_files_alone(string key, string value, int exitCode, string says)
    {
        using var folder = new TemporaryFolder();
        var settings = folder.Settings;
        settings["TryOut:Samples"] = "false";
        await using var running = BotProcess.Start(settings);
        await running.ReadyAsync();
        var before = folder.TryOutFiles();
        before.ShouldContain("m10bot.db", StringComparer.Ordinal);

        await using var second = BotProcess.Start(new Dictionary<string, string?>(settings, StringComparer.Ordinal) { [key] = value });
        (await second.ExitAsync()).ShouldBe(exitCode, second.Output);

        second.Output.ShouldContain(says);
        second.Output.ShouldContain("TryOut:Folder");
        second.Output.ShouldNotContain("   at ");
        folder.TryOutFiles().ShouldBe(before);
        (await SendAsync(running)).ShouldContain("run"); // filed and ruled upon: its tables are all there
        await using var third = BotProcess.Start(settings);
        (await third.ExitAsync()).ShouldBe(exitCode, "the refused start took the lock away");
    }

    [Theory]
    [InlineData("Wire:Foldr", "x", "Wire:Foldr")]
    [InlineData("TryOut:Port", "70000", "Port")]
    public async Task A_start_with_a_bad_setting_leaves_what_the_last_try_out_left(string key, string value, string named)
    {
        using var folder = new TemporaryFolder();
        var settings = folder.Settings;
        settings["TryOut:Samples"] = "false";
        await using (var last = BotProcess.Start(settings))
        {
            await last.ReadyAsync();
            await SendAsync(last);
            await last.KillAsync();
        }

        var left = folder.TryOutFiles();
        left.ShouldContain(f => f.StartsWith("article-", StringComparison.Ordinal));
        await using var refused = BotProcess.Start(new Dictionary<string, string?>(settings, StringComparer.Ordinal) { [key] = value });
        (await refused.ExitAsync()).ShouldBe(2, refused.Output);

        refused.Output.ShouldContain(named);
        refused.Output.ShouldNotContain("   at ");
        folder.TryOutFiles().ShouldBe(left);

        // With good settings it begins anew, and the killed one holds nothing up.
        await using var again = BotProcess.Start(settings);
        await again.ReadyAsync();
        folder.TryOutFiles().ShouldNotContain(f => f.StartsWith("article-", StringComparison.Ordinal));
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri(again.Page + "/page/happened"))).ShouldContain("\"stories\":[]");
    }

    [Theory]
    [InlineData("--version", 0, "M10Bot 0.")]
    [InlineData("--help", 0, "Slack:AppToken")]
    [InlineData("strat", 2, "no command \"strat\"")]
    public async Task The_command_line_explains_itself(string word, int exitCode, string says)
    {
        await using var bot = BotProcess.Start(new Dictionary<string, string?>(StringComparer.Ordinal), word);
        (await bot.ExitAsync()).ShouldBe(exitCode);
        bot.Output.ShouldContain(says);
    }

    /// <returns>What the page answers, which waits for the wire.</returns>
    private static async Task<string> SendAsync(BotProcess bot)
    {
        using var http = new HttpClient();
        using var request = new StringContent("""{"text":"FLASH: Bridge opens in Kisumu\n\nKISUMU - A bridge has opened in Kisumu, Kenya, the government said."}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(bot.Page + "/page/wire"), request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text;
    }
}
