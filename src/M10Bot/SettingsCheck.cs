using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace M10Bot;

/// <summary>Settings that cannot be used; the message names the key and says what to do.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>Finds sections that nobody reads: a misspelt section would otherwise be a silent default.</summary>
internal static partial class SettingsCheck
{
    private static readonly string[] Sections = ["Discord", "Slack", "Storage", "Cluster", "Deliveries", "Retention", "Reading", "Llm", "Wire", "Feeds", "Web", "TryOut", "Logging"];

    /// <exception cref="SettingsException">A section is unknown.</exception>
    public static void Run(IConfigurationRoot configuration)
    {
        foreach (var provider in configuration.Providers)
        {
            var foreign = provider.GetChildKeys([], null)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(key => IsOurs(provider, key) && !Sections.Contains(key, StringComparer.OrdinalIgnoreCase));
            if (foreign.FirstOrDefault() is { } key)
            {
                throw new SettingsException($"There is no setting \"{key}\". The sections are {string.Join(", ", Sections)}; see appsettings.json for every key.");
            }
        }
    }

    /// <summary>The binder names the key between quotes; readers get that and the remedy. Null for what the binder did not say.</summary>
    public static string? Explain(string binderMessage)
    {
        if (binderMessage.StartsWith("Failed to convert configuration value", StringComparison.Ordinal))
        {
            return $"{binderMessage} See appsettings.json for what it takes.";
        }

        if (!binderMessage.Contains("ErrorOnUnknownConfiguration", StringComparison.Ordinal))
        {
            return null;
        }

        var keys = QuotedKey().Matches(binderMessage).Select(m => m.Groups["key"].Value).Where(k => k != "ErrorOnUnknownConfiguration");
        var section = OptionsType().Match(binderMessage) is { Success: true } type ? type.Groups["name"].Value switch
        {
            "Delivery" => "Deliveries:",
            var name => $"{name}:",
        } : "";
        return $"There is no setting {string.Join(", ", keys.Select(k => $"\"{section}{k}\""))}; see appsettings.json for every key.";
    }

    // Of the environment only what looks like a section of ours misspelt is ours to judge.
    private static bool IsOurs(IConfigurationProvider provider, string key) => provider switch
    {
        JsonConfigurationProvider or CommandLineConfigurationProvider => true,
        EnvironmentVariablesConfigurationProvider => provider.GetChildKeys([], key).Any()
            && Sections.Any(s => s.Length == key.Length && s.Zip(key).Count(p => char.ToUpperInvariant(p.First) != char.ToUpperInvariant(p.Second)) is 1 or 2),
        _ => false,
    };

    [GeneratedRegex(@"instance of [\w.]*?(?<name>\w+?)Options\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex OptionsType();

    [GeneratedRegex("'(?<key>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex QuotedKey();
}
