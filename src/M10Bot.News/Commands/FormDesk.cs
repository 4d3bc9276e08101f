using M10Bot.News.Chat;

namespace M10Bot.News.Commands;

/// <summary>Keeps forms open between a person's answers, and runs the command behind them.</summary>
internal sealed class FormDesk(FormStore store)
{
    private const int MostAnswers = 10;

    public static bool IsAnswer(CommandRequest request) => string.Equals(request.Command, Form.AnswerCommand, StringComparison.Ordinal);

    /// <summary>A button that runs a command with words that no button has room for: they are kept as a form's answers are, for as long.</summary>
    public static async Task<CardAction> ButtonAsync(
        FormStore store, CommandRequest request, string label, IReadOnlyDictionary<string, string> arguments, CancellationToken ct)
    {
        var key = await store.OpenAsync(request, request.Command, new FormAnswers(arguments, request.Channels), ct);
        return Wording.Button(label, Form.AnswerCommand, (Form.KeyArgument, key), (Form.SendArgument, "yes"));
    }

    /// <summary>A reply that asks for something gets the key under which the answers will come.</summary>
    public async Task<CommandReply> KeepAsync(CommandRequest request, CommandReply reply, CancellationToken ct) => reply.Form is { } form
        ? reply with { Form = form with { Key = await store.OpenAsync(request, form.Command, new FormAnswers(request.Arguments, request.Channels), ct) } }
        : reply;

    /// <param name="run">Runs the command behind the form.</param>
    public async Task<CommandReply> AnswerAsync(
        CommandRequest request, Func<CommandRequest, CancellationToken, Task<CommandReply>> run, CancellationToken ct)
    {
        var key = request.Arguments.GetValueOrDefault(Form.KeyArgument, "");
        var isSent = request.Arguments.ContainsKey(Form.SendArgument);
        var more = request.Arguments.Where(a => a.Key is not (Form.KeyArgument or Form.SendArgument)).Take(MostAnswers);
        var kept = await store.AnswerAsync(request, key, new FormAnswers(more.ToDictionary(StringComparer.Ordinal), request.Channels), isSent, ct);
        if (kept is null && request.Arguments.GetValueOrDefault(Form.SendArgument) is KeptOrders.Undo)
        {
            return UndoCommand.Expired();
        }

        if (kept is null)
        {
            return Wording.Answer(
                "This form is no longer open", "Forms take answers for an hour, from whoever opened them. Give the command again.", Wording.Button("Help", "help"));
        }

        if (kept.Ended is { } card)
        {
            return new CommandReply(card);
        }

        if (kept.IsUnderWay)
        {
            return Wording.Answer("This form is sent already", "It is being carried out; press once more in a minute if nothing comes.");
        }

        var asked = request with
        {
            Channel = kept.Channel,
            IsDirect = kept.IsDirect,
            Command = kept.Command,
            Arguments = kept.Answers.Values,
            Channels = kept.Answers.Channels,
            Step = isSent ? FormStep.Sent : FormStep.Filling,
        };
        var reply = await run(asked, ct);
        if (isSent)
        {
            await store.EndAsync(key, reply.Form is null ? reply.Ended ?? reply.Card : null, ct);
        }

        return reply.Form is { } form ? reply with { Form = form with { Key = key } } : reply;
    }
}
