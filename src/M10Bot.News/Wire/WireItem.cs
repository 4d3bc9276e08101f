using M10Bot.News.Articles;

namespace M10Bot.News.Wire;

/// <summary>One item of the wire, understood.</summary>
/// <param name="Article">
/// Its <see cref="Article.Version"/> is 0 where the item names none: whoever files it gives it the next free one.
/// A kill without text has its slug for a headline: the story's own headline stands.
/// </param>
/// <param name="Mark">By what it is known again if it comes a second time.</param>
public sealed record WireItem(Article Article, WireMark Mark);

/// <summary>By what an item is known again.</summary>
public abstract record WireMark
{
    private WireMark()
    {
    }

    /// <param name="Name">As it lay in the folder.</param>
    /// <param name="Hash">SHA-256 of its bytes, in hex: the key of <c>wire_file</c>.</param>
    public sealed record File(string Name, string Hash) : WireMark;

    /// <summary>With the article's source and uri the key of <c>wire_item</c>.</summary>
    /// <param name="Version">As the sender writes it; where it writes none, when it was made, else a hash of what it says.</param>
    /// <param name="Made">Orders versions that are no whole numbers; null where the version does that itself.</param>
    public sealed record Item(string Version, DateTimeOffset? Made) : WireMark;
}

/// <summary>What became of a <see cref="WireItem"/>.</summary>
public abstract record WireResult
{
    private WireResult()
    {
    }

    /// <summary>Filed now; its mark was written in the same transaction.</summary>
    public sealed record Filed(WireRuling Ruling) : WireResult;

    /// <summary>It was here before, or a later version is; nothing was done.</summary>
    /// <param name="Ruling">What was ruled on the newest version of it; null where that is not known.</param>
    public sealed record Repeat(WireRuling? Ruling) : WireResult;

    /// <summary>Cannot be filed as it is.</summary>
    /// <param name="Reason">What is wrong and what to do, in words for the desk.</param>
    public sealed record Refused(string Reason) : WireResult;
}

/// <summary>The desk's ruling in words: <c>new</c>, <c>update</c>, <c>correction</c>, <c>kill</c> or <c>repeat</c>; <c>run</c>, <c>hold</c> or <c>spike</c>.</summary>
/// <param name="Story">Its number, as the commands take it.</param>
/// <param name="Reasons">The deciding one first.</param>
public sealed record WireRuling(long Story, string Change, string Verdict, IReadOnlyList<string> Reasons);

/// <summary>Where the wire's items go.</summary>
/// <remarks>
/// The function files the article and, in the same transaction, adds the mark by <see cref="WireStore.AddAsync"/>;
/// where that answers false it files nothing and returns <see cref="WireResult.Repeat"/>.
/// It lets exceptions out: the item is offered again later.
/// </remarks>
public sealed class WireSink(Func<WireItem, CancellationToken, Task<WireResult>> file)
{
    public Task<WireResult> FileAsync(WireItem item, CancellationToken ct) => file(item, ct);
}
