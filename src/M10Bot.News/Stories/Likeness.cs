using System.Runtime.InteropServices;

namespace M10Bot.News.Stories;

/// <summary>The story that an article is nearest to.</summary>
/// <param name="Part">The story's part; 0 where none is near.</param>
/// <param name="Score">Containment for a copy or a revision, else likeness; 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Likeness(StoryPart Part, double Score, LikenessKind Kind)
{
    public long Story => Part.Story;
}

internal enum LikenessKind
{
    None,

    /// <summary>Too near to be pushed as another story, not near enough to be the same.</summary>
    Grey,

    Same,

    Revision,

    Copy,
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoryMove(long Article, StoryPart From, StoryPart To);

/// <summary>The articles of a story that were matched to one another. A story has one part, and one more for each that an editor put into it.</summary>
/// <remarks>An average over all of two stories that are unlike would be like neither: what is like a part comes to its story.</remarks>
/// <param name="Part">The number that the story had while it stood on its own.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoryPart(long Story, long Part)
{
    public static StoryPart Of(long story, long? part = null) => new(story, part ?? story);
}
