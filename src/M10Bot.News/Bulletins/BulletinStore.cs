using System.Data.Common;
using Dapper;
using M10Bot.News.Chat;

namespace M10Bot.News.Bulletins;

/// <summary>The tables of bulletins and their versions; every write is part of the desk's transaction.</summary>
internal static class BulletinStore
{
    public static async Task<Bulletin?> OfStoryAsync(DbTransaction tx, long story) =>
        await tx.Connection!.QuerySingleOrDefaultAsync<BulletinRow>(
            "select id as Id, story_id as StoryId, version as Version, state as State from bulletin where story_id = @story", new { story }, tx) is { } row
            ? new Bulletin(row.Id, row.StoryId, row.Version, Enum.Parse<CardState>(row.State, ignoreCase: true))
            : null;

    /// <summary>The card of the newest version; null before the first.</summary>
    public static async Task<Card?> CardAsync(DbTransaction tx, Bulletin bulletin) =>
        await tx.Connection!.QuerySingleOrDefaultAsync<string>(
            "select card from bulletin_version where bulletin_id = @Id and version = @Version", bulletin, tx) is { } json
            ? CardJson.Read(json)
            : null;

    /// <summary>The card by which the story itself was told last, whatever was said of it since.</summary>
    public static async Task<Card?> ToldAsync(DbTransaction tx, Bulletin bulletin) =>
        await tx.Connection!.QueryFirstOrDefaultAsync<string>(
            "select card from bulletin_version where bulletin_id = @Id and state <> 'merged' order by version desc limit 1", bulletin, tx) is { } json
            ? CardJson.Read(json)
            : null;

    /// <summary>Adds the next version, and the bulletin itself with the first.</summary>
    public static async Task<Bulletin> AddVersionAsync(DbTransaction tx, Bulletin? before, long story, Card card, DateTimeOffset now)
    {
        var state = card.Kicker!.State;
        var arguments = new
        {
            story,
            version = card.Version,
            state = state.ToString().ToLowerInvariant(),
            card = CardJson.Write(card),
            now = now.ToUnixTimeMilliseconds(),
        };
        var id = before?.Id ?? await tx.Connection!.ExecuteScalarAsync<long>(
            "insert into bulletin (story_id, version, state, created_ms, changed_ms) values (@story, @version, @state, @now, @now) returning id",
            arguments,
            tx);
        await tx.Connection!.ExecuteAsync(
            "update bulletin set version = @version, state = @state, changed_ms = @now where story_id = @story", arguments, tx);
        await tx.Connection!.ExecuteAsync(
            $"insert into bulletin_version (bulletin_id, version, state, card, created_ms) values ({id}, @version, @state, @card, @now)",
            arguments,
            tx);
        return new Bulletin(id, story, card.Version, state);
    }

    private sealed class BulletinRow
    {
        public long Id { get; init; }

        public long StoryId { get; init; }

        public int Version { get; init; }

        public string State { get; init; } = "";
    }
}
