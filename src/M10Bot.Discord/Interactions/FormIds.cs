using M10Bot.News.Chat;
using M10Bot.News.Commands;

namespace M10Bot.Discord.Interactions;

/// <summary>The custom ids of a form's parts: the form's command with its key, as any button's.</summary>
internal static class FormIds
{
    private const string Named = "field";
    private const string Opens = "open";

    public static string Field(string key, string field) => Id(key, (Named, field));

    public static string Send(string key) => Id(key, (Form.SendArgument, "yes"));

    /// <summary>Of the button that opens the texts.</summary>
    public static string Texts(string key) => Id(key, (Opens, "texts"));

    /// <summary>Of the modal with the texts.</summary>
    public static string Written(string key) => Id(key);

    public static bool IsOne(string? customId) => ActionKey.TryDecode(customId, out var command, out _) && command is Form.AnswerCommand;

    public static bool OpensTexts(string? customId) =>
        ActionKey.TryDecode(customId, out var command, out var arguments) && command is Form.AnswerCommand && arguments.ContainsKey(Opens);

    /// <summary>The arguments of an answer: what was picked or written takes the place of the names of the parts.</summary>
    public static IReadOnlyDictionary<string, string> Answers(IReadOnlyDictionary<string, string> arguments, InteractionDataWire what)
    {
        var answers = arguments.Where(a => a.Key is not (Named or Opens)).ToDictionary(StringComparer.Ordinal);
        if (arguments.TryGetValue(Named, out var field) && what.Values is { } values)
        {
            answers.TryAdd(field, string.Join(',', values));
        }

        foreach (var filled in Flatten(what.Components ?? []).Where(f => f.CustomId is { Length: > 0 }))
        {
            answers.TryAdd(filled.CustomId!, filled.Value ?? string.Join(',', filled.Values ?? []));
        }

        return answers;
    }

    private static IEnumerable<FilledWire> Flatten(IEnumerable<FilledWire?> fields) => fields.OfType<FilledWire>()
        .SelectMany(f => Flatten([f.Component, .. f.Components ?? []]).Prepend(f));

    private static string Id(string key, params (string Option, string Value)[] arguments) =>
        ActionKey.Encode(CardAction.ToCommand("", Form.AnswerCommand, [(Form.KeyArgument, key), .. arguments]));
}
