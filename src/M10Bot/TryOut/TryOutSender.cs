using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace M10Bot.TryOut;

/// <summary>Lets whoever sits at this machine push to the trial's wire: a secret of this start alone, in a file that only they can read.</summary>
internal static class TryOutSender
{
    private const string SecretFile = "wire-secret";

    /// <summary>Does nothing where no door is open, or senders are set.</summary>
    public static void Open(ConfigurationManager configuration, string folder)
    {
        var path = Path.Combine(folder, SecretFile);
        File.Delete(path);
        if (string.IsNullOrWhiteSpace(configuration["Web:Address"]) || configuration.GetSection("Wire:Senders").GetChildren().Any())
        {
            return;
        }

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var form = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            form.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(path, form))
        {
            file.Write(secret);
        }

        configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Wire:Senders:0:Name"] = "desk",
            ["Wire:Senders:0:Source"] = "M10News",
            ["Wire:Senders:0:Secrets:0"] = secret,
        });
    }
}
