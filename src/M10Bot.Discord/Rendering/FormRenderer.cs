using M10Bot.Discord.Interactions;
using M10Bot.Discord.Rest;
using M10Bot.News.Chat;

namespace M10Bot.Discord.Rendering;

/// <summary>Draws a form: picks as selects in the message, texts in a modal that a button opens.</summary>
internal static class FormRenderer
{
    // Text, announcements, threads and forums: where the bot can post.
    private static readonly int[] ChannelTypes = [0, 5, 10, 11, 12, 15];

    /// <summary>A row for each select; with labels, a line of text before it.</summary>
    public static IReadOnlyList<ComponentWire> Selects(Form form, bool isLabelled)
    {
        var rows = new List<ComponentWire>();
        foreach (var field in form.Fields.Where(f => f.Kind is not FormFieldKind.Text))
        {
            if (isLabelled)
            {
                rows.Add(new ComponentWire(ComponentWire.TextDisplay) { Content = $"**{DiscordText.Escape(field.Label, 45)}**{Error(field)}" });
            }

            rows.Add(new ComponentWire(ComponentWire.ActionRow) { Components = [Select(form, field, isLabelled)] });
        }

        return rows;
    }

    /// <summary>The one that sends the form, and the one that opens its texts.</summary>
    public static IEnumerable<ComponentWire> Buttons(Form form)
    {
        yield return new ComponentWire(ComponentWire.Button)
        {
            Style = ComponentWire.PrimaryStyle,
            Label = DiscordText.Plain(form.Send, 24),
            CustomId = FormIds.Send(form.Key),
        };
        var texts = form.Fields.Where(f => f.Kind is FormFieldKind.Text).Select(f => f.Label).ToList();
        if (texts.Count > 0)
        {
            yield return new ComponentWire(ComponentWire.Button)
            {
                Style = ComponentWire.SecondaryStyle,
                Label = $"{DiscordText.Plain(string.Join(", ", texts), 75)} …",
                CustomId = FormIds.Texts(form.Key),
            };
        }
    }

    /// <summary>The card with what is written so far, and with the errors that no line of their own shows.</summary>
    public static Card WithTexts(Card card, Form form) => card with
    {
        Facts = [.. card.Facts, .. form.Fields.Where(f => f is { Kind: FormFieldKind.Text, Values.Count: > 0 }).Select(f => new CardFact(f.Label, f.Values[0]))],
        Lines = [.. card.Lines, .. form.Fields.Where(f => f.Error is not null).Select(f => $"⚠ {f.Label}: {f.Error}")],
    };

    /// <summary>Null where the form asks for no text.</summary>
    public static ModalWire? Modal(Form form)
    {
        var texts = form.Fields.Where(f => f.Kind is FormFieldKind.Text).Select(field => new ComponentWire(ComponentWire.LabelAround)
        {
            Label = DiscordText.Plain(field.Label, 45),
            Description = field.Hint is null ? null : DiscordText.Plain(field.Hint, 100),
            Component = new ComponentWire(ComponentWire.TextInput)
            {
                CustomId = field.Name,
                Style = 1,
                Required = field.IsRequired,
                MaxLength = field.MaxLength,
                Value = field.Values.Count > 0 ? DiscordText.Plain(field.Values[0], field.MaxLength) : null,
            },
        }).ToArray();
        return texts.Length == 0 ? null : new ModalWire(FormIds.Written(form.Key), DiscordText.Plain(form.Title, 45), texts);
    }

    private static ComponentWire Select(Form form, FormField field, bool isLabelled)
    {
        var most = Math.Clamp(field.Kind is FormFieldKind.Choice ? Math.Min(field.Most, field.Options.Count) : field.Most, 1, 25);
        var select = new ComponentWire(TypeOf(field.Kind))
        {
            CustomId = FormIds.Field(form.Key, field.Name),
            Placeholder = DiscordText.Plain(field.Hint is not { Length: > 0 } hint ? field.Label : isLabelled ? hint : $"{field.Label}: {hint}", 150),
            MinValues = field.IsRequired ? 1 : 0,
            MaxValues = most,
        };
        return field.Kind switch
        {
            FormFieldKind.Choice => select with
            {
                Options = [.. field.Options.Take(25).Select(o => new SelectOptionWire(
                    DiscordText.Plain(o.Label, 100), o.Value, field.Values.Contains(o.Value, StringComparer.Ordinal)))],
            },
            FormFieldKind.Channel => select with { ChannelTypes = ChannelTypes, DefaultValues = Defaults(field, "channel") },
            _ => select with { DefaultValues = Defaults(field, "role") },
        };
    }

    private static DefaultWire[]? Defaults(FormField field, string type)
    {
        var picked = field.Values.Where(Snowflake.IsValid).Take(Math.Clamp(field.Most, 1, 25)).Select(v => new DefaultWire(v, type)).ToArray();
        return picked.Length > 0 ? picked : null;
    }

    private static int TypeOf(FormFieldKind kind) => kind switch
    {
        FormFieldKind.Channel => ComponentWire.ChannelSelect,
        FormFieldKind.Role => ComponentWire.RoleSelect,
        _ => ComponentWire.ChoiceSelect,
    };

    private static string Error(FormField field) => field.Error is null ? "" : " ⚠";
}
