using M10Bot.News.Articles;
using M10Bot.News.Reading;

namespace M10Bot.News.Wire;

/// <summary>What <see cref="WireText"/> makes of a text.</summary>
public abstract record WireReading
{
    private WireReading()
    {
    }

    /// <param name="Article">Version 0 where the text names none.</param>
    public sealed record Accepted(Article Article) : WireReading;

    /// <param name="Reason">What is wrong and what to do, in words for the desk.</param>
    public sealed record Refused(string Reason) : WireReading;
}

/// <summary>What a text does not say of itself.</summary>
/// <param name="Source">The Source it is filed under.</param>
/// <param name="Language">Its language where it names none.</param>
/// <param name="Received">Its time where it names none.</param>
/// <param name="Topics">Resolves the words of a <c>Topics:</c> line.</param>
public sealed record WireContext(string Source, string Language, DateTimeOffset Received, TopicCatalogue Topics);
