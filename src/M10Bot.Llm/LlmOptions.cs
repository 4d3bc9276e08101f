using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace M10Bot.Llm;

/// <summary>Section <c>Llm</c>. Without an endpoint no model is asked, and nothing of this project's packages is loaded.</summary>
public sealed class LlmOptions
{
    /// <summary>Where the model is: <c>http://127.0.0.1:11434/v1</c>, <c>https://api.openai.com/v1</c>, <c>https://api.anthropic.com</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>How it is spoken to: <c>OpenAI</c> (chat completions, as local servers have them too) or <c>Anthropic</c> (messages).</summary>
    public LlmApi Api { get; set; } = LlmApi.OpenAI;

    /// <summary>The model's name at that endpoint.</summary>
    public string Model { get; set; } = "";

    /// <summary>Secret. The endpoint's key; a local server may need none.</summary>
    public string Key { get; set; } = "";

    /// <summary>How long an answer may take; no card waits for it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Articles it is asked about in an hour at most, by all replicas together.</summary>
    [Range(1, 100_000)]
    public int RequestsPerHour { get; set; } = 60;

    /// <summary>The same in 24 hours.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerDay { get; set; } = 600;

    /// <summary>Tokens it may read and write in an hour; what a request may need is set aside before it is made.</summary>
    [Range(5_000, 100_000_000)]
    public int TokensPerHour { get; set; } = 200_000;

    /// <summary>The same in 24 hours.</summary>
    [Range(5_000, 1_000_000_000)]
    public int TokensPerDay { get; set; } = 2_000_000;
}

public enum LlmApi
{
    OpenAI,
    Anthropic,
}

[OptionsValidator]
internal sealed partial class LlmOptionsRanges : IValidateOptions<LlmOptions>;

/// <summary>What ranges can't say: half a configuration is a mistake, and is named.</summary>
internal sealed class LlmOptionsRules : IValidateOptions<LlmOptions>
{
    public ValidateOptionsResult Validate(string? name, LlmOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(LlmOptions options)
    {
        if (options.Endpoint.Length == 0)
        {
            if (options.Model.Length > 0 || options.Key.Length > 0)
            {
                yield return "Llm:Endpoint is missing: where is the model? Give its address, or take Llm:Model and Llm:Key away.";
            }

            yield break;
        }

        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.UserInfo.Length > 0)
        {
            yield return "Llm:Endpoint is no address: write https://…, without a name or password in it.";
            yield break;
        }

        if (options.Model.Length == 0)
        {
            yield return "Llm:Model is missing: which model at Llm:Endpoint shall be asked?";
        }

        if (options.Key.Length == 0 && (options.Api == LlmApi.Anthropic || endpoint.Host is "api.openai.com"))
        {
            yield return $"Llm:Key is missing: {endpoint.Host} takes no request without one.";
        }

        if (options.Key.Any(c => c is <= ' ' or > '~'))
        {
            yield return "Llm:Key holds a space, a line break or a letter that no key has. Copy it again.";
        }

        if (options.Key.Length > 0 && endpoint.Scheme == "http" && !endpoint.IsLoopback)
        {
            yield return "Llm:Endpoint is http, and Llm:Key would travel in the clear: write https, or take the key away.";
        }
    }
}
