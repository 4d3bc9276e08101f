using System.Text.Json;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Places;

/// <summary>Lets the title of a forum's post follow the headline, so that none stays in the list that was corrected or withdrawn.</summary>
/// <remarks>Discord takes two new titles of a thread in ten minutes; one of them is kept for what can't wait (<see cref="OwnPace.PlainTitle"/>).</remarks>
internal sealed class PostTitles(DiscordRest rest, Sending sending, TimeProvider time)
{
    public const int Most = 100;

    private const string Unseen = "Whether the title of its post is right will be seen shortly.";
    private const string Remedy = "Put it right by hand, or let the bot see the forum and manage its threads.";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public static string Of(Card card) =>
        DiscordText.Plain(card.Kicker is { } kicker && kicker.State is CardState.Exercise ? $"{kicker.Word}: {card.Headline}" : card.Headline, Most);

    /// <param name="posted">The message shows the card.</param>
    /// <param name="thread">The post.</param>
    /// <param name="card">What it shows.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<PostOutcome.Posted> FollowAsync(PostOutcome.Posted posted, string thread, Card card, CancellationToken ct)
    {
        if (!card.IsRetitled)
        {
            return posted;
        }

        var title = Of(card);
        var seen = await rest.SendAsync(RestCall.GetChannel(thread), ct);
        if (seen is RestReply.Failed unseen)
        {
            return Left(posted, $"Whether the title of its post still shows an earlier headline can't be seen: {DiscordErrors.For(unseen.Error).Why}");
        }

        if (seen is not RestReply.Done done || DiscordJson.Read(done.Body, DiscordJson.Wire.ThreadWire)?.Name is not { } name)
        {
            return posted with { Still = Unseen, Again = time.GetUtcNow() + ((seen as RestReply.NotNow)?.Wait ?? Soon) };
        }

        var now = DiscordText.Plain(name, Most);
        return string.Equals(now, title, StringComparison.Ordinal) ? posted : await ChangeAsync(posted, thread, now, title, card, ct);
    }

    private async Task<PostOutcome.Posted> ChangeAsync(PostOutcome.Posted posted, string thread, string now, string title, Card card, CancellationToken ct)
    {
        var canWait = card.Kicker?.State is not (CardState.Corrected or CardState.Withdrawn);
        var call = RestCall.RenameThread(thread, JsonSerializer.SerializeToUtf8Bytes(new ThreadTitle(title), DiscordJson.Wire.ThreadTitle), canWait);
        return await sending.SendAsync(thread, call, ct) switch
        {
            RestReply.Done => posted,
            RestReply.NotNow later => posted with
            {
                Still = $"The title of its post still reads “{now}” and follows soon: Discord takes two new titles in ten minutes.",
                Again = time.GetUtcNow() + later.Wait,
            },
            RestReply.Failed failed => Left(posted, $"The title of its post still reads “{now}”: {DiscordErrors.For(failed.Error).Why}"),
            _ => posted with { Still = Unseen, Again = time.GetUtcNow() + Soon },
        };
    }

    private static PostOutcome.Posted Left(PostOutcome.Posted posted, string still)
    {
        var told = $"{still} {Remedy}";
        return posted with { Still = told, Flaw = told };
    }
}
