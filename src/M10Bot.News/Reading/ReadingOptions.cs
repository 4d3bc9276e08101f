namespace M10Bot.News.Reading;

/// <summary>Section <c>Reading</c>.</summary>
public sealed class ReadingOptions
{
    /// <summary>Topics that the newsroom taught (<c>m10bot topics train</c>); absent until then.</summary>
    public string ModelFile { get; set; } = "data/topics.model";
}
