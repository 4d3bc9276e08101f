using M10Bot.News.Articles;

namespace M10Bot.News.Reading;

/// <summary>What an article says in short, and what it is about.</summary>
/// <param name="Summary">Its own sentences.</param>
/// <param name="Topics">The publisher's own first, then the strongest.</param>
/// <param name="Language">BCP 47: what the text shows, else what the publisher says.</param>
public sealed record ArticleReading(Summary Summary, IReadOnlyList<TopicMatch> Topics, string Language);

/// <summary>An article in its own words: every sentence stands in it letter by letter.</summary>
/// <param name="OneSentence">At most 35 words where the article has such a sentence; the headline where there is no text.</param>
/// <param name="Points">Up to three sentences, at most 75 words in all, in the article's order.</param>
/// <param name="Paragraph">Up to three sentences, at most 90 words in all, in the article's order.</param>
/// <param name="IsLead">Simply the first sentences: the language has no rules here, or there was nothing to choose from.</param>
public sealed record Summary(string OneSentence, IReadOnlyList<string> Points, IReadOnlyList<string> Paragraph, bool IsLead);
