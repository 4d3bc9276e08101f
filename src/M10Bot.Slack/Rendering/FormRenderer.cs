using M10Bot.News.Chat;
using M10Bot.Slack.Requests;

namespace M10Bot.Slack.Rendering;

/// <summary>A form as one modal: the card's words above, an input for each field, named as the field is.</summary>
internal static class FormRenderer
{
    public const string CallbackId = "m10.form";

    private const int TitleLimit = 24;
    private const int OptionLimit = 75;
    private const int LabelLimit = 200;
    private const int MostOptions = 100;

    private static readonly PlainText Cancel = new("Cancel");

    /// <param name="reply">One with a form.</param>
    /// <param name="channel">Where it was asked; a view itself is nowhere.</param>
    public static SlackView Modal(CommandReply reply, string channel)
    {
        var form = reply.Form!;
        var words = SlackRenderer.Render(reply.Card with { Actions = [] }).Blocks;
        var faults = form.Fields.Where(f => f.Error is not null)
            .Select(f => (Block)new ContextBlock($"fault.{f.Name}", [new Markdown($"*{SlackText.Mark(f.Label, LabelLimit)}:* {SlackText.Mark(f.Error!, 600)}")]));
        return new SlackView("modal", [.. words, .. faults, .. form.Fields.Select(f => FieldOf(form, f))], Text(form.Title, TitleLimit), Cancel)
        {
            Submit = Text(form.Send, TitleLimit),
            CallbackId = CallbackId,
            PrivateMetadata = $"{form.Key}|{channel}",
        };
    }

    /// <summary>Key and channel of a view that comes back; outside text, like all that comes back.</summary>
    public static (string Key, string Channel) Read(string? privateMetadata) =>
        privateMetadata?.Split('|') is [var key, var channel] ? (key, channel) : ("", "");

    private static InputBlock FieldOf(Form form, FormField field) => new(
        field.Name,
        Text(field.Label, LabelLimit),
        ElementOf(form, field),
        field.Hint is { Length: > 0 } hint ? Text(hint, LabelLimit) : null,
        Optional: !field.IsRequired);

    private static Element ElementOf(Form form, FormField field)
    {
        var id = field.IsSearched ? ButtonIds.PickOf(form.Command, field.Name) : $"{ButtonIds.Prefix}{field.Name}";
        SelectOption[] all = [.. field.Options.Take(MostOptions).Select(o => new SelectOption(Text(o.Label, OptionLimit), o.Value))];
        SelectOption[] picked = [.. all.Where(o => field.Values.Contains(o.Value, StringComparer.Ordinal))];
        return field.Kind switch
        {
            FormFieldKind.Channel => new ConversationsSelect(
                id, field.Values is [var set, ..] ? set : null, field.Values.Count == 0 ? true : null, new ConversationFilter(["public", "private"], ExcludeBotUsers: true)),
            FormFieldKind.Choice when field is { IsSearched: true, Most: > 1 } => new MultiExternalSelect(id, MinQueryLength: 0, picked.Length == 0 ? null : picked, field.Most),
            FormFieldKind.Choice when field.IsSearched => new ExternalSelect(id, Text(field.Label, OptionLimit), MinQueryLength: 0) { InitialOption = picked.FirstOrDefault() },
            FormFieldKind.Choice when field.Most > 1 => new MultiStaticSelect(id, all, picked.Length == 0 ? null : picked, field.Most),
            FormFieldKind.Choice => new StaticSelect(id, all, picked.FirstOrDefault()),
            _ => new PlainTextInput(id, field.Values is [var written, ..] ? written : null, field.MaxLength),
        };
    }

    private static PlainText Text(string words, int limit) => new(SlackText.Label(words, limit));
}
