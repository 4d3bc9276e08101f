using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace M10Bot.Llm;

/// <summary>The one door of this project.</summary>
public static class LlmRegistration
{
    /// <summary>Lets a language model write summaries where the section <c>Llm</c> has an endpoint.</summary>
    /// <remarks>Without one nothing of the clients is loaded: their types are named in <see cref="LlmClient"/> and behind it only.</remarks>
    public static IServiceCollection AddLlm(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Llm");
        services.AddOptions<LlmOptions>().Bind(section, o => o.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LlmOptions>, LlmOptionsRanges>();
        services.AddSingleton<IValidateOptions<LlmOptions>, LlmOptionsRules>();
        return string.IsNullOrEmpty(section["Endpoint"])
            ? services
            : services
                .AddSingleton(p => new LlmClient(p.GetRequiredService<IOptions<LlmOptions>>(), p.GetRequiredService<TimeProvider>()))
                .AddSingleton(p => p.GetRequiredService<LlmClient>().Machine);
    }
}
