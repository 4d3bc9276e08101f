using M10Bot.News.Chat;
using M10Bot.News.Commands;
using M10Bot.Slack.Rendering;
using M10Bot.Slack.SocketMode;
using M10Bot.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace M10Bot.Slack.Requests;

/// <summary>Pressed buttons, picks, what is typed into a select, and the shortcut under a message.</summary>
internal sealed partial class SlackActions(
    SlackCommands commands, SlackReplies replies, SlackHome home, SlackOptions options, TimeProvider time, ILogger<SlackActions> logger)
{
    /// <summary>As the manifest names it.</summary>
    public const string Summarise = "m10.summarise";

    /// <inheritdoc cref="Summarise"/>
    public const string IntoThread = "m10.thread";

    private const string OpenForm = "Fill in the form";
    private const int LongestShared = 300;
    private const int OptionLimit = 75;
    private const int MostOptions = 100;

    public static CommandReply OldButton { get; } = CommandReply.Say(
        "This button no longer works",
        "Type the command instead; /m10 help lists them all.");

    /// <summary>What to offer for what is typed so far; answered from memory, within a second.</summary>
    public async Task<OptionList> SuggestAsync(string team, Interaction typed, CancellationToken ct)
    {
        if (typed.User?.Id is not { } user || !ButtonIds.IsPick(typed.ActionId, out var command, out var option))
        {
            return new OptionList([]);
        }

        var who = new Asker(team, user, typed.Channel?.Id ?? typed.Container?.ChannelId ?? "");
        var found = await commands.SuggestAsync(who, command, option, typed.Value ?? "", ct);
        return new OptionList(
            [.. found.Where(s => s.Value.Length <= OptionLimit).Take(MostOptions).Select(s => new SelectOption(new PlainText(SlackText.Label(s.Name, OptionLimit)), s.Value))]);
    }

    /// <summary>Runs what was pressed or picked, and answers beside the message, in the modal, or in a new one.</summary>
    public async Task PressAsync(string team, Interaction pressed, CancellationToken ct)
    {
        var action = pressed.Actions?.FirstOrDefault(a => ButtonIds.IsOurs(a.ActionId) && ValueOf(a) is { Length: > 0 and <= BlockList.ValueLimit });
        if (action is null || pressed.User?.Id is not { } user)
        {
            return; // a link button: the client has opened it already
        }

        var call = CallOf(action);
        if (call is null)
        {
            LogStrangeButton(logger);
        }

        var who = new Asker(team, user, pressed.Channel?.Id ?? pressed.Container?.ChannelId ?? "");
        Task<CommandReply> RunAsync() => call is null ? Task.FromResult(OldButton) : commands.RunAsync(who, call, ct);
        if (pressed.View is not { Id: { } viewId } view)
        {
            var reply = await RunAsync();
            if (!await AskAsync(team, pressed.TriggerId, reply, who.Channel, ct))
            {
                await replies.RespondAsync(pressed.ResponseUrl, SlackReplies.Beside(reply), ct);
            }

            return;
        }

        if (string.Equals(view.Type, "modal", StringComparison.Ordinal))
        {
            await replies.UpdateAsync(team, viewId, ViewRenderer.Of(await RunAsync(), who.Channel), ct);
            return;
        }

        await ShowAsync(team, pressed.TriggerId, RunAsync(), ct);
        await home.PublishAsync(team, user, ct);
    }

    /// <summary>The card of a reply that asks for something, where no form can be drawn: a button opens it, for a press brings what a modal needs.</summary>
    public static CommandReply WithOpener(CommandReply reply) => reply.Form is { Key.Length: > 0 } form
        ? reply with { Card = reply.Card with { Actions = [CardAction.ToCommand(OpenForm, Form.AnswerCommand, (Form.KeyArgument, form.Key)), .. reply.Card.Actions] } }
        : reply;

    /// <summary>Opens the modal of a reply that asks for something.</summary>
    /// <returns>False where it asks nothing or Slack did not open it: the card does without.</returns>
    public async Task<bool> AskAsync(string team, string? trigger, CommandReply reply, string channel, CancellationToken ct) =>
        reply.Form is not null && trigger is not null && await replies.OpenAsync(team, trigger, FormRenderer.Modal(reply, channel), ct) is not null;

    /// <summary>Takes what a form was sent with: faults go back beside their fields, the end in the form's place.</summary>
    public async Task SubmitAsync(string team, Interaction sent, Acknowledge acknowledge, CancellationToken ct)
    {
        if (sent is not { User.Id: { } user, View: { Id: { } viewId, CallbackId: FormRenderer.CallbackId } view })
        {
            await acknowledge(payload: null, ct);
            return;
        }

        var (key, channel) = FormRenderer.Read(view.PrivateMetadata);
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, elements) in view.State?.Values ?? new Dictionary<string, IReadOnlyDictionary<string, StateValue>>(StringComparer.Ordinal))
        {
            arguments[field] = elements.Values.FirstOrDefault()?.Answer ?? "";
        }

        arguments[Form.KeyArgument] = key;
        arguments[Form.SendArgument] = "yes";
        var answer = commands.RunAsync(new Asker(team, user, channel), new CommandCall(Form.AnswerCommand, arguments), ct);
        try
        {
            var reply = await answer.WaitAsync(options.QuickReply, time, ct);
            await acknowledge(AnswerOf(reply, channel), ct);
        }
        catch (TimeoutException)
        {
            await acknowledge(new ViewAnswer("update", View: ViewRenderer.Working), ct);
            await replies.UpdateAsync(team, viewId, ViewRenderer.Of(await answer, channel), ct);
        }
    }

    /// <summary>Sums up the story a message is about: by its own buttons, by a link in it, or by its words.</summary>
    public async Task SummariseAsync(string team, Interaction asked, CancellationToken ct)
    {
        if (asked.User?.Id is not { } user)
        {
            return;
        }

        var who = new Asker(team, user, asked.Channel?.Id ?? "");
        var reply = await commands.RunAsync(who, new CommandCall("summary", StoryOf(asked.Message)), ct);
        await replies.RespondAsync(asked.ResponseUrl, SlackReplies.Beside(reply), ct);
    }

    /// <summary>Asks what shall come into the thread of a message. Slack takes no typed command there, so this is the way in.</summary>
    public async Task ThreadAsync(string team, Interaction asked, CancellationToken ct)
    {
        if (asked is not { User.Id: { } user, Channel.Id: { Length: > 0 } channel, Message: { Ts: { Length: > 0 } ts } message })
        {
            return;
        }

        var who = new Asker(team, user, $"{channel}{Destination.ThreadMark}{message.ThreadTs ?? ts}");
        var reply = await commands.RunAsync(who, new CommandCall("thread", OwnStoryOf(message)), ct);
        if (!await AskAsync(team, asked.TriggerId, reply, who.Channel, ct))
        {
            await replies.RespondAsync(asked.ResponseUrl, SlackReplies.Beside(reply), ct);
        }
    }

    // A quick answer is the modal; for a slow one the modal opens first, for its trigger lives three seconds.
    private async Task ShowAsync(string team, string? trigger, Task<CommandReply> answer, CancellationToken ct)
    {
        if (trigger is null)
        {
            await answer;
            return;
        }

        try
        {
            var reply = await answer.WaitAsync(options.QuickReply / 2, time, ct);
            await replies.OpenAsync(team, trigger, ViewRenderer.Of(reply, ""), ct);
        }
        catch (TimeoutException)
        {
            var view = await replies.OpenAsync(team, trigger, ViewRenderer.Working, ct);
            var reply = await answer;
            if (view is not null)
            {
                await replies.UpdateAsync(team, view, ViewRenderer.Of(reply, ""), ct);
            }
        }
    }

    private static ViewAnswer AnswerOf(CommandReply reply, string channel)
    {
        var faults = (reply.Form?.Fields ?? []).Where(f => f.Error is not null).ToDictionary(f => f.Name, f => f.Error!, StringComparer.Ordinal);
        return faults.Count > 0 ? new ViewAnswer("errors", Errors: faults) : new ViewAnswer("update", View: ViewRenderer.Of(reply, channel));
    }

    private static string? ValueOf(BlockAction action) => action.Value ?? action.SelectedOption?.Value;

    private static CommandCall? CallOf(BlockAction action)
    {
        if (ButtonIds.IsPick(action.ActionId, out var picked, out var option))
        {
            return new CommandCall(picked, new Dictionary<string, string>(StringComparer.Ordinal) { [option] = ValueOf(action)! });
        }

        return ActionKey.TryDecode(ValueOf(action), out var command, out var arguments) ? new CommandCall(command, arguments) : null;
    }

    /// <summary>The story whose card this message is; nothing where it is anybody else's.</summary>
    private static Dictionary<string, string> OwnStoryOf(MessageRef? message)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in (message?.Blocks ?? []).SelectMany(b => b.Elements ?? []))
        {
            if (ActionKey.TryDecode(element.Value, out _, out var of) && of.TryGetValue("story", out var story))
            {
                arguments["story"] = story;
                break;
            }
        }

        return arguments;
    }

    private static Dictionary<string, string> StoryOf(MessageRef? message)
    {
        var arguments = OwnStoryOf(message);
        if (arguments.Count > 0)
        {
            return arguments;
        }

        var text = message?.Text ?? "";
        var start = text.IndexOf("<http", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.AsSpan(start).IndexOfAny('|', '>');
        var shared = end > 1 ? text.Substring(start + 1, end - 1).Replace("&amp;", "&", StringComparison.Ordinal) : SlackText.Clip(text, LongestShared);
        if (shared.Length > 0)
        {
            arguments["story"] = shared;
        }

        return arguments;
    }

    [LoggerMessage(LogLevel.Warning, "A button's value was not one of ours")]
    private static partial void LogStrangeButton(ILogger logger);
}
