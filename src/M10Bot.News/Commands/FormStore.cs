using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using M10Bot.News.Chat;
using M10Bot.News.Storage;

namespace M10Bot.News.Commands;

/// <summary>The forms that are being filled in.</summary>
public sealed class FormStore(Database database, TimeProvider time)
{
    /// <summary>After this a form that was sent and never ended may be sent again: whoever carried it out is gone.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    /// <summary>Keeps a new form, and forgets those whose time is over.</summary>
    /// <returns>Its key.</returns>
    internal async Task<string> OpenAsync(CommandRequest request, string command, FormAnswers answers, CancellationToken ct)
    {
        var key = Guid.NewGuid().ToString("N");
        var now = time.GetUtcNow();
        var row = new
        {
            key,
            platform = request.Platform.ToString().ToLowerInvariant(),
            request.Workspace,
            request.Channel,
            isDirect = request.IsDirect ? 1 : 0,
            person = request.Caller.Id,
            command,
            answers = FormAnswers.Write(answers),
            expires = (now + Form.Lifetime).ToUnixTimeMilliseconds(),
            now = now.ToUnixTimeMilliseconds(),
        };
        await database.WriteAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(Sql.In(transaction, "delete from form where expires_ms < @now", row, ct));
                await transaction.Connection!.ExecuteAsync(Sql.In(
                    transaction,
                    """
                    insert into form (form_key, platform, workspace, channel, is_direct, person, command, answers, expires_ms)
                    values (@key, @platform, @Workspace, @Channel, @isDirect, @person, @command, @answers, @expires)
                    """,
                    row,
                    ct));
            },
            ct);
        return key;
    }

    /// <summary>Adds answers to a form; with <paramref name="isSent"/> it is this caller's to carry out, unless <see cref="KeptForm.IsUnderWay"/>.</summary>
    /// <returns>Null where there is no such form for this person, or no longer.</returns>
    internal Task<KeptForm?> AnswerAsync(CommandRequest request, string key, FormAnswers more, bool isSent, CancellationToken ct) =>
        database.WriteAsync(
            async transaction =>
            {
                var now = time.GetUtcNow();
                var row = await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(Sql.In(
                    transaction,
                    $"""
                    select channel as Channel, is_direct as IsDirect, command as Command, answers as Answers, sent_ms as SentMs, ended as Ended
                    from form
                    where form_key = @key and platform = @platform and person = @person and workspace = @Workspace and expires_ms >= @now
                    {database.Dialect.ForUpdate}
                    """,
                    new { key, platform = request.Platform.ToString().ToLowerInvariant(), person = request.Caller.Id, request.Workspace, now = now.ToUnixTimeMilliseconds() },
                    ct));
                if (row is null)
                {
                    return null;
                }

                var isUnderWay = row.SentMs is { } sent && DateTimeOffset.FromUnixTimeMilliseconds(sent) + LongestRun > now;
                var answers = FormAnswers.Read(row.Answers);
                if (row.Ended is null && !isUnderWay)
                {
                    answers = answers.With(more);
                    await transaction.Connection!.ExecuteAsync(Sql.In(
                        transaction,
                        "update form set answers = @answers, sent_ms = @sent where form_key = @key",
                        new { key, answers = FormAnswers.Write(answers), sent = isSent ? now.ToUnixTimeMilliseconds() : (long?)null },
                        ct));
                }

                return new KeptForm(row.Channel, row.IsDirect != 0, row.Command, answers, isUnderWay, row.Ended is null ? null : CardJson.Read(row.Ended));
            },
            ct);

    /// <summary>What came of sending it: the card that ends it, or null where it is open again.</summary>
    internal Task EndAsync(string key, Card? card, CancellationToken ct) =>
        database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(Sql.In(
                transaction, "update form set sent_ms = null, ended = @ended where form_key = @key", new { key, ended = card is null ? null : CardJson.Write(card) }, ct)),
            ct);

    private sealed class Row
    {
        public string Channel { get; init; } = "";

        public int IsDirect { get; init; }

        public string Command { get; init; } = "";

        public string Answers { get; init; } = "";

        public long? SentMs { get; init; }

        public string? Ended { get; init; }
    }
}

/// <param name="IsUnderWay">Somebody has sent it and it is being carried out.</param>
/// <param name="Ended">What ended it; null while it is open.</param>
internal sealed record KeptForm(string Channel, bool IsDirect, string Command, FormAnswers Answers, bool IsUnderWay, Card? Ended);

/// <summary>What was answered so far, and what the platform told of the channels among it.</summary>
internal sealed record FormAnswers(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, ChannelSight> Channels)
{
    /// <summary>The later answer counts; an empty one takes the earlier away.</summary>
    public FormAnswers With(FormAnswers more)
    {
        var values = new Dictionary<string, string>(Values, StringComparer.Ordinal);
        foreach (var (name, value) in more.Values)
        {
            values[name] = value;
        }

        var channels = new Dictionary<string, ChannelSight>(Channels, StringComparer.Ordinal);
        foreach (var (id, sight) in more.Channels)
        {
            channels[id] = sight;
        }

        return new FormAnswers(
            values.Where(v => v.Value.Length > 0).ToDictionary(StringComparer.Ordinal),
            channels.Where(c => values.ContainsValue(c.Key)).ToDictionary(StringComparer.Ordinal));
    }

    public static string Write(FormAnswers answers) => JsonSerializer.Serialize(answers, FormJsonContext.Default.FormAnswers);

    public static FormAnswers Read(string json) =>
        JsonSerializer.Deserialize(json, FormJsonContext.Default.FormAnswers) ?? throw new JsonException("A form's answers were kept as null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FormAnswers))]
internal sealed partial class FormJsonContext : JsonSerializerContext;
