using M10Bot.News.Chat;

namespace M10Bot.News.Bulletins;

/// <summary>The platform-neutral message about one story, in versions; one per story, for good.</summary>
/// <param name="Version">1 and up; the newest is what every destination shall show.</param>
/// <param name="State">What the kicker of that version says.</param>
public sealed record Bulletin(long Id, long StoryId, int Version, CardState State);
