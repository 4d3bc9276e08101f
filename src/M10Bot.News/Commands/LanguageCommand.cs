using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class LanguageCommand(Places places, DestinationStore destinations) : ICommand
{
    private const string LanguageOption = "language";

    // As each is called by those who speak it, in the order of Texts.Languages.
    private static readonly string[] Names = ["english", "deutsch", "français", "español", "українська"];

    public CommandSpec Spec { get; } = new(
        "language",
        "Choose the language of cards here or in your direct messages",
        Role.Member,
        new CommandOption(LanguageOption, "The language; left out, the present one is shown", OptionKind.Choice, Choices: Names),
        Places.WhereOption);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var place = await places.OfAsync(request, ct);
        if (!request.Arguments.TryGetValue(LanguageOption, out var name))
        {
            return Told(place, await destinations.LanguageAsync(place, ct), request);
        }

        if (place.Kind is DestinationKind.Channel && request.Caller.Role < Role.Admin)
        {
            return Wording.Answer("Only admins set a channel's language", "For your direct messages say “me”, or ask an admin.");
        }

        var language = Texts.Languages[Array.IndexOf(Names, name)];
        await destinations.SetLanguageAsync(place, language, request.Caller.Id, ct);
        return Told(place, language, request);
    }

    private static CommandReply Told(Destination place, string language, CommandRequest request)
    {
        var name = Texts.Here($"choice:{Names[Texts.Languages.ToList().IndexOf(language)]}");
        name = name.StartsWith("choice:", StringComparison.Ordinal) ? Wording.Sentence(name["choice:".Length..]) : name;
        return Wording.Answer(
            Texts.Say($"Cards in {Wording.Place(place, request)} are in {name}"),
            "The words of the cards; a story stays as its publisher wrote it.",
            Wording.Button("Subscriptions", "subscriptions"));
    }
}
