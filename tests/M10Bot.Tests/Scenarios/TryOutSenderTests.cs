using M10Bot.TryOut;
using Microsoft.Extensions.Configuration;

namespace M10Bot.Tests.Scenarios;

/// <summary>Who tries the bot out can push to its wire, if they open a door.</summary>
public sealed class TryOutSenderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("m10bot-test-");

    private string Secret => Path.Combine(_folder.FullName, "wire-secret");

    [Fact]
    public void With_a_door_the_secret_of_this_start_lies_in_a_file_of_its_own()
    {
        var settings = Settings(("Web:Address", "http://127.0.0.1:8080"));

        TryOutSender.Open(settings, _folder.FullName);
        var first = File.ReadAllText(Secret);
        first.Length.ShouldBe(64);
        settings["Wire:Senders:0:Secrets:0"].ShouldBe(first);
        TryOutSender.Open(Settings(("Web:Address", "http://127.0.0.1:8080")), _folder.FullName);
        (File.ReadAllText(Secret) == first).ShouldBeFalse();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Secret).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Without_a_door_or_with_senders_of_ones_own_nothing_is_made()
    {
        TryOutSender.Open(Settings(), _folder.FullName);
        var own = Settings(("Web:Address", "http://127.0.0.1:8080"), ("Wire:Senders:0:Name", "mine"));
        TryOutSender.Open(own, _folder.FullName);

        File.Exists(Secret).ShouldBeFalse();
        own["Wire:Senders:0:Secrets:0"].ShouldBeNull();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static ConfigurationManager Settings(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        return configuration;
    }
}
