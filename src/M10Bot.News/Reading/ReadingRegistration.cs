using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Reading;

public static class ReadingRegistration
{
    /// <summary>The reader, the catalogue of Topics that ships with M10Bot, and the topics that the newsroom taught.</summary>
    public static IServiceCollection AddReading(this IServiceCollection services)
    {
        services.AddOptions<ReadingOptions>()
            .BindConfiguration("Reading", binder => binder.ErrorOnUnknownConfiguration = true)
            .Validate(
                options => TopicModelFile.Fault(options.ModelFile) is null,
                "Reading:ModelFile is no model that can be used. Train it again (m10bot topics train FILE --use), or take the file away.")
            .ValidateOnStart();
        return services
            .AddSingleton(TopicCatalogue.Default)
            .AddSingleton(provider => new ArticleReader(TopicModelFile.Load(provider.GetRequiredService<IOptions<ReadingOptions>>().Value.ModelFile)));
    }
}
