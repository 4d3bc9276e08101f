using M10Bot.News.Articles;

namespace M10Bot.News.Wire;

/// <summary>One file of the wire, understood.</summary>
/// <param name="Article">
/// Its <see cref="Article.Version"/> is 0 where the file names none: whoever files it gives it the next free one.
/// A kill without text has its slug for a headline: the story's own headline stands.
/// </param>
/// <param name="FileName">As it lay in the folder.</param>
/// <param name="Hash">SHA-256 of its bytes, in hex: the key of <c>wire_file</c>.</param>
public sealed record WireItem(Article Article, string FileName, string Hash);

/// <summary>What became of a <see cref="WireItem"/>.</summary>
public abstract record WireResult
{
    private WireResult()
    {
    }

    /// <summary>Filed now; the hash was written in the same transaction.</summary>
    public sealed record Filed : WireResult;

    /// <summary>The same bytes were filed before; nothing was done.</summary>
    public sealed record Repeat : WireResult;

    /// <summary>Cannot be filed as it is.</summary>
    /// <param name="Reason">What is wrong and what to do, in words for the desk.</param>
    public sealed record Refused(string Reason) : WireResult;
}

/// <summary>Where the wire's items go.</summary>
/// <remarks>
/// The function files the article and, in the same transaction, adds the hash by <see cref="WireStore.AddAsync"/>;
/// where that answers false it files nothing and returns <see cref="WireResult.Repeat"/>.
/// It lets exceptions out: the item is offered again later.
/// </remarks>
public sealed class WireSink(Func<WireItem, CancellationToken, Task<WireResult>> file)
{
    public Task<WireResult> FileAsync(WireItem item, CancellationToken ct) => file(item, ct);
}
