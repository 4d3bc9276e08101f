using M10Bot.News.Chat;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

/// <summary>A command as both platforms learn it: written once, registered by each in its own way.</summary>
/// <param name="Name">Lower case, one word or <c>group verb</c>: <c>latest</c>, <c>channel add</c>.</param>
/// <param name="Description">At most 100 characters; starts with a verb.</param>
/// <param name="Needs">The least role that may run it.</param>
/// <param name="Options">In the order they are typed; required ones first.</param>
public sealed record CommandSpec(string Name, string Description, Role Needs, params IReadOnlyList<CommandOption> Options)
{
    /// <summary>True for commands that exist only as buttons on a card.</summary>
    public bool IsButtonOnly { get; init; }

    /// <summary>True where what a person may do has to be asked anew: it is for few, or does more for some.</summary>
    public bool IsForFew { get => field || Needs > Role.Member; init; }

    /// <summary>For editors' commands: true where a story that words only nearly name will do, since nothing is changed.</summary>
    public bool MayGuess { get; init; }

    /// <summary>Among which stories it looks for words, for this person.</summary>
    internal StoryScope ScopeFor(Caller caller) =>
        Needs is not Role.Editor || !IsFor(caller) ? StoryScope.Readers : IsForHeld ? StoryScope.Held : StoryScope.Desk;

    /// <summary>True where only a story that is held makes sense.</summary>
    public bool IsForHeld { get; init; }

    /// <summary>Whether this person may run it. What editors decide reaches every workspace: no admin's role stands in for it.</summary>
    public bool IsFor(Caller caller) => Needs is Role.Editor ? caller.IsEditor : caller.Role >= Needs;

    /// <summary><c>latest [topic] [count]</c>.</summary>
    public string Usage => string.Join(' ', Options.Select(o => o.IsRequired ? $"<{o.Name}>" : $"[{o.Name}]").Prepend(Name));
}

/// <param name="Name">Lower case, one word.</param>
/// <param name="Description">At most 100 characters.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="IsRequired">False makes it optional.</param>
/// <param name="Choices">For <see cref="OptionKind.Choice"/>: the words allowed.</param>
public sealed record CommandOption(string Name, string Description, OptionKind Kind, bool IsRequired = false, IReadOnlyList<string>? Choices = null)
{
    /// <summary>For <see cref="OptionKind.Number"/>: bounds, both inclusive.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>True for free text that is only taken after its name in a typed line: <c>headline: New words</c>.</summary>
    public bool IsOnlyNamed { get; init; }

    /// <summary>True for what names topics, several with commas between: for a text, one of them is suggested where a form searches.</summary>
    public bool NamesTopics { get; init; }

    /// <summary>True where the platform should ask us for suggestions as the person types.</summary>
    public bool IsSuggested => Kind is OptionKind.Topic or OptionKind.Story or OptionKind.Subscription or OptionKind.Language;
}

/// <summary>What an option takes; decides its platform type and its suggestions.</summary>
public enum OptionKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>A whole number within <see cref="CommandOption.Range"/>.</summary>
    Number,

    /// <summary>One of a few fixed words.</summary>
    Choice,

    /// <summary>A topic or place by any of its names; suggested.</summary>
    Topic,

    /// <summary>A recent story by its number or headline, or a link; suggested.</summary>
    Story,

    /// <summary>One of the caller's or the channel's topics; suggested.</summary>
    Subscription,

    /// <summary>Languages with commas between; suggested.</summary>
    Language,

    /// <summary>A channel of the workspace; the value is the platform's channel id.</summary>
    Channel,

    /// <summary>A role of the workspace; the value is the platform's id of it.</summary>
    Role,
}
