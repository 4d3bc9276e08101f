using System.Data.Common;
using M10Bot.News.Articles;

namespace M10Bot.News.Feeds;

/// <summary>Where the feeds' articles go.</summary>
/// <remarks>
/// The function files the article and calls <c>known</c> in the same transaction, which writes down that the entry was seen: killed
/// in between, an entry is neither lost nor filed twice. It lets exceptions out: the entry is offered again with the next poll.
/// </remarks>
public sealed class FeedSink(Func<Article, Func<DbTransaction, Task<bool>>, CancellationToken, Task> file)
{
    public Task FileAsync(Article article, Func<DbTransaction, Task<bool>> known, CancellationToken ct) => file(article, known, ct);
}
