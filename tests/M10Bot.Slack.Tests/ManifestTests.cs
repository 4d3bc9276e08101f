using System.Text.Json;
using M10Bot.News.Chat;
using M10Bot.News.Commands;
using NJsonSchema;
using Xunit.Abstractions;

namespace M10Bot.Slack.Tests;

public sealed class ManifestTests(ITestOutputHelper output)
{
    /// <summary>Slack's own schema is not ours to ship: it lies beside the repository where developers keep the specifications.</summary>
    [Fact]
    public async Task The_manifest_is_valid_by_slacks_schema()
    {
        if (await SchemaAsync() is not { } schema)
        {
            return;
        }

        schema.Validate(Manifest.GetRawText()).ShouldBeEmpty();
        schema.Validate(Manifest.GetRawText().Replace("\"/m10\"", "7", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_manifest_for_http_is_valid_too_and_names_every_door()
    {
        var text = SlackManifest.Of([new CommandSpec("latest", "Show the newest stories", Role.Member)], "/m10", new Uri("https://m10.example.org/"));
        foreach (var path in new[] { "/slack/events", "/slack/commands", "/slack/interactivity", "/slack/options", "/slack/oauth" })
        {
            text.ShouldContain($"\"https://m10.example.org{path}\"");
        }

        JsonDocument.Parse(text).RootElement.GetProperty("settings").GetProperty("socket_mode_enabled").GetBoolean().ShouldBeFalse();
        if (await SchemaAsync() is { } schema)
        {
            schema.Validate(text).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_manifest_and_the_program_agree()
    {
        var command = Manifest.GetProperty("features").GetProperty("slash_commands").EnumerateArray().ShouldHaveSingleItem();
        command.GetProperty("command").GetString().ShouldBe(new SlackOptions().Command);
        command.GetProperty("should_escape").GetBoolean().ShouldBeTrue();
        var settings = Manifest.GetProperty("settings");
        settings.GetProperty("socket_mode_enabled").GetBoolean().ShouldBeTrue();
        settings.GetProperty("interactivity").GetProperty("is_enabled").GetBoolean().ShouldBeTrue();
        settings.GetProperty("token_rotation_enabled").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void The_scopes_are_those_the_calls_need_and_none_that_would_spoil_a_kill()
    {
        var scopes = Manifest.GetProperty("oauth_config").GetProperty("scopes").GetProperty("bot").EnumerateArray().Select(s => s.GetString()!).ToHashSet(StringComparer.Ordinal);

        foreach (var needed in (string[])["commands", "chat:write", "chat:write.public", "users:read", "im:write", "im:history", "channels:join", "channels:history", "groups:history"])
        {
            scopes.Contains(needed).ShouldBeTrue(needed);
        }

        scopes.Contains("chat:write.customize").ShouldBeFalse();
    }

    private async Task<JsonSchema?> SchemaAsync()
    {
        var path = Path.Combine(Root, "..", "shared", "specs", "slack-manifest-schema-2.0.0.json");
        if (File.Exists(path))
        {
            return await JsonSchema.FromFileAsync(path);
        }

        output.WriteLine("Skipped: ../shared/specs/slack-manifest-schema-2.0.0.json is not here.");
        return null;
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "M10Bot.sln")))
            {
                folder = folder.Parent.ShouldNotBeNull();
            }

            return folder.FullName;
        }
    }

    private static JsonElement Manifest => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "docs", "slack-manifest.json"))).RootElement;
}
