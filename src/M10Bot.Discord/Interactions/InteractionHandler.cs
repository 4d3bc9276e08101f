using System.Text.Json;
using M10Bot.Discord.Rendering;
using M10Bot.Discord.Rest;
using M10Bot.Discord.Webhooks;
using M10Bot.News.Chat;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Interactions;

/// <summary>Answers interactions: at once where the command is quick, else "in a moment" first. Discord waits 3 s.</summary>
internal sealed partial class InteractionHandler(
    CommandPort commands,
    DiscordRest rest,
    DiscordOptions options,
    ApplicationId application,
    WebhookSeal webhooks,
    TimeProvider time,
    ILogger<InteractionHandler> logger)
{
    private const int MostChoices = 25;
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(2.5);

    // After an answer over HTTP, Discord needs a moment until it knows the message that is to be edited.
    private static readonly TimeSpan NotYetFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NotYetFirst = TimeSpan.FromMilliseconds(100);

    private readonly InteractionReader _reader = new(options, webhooks);
    private readonly SeenIds _seen = new(32_768);
    private readonly Look _look = options.UseComponents ? Look.Components : Look.Classic;

    public async Task HandleAsync(Arrival arrival, CancellationToken ct)
    {
        try
        {
            if (IsToAnswer(arrival))
            {
                await (arrival.Interaction.Type == InteractionWire.Autocomplete ? SuggestAsync(arrival, ct) : AnswerAsync(arrival, ct));
            }
        }
        finally
        {
            arrival.First?.TrySetResult([]);
        }
    }

    private bool IsToAnswer(Arrival arrival)
    {
        var interaction = arrival.Interaction;
        if (interaction.Type is not (InteractionWire.Command or InteractionWire.Component or InteractionWire.ModalSubmit or InteractionWire.Autocomplete)
            || !Snowflake.TryParse(interaction.Id, out var id)
            || interaction.Token is not { Length: > 0 }
            || !_seen.Add(id))
        {
            return false;
        }

        // A resume brings interactions again that nobody can answer any more. Over HTTP each comes once, as it happens.
        var age = arrival.First is null ? time.GetUtcNow() - Snowflake.TimeOf(id) : TimeSpan.Zero;
        if (age > TooOld || time.GetElapsedTime(arrival.At) > TooOld)
        {
            LogTooOld(logger, interaction.Id!, age);
            return false;
        }

        return true;
    }

    private async Task AnswerAsync(Arrival arrival, CancellationToken ct)
    {
        var interaction = arrival.Interaction;
        if (_reader.Read(interaction) is not { } request)
        {
            await ReplyAsync(arrival, Say(interaction.Locale, "This button is no longer in use.", "Ask for the story again with /latest."), ct);
            return;
        }

        using var timeout = new CancellationTokenSource(options.CommandTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        var work = RunAsync(request, both.Token);
        var patience = options.AnswerWithin - time.GetElapsedTime(arrival.At);
        if (await IsDoneAsync(work, patience, ct))
        {
            await ReplyAsync(arrival, await work, ct);
            return;
        }

        var deferral = IsForm(interaction)
            ? new CallbackWire(CallbackWire.DeferredUpdate, Data: null)
            : new CallbackWire(CallbackWire.Deferred, new MessagePost { Flags = MessageFlags.Ephemeral });
        if (await CallBackAsync(arrival, Bytes(deferral), ct) is ErrorAct.Abandon)
        {
            await timeout.CancelAsync();
            await work;
            return;
        }

        await ReplyLateAsync(interaction, await work, ct);
    }

    private async Task<bool> IsDoneAsync(Task work, TimeSpan patience, CancellationToken ct)
    {
        if (!work.IsCompleted && patience > TimeSpan.Zero)
        {
            try
            {
                await work.WaitAsync(patience, time, ct);
            }
            catch (TimeoutException)
            {
                // Put off, then.
            }
        }

        return work.IsCompleted;
    }

    private async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        try
        {
            return await commands.RunAsync(request, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Say(request.Locale, "This took too long.", "Try again in a minute.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogCommandFailed(logger, e, request.Command);
            return Say(request.Locale, "That did not work.", "Try again in a minute; if it stays so, tell an admin of this server.");
        }
    }

    private static CommandReply Say(string? locale, string headline, params string[] lines) => CardTexts.In(CommandReply.Say(headline, lines), Texts.LanguageOf(locale));

    // A form stays one message: each answer draws it anew, and its end takes its place.
    private static bool IsForm(InteractionWire interaction) =>
        interaction.Type is InteractionWire.Component or InteractionWire.ModalSubmit && FormIds.IsOne(interaction.Data?.CustomId);

    private async Task ReplyAsync(Arrival arrival, CommandReply reply, CancellationToken ct)
    {
        var interaction = arrival.Interaction;
        if (reply.Form is { } form && FormIds.OpensTexts(interaction.Data?.CustomId) && FormRenderer.Modal(form) is { } modal)
        {
            await CallBackAsync(arrival, JsonSerializer.SerializeToUtf8Bytes(new OpenModalWire(modal), DiscordJson.Wire.OpenModalWire), ct);
            return;
        }

        switch (await CallBackAsync(arrival, Bytes(Answer(interaction, reply, _look)), ct))
        {
            case ErrorAct.Plainer:
                await CallBackAsync(arrival, Bytes(Answer(interaction, reply, Look.Plain)), ct);
                break;
            case ErrorAct.EditInstead:
                await ReplyLateAsync(interaction, reply, ct);
                break;
            default:
                break;
        }
    }

    private static CallbackWire Answer(InteractionWire interaction, CommandReply reply, Look look)
    {
        var rendering = CardRenderer.Render(reply, look);
        return IsForm(interaction)
            ? new CallbackWire(CallbackWire.Update, rendering.ToUpdate())
            : new CallbackWire(CallbackWire.Message, rendering.ToPost(isPrivate: !reply.IsPublic));
    }

    // Whether the answer is private was decided when it was put off, so a public one follows as a message of its own.
    private async Task ReplyLateAsync(InteractionWire interaction, CommandReply reply, CancellationToken ct)
    {
        if ((interaction.ApplicationId ?? application.Value) is not { } app || !Snowflake.IsValid(app))
        {
            return;
        }

        var first = reply.IsPublic ? Say(interaction.Locale, "The answer is in the channel.") : reply;
        var edit = CardRenderer.Render(first, _look).ToEdit(isPrivate: true);
        var body = JsonSerializer.SerializeToUtf8Bytes(edit, DiscordJson.Wire.MessageEdit);
        Judge(interaction, await SendLateAsync(RestCall.EditOriginal(app, interaction.Id!, interaction.Token!, body), ct));
        if (reply.IsPublic)
        {
            var post = JsonSerializer.SerializeToUtf8Bytes(CardRenderer.Render(reply.Card, _look).ToPost(), DiscordJson.Wire.MessagePost);
            Judge(interaction, await SendLateAsync(RestCall.FollowUp(app, interaction.Id!, interaction.Token!, post), ct));
        }
    }

    private async Task<RestReply> SendLateAsync(RestCall call, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        for (var wait = NotYetFirst; ; wait *= 2)
        {
            var reply = await rest.SendAsync(call, ct);
            if (reply is not RestReply.Failed failed
                || DiscordErrors.For(failed.Error, isInteraction: true).Act != ErrorAct.NotYet
                || time.GetElapsedTime(began) + wait > NotYetFor)
            {
                return reply;
            }

            await Task.Delay(wait, time, ct);
        }
    }

    private async Task SuggestAsync(Arrival arrival, CancellationToken ct)
    {
        var interaction = arrival.Interaction;
        IReadOnlyList<Suggestion> suggestions = [];
        if (_reader.Read(interaction) is { } request && InteractionReader.Focused(interaction) is var (option, typed))
        {
            using var timeout = new CancellationTokenSource(options.AnswerWithin, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
            try
            {
                suggestions = await commands.SuggestAsync(request, option, typed, both.Token).WaitAsync(options.AnswerWithin, time, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                LogSuggestFailed(logger, e.GetType().Name, request.Command, time.GetElapsedTime(arrival.At));
            }
        }

        var choices = suggestions
            .Where(s => DiscordText.Length(s.Value) is >= 1 and <= 100)
            .Select(s => new ChoiceWire(DiscordText.Plain(s.Name, 100), s.Value))
            .Where(c => c.Name.Length > 0)
            .Take(MostChoices);
        await CallBackAsync(arrival, JsonSerializer.SerializeToUtf8Bytes(new SuggestWire(new([.. choices])), DiscordJson.Wire.SuggestWire), ct);
    }

    /// <summary>Gives the first answer; one that was not seen to arrive is given again, and "answered already" is then the proof.</summary>
    private async Task<ErrorAct?> CallBackAsync(Arrival arrival, byte[] body, CancellationToken ct)
    {
        var interaction = arrival.Interaction;
        if (arrival.First is { } first)
        {
            if (first.TrySetResult(body))
            {
                return null;
            }

            LogUnanswered(logger, interaction.Id!, "its HTTP request has ended");
            return ErrorAct.Abandon;
        }

        var call = RestCall.Callback(interaction.Id!, interaction.Token!, body);
        var reply = await rest.SendAsync(call, ct);
        if (reply is not RestReply.Unseen)
        {
            return Judge(interaction, reply);
        }

        reply = await rest.SendAsync(call, ct);
        return reply is RestReply.Failed failed && DiscordErrors.For(failed.Error, isInteraction: true).Act == ErrorAct.EditInstead ? null : Judge(interaction, reply);
    }

    private ErrorAct? Judge(InteractionWire interaction, RestReply reply)
    {
        switch (reply)
        {
            case RestReply.Done:
                return null;
            case RestReply.Failed failed:
                var ruling = DiscordErrors.For(failed.Error, isInteraction: true);
                LogUnanswered(logger, interaction.Id!, ruling.Why);
                return ruling.Act;
            case RestReply.NotNow notNow:
                LogUnanswered(logger, interaction.Id!, notNow.Why);
                return ErrorAct.Wait;
            case RestReply.Unseen unseen:
                LogUnanswered(logger, interaction.Id!, unseen.Why);
                return ErrorAct.Retry;
            default:
                throw new InvalidOperationException("RestReply is closed.");
        }
    }

    private static byte[] Bytes(CallbackWire callback) => JsonSerializer.SerializeToUtf8Bytes(callback, DiscordJson.Wire.CallbackWire);

    [LoggerMessage(LogLevel.Information, "Interaction {Id} is {Age} old and can't be answered any more; if all are, set this machine's clock right")]
    private static partial void LogTooOld(ILogger logger, string id, TimeSpan age);

    [LoggerMessage(LogLevel.Error, "The command {Command} failed")]
    private static partial void LogCommandFailed(ILogger logger, Exception e, string command);

    [LoggerMessage(LogLevel.Warning, "No suggestions for {Command} after {Elapsed}: {Kind}")]
    private static partial void LogSuggestFailed(ILogger logger, string kind, string command, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Warning, "Interaction {Id} was not answered as wanted: {Why}")]
    private static partial void LogUnanswered(ILogger logger, string id, string why);
}
