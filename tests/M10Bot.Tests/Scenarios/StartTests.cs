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
    [InlineData("--version", 0, "M10Bot 0.")]
    [InlineData("--help", 0, "Slack:AppToken")]
    [InlineData("strat", 2, "no command \"strat\"")]
    public async Task The_command_line_explains_itself(string word, int exitCode, string says)
    {
        await using var bot = BotProcess.Start(new Dictionary<string, string?>(StringComparer.Ordinal), word);
        (await bot.ExitAsync()).ShouldBe(exitCode);
        bot.Output.ShouldContain(says);
    }
}
