using M10Bot.News.Chat;

namespace M10Bot.News.Commands;

/// <remarks>Lazy, because the list of commands holds this one too.</remarks>
internal sealed class HelpCommand(Lazy<IEnumerable<ICommand>> commands) : ICommand
{
    private const string CommandOption = "command";

    public CommandSpec Spec { get; } = new(
        "help",
        "Say what the commands do",
        Role.Member,
        new CommandOption(CommandOption, "The command to explain", OptionKind.Text));

    public Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        CommandSpec[] specs = [.. commands.Value.Select(c => c.Spec.On(request.Platform)).OfType<CommandSpec>().Where(s => !s.IsButtonOnly)];
        return Task.FromResult(request.Arguments.TryGetValue(CommandOption, out var name) ? One(name, specs) : All(request.Caller, specs));
    }

    private static CommandReply All(Caller caller, CommandSpec[] specs) => new(new Card
    {
        Headline = "M10Bot brings the news as it breaks",
        Lines = ["One message per story; it changes as the story does: FLASH, UPDATE, CORRECTED."],
        Items = [.. specs.Where(s => s.IsFor(caller)).Select(s => new CardItem(null, s.Usage, Detail: s.Description))],
        Actions =
        [
            Wording.Button("Latest stories", "latest"),
            Wording.Button("Topics", "topics"),
            Wording.Button("Subscriptions", "subscriptions"),
        ],
    });

    private static CommandReply One(string name, CommandSpec[] specs)
    {
        var spec = specs.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (spec is null)
        {
            var nearest = NearestWord.Of(name, specs.Select(s => s.Name));
            return nearest is null
                ? Wording.Answer(Texts.Say($"There is no command {Wording.Quote(name)}"), "“help” lists what there is.", Wording.Button("Help", "help"))
                : Wording.Answer(
                    Texts.Say($"There is no command {Wording.Quote(name)}"),
                    Texts.Say($"Did you mean {Wording.Quote(nearest)}?"),
                    Wording.Button(Texts.Say($"Help on {nearest}"), "help", (CommandOption, nearest)));
        }

        return new CommandReply(new Card
        {
            Headline = spec.Usage,
            Lines = [$"{Texts.Here(spec.Description)}. {Texts.Here(Who(spec.Needs))}"],
            Facts = [.. spec.Options.Select(o => new CardFact(o.Name, o.IsRequired ? o.Description : $"{Texts.Here(o.Description)} {Texts.Here("(may be left out)")}"))],
            Actions = [Wording.Button("All commands", "help")],
        });
    }

    private static string Who(Role needs) => needs switch
    {
        Role.Member => "Everyone may run it.",
        Role.Editor => "Editors may run it.",
        _ => "Admins may run it.",
    };
}
