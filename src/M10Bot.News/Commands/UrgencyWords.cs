using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>The urgency that a person asks for, in words.</summary>
internal static class UrgencyWords
{
    public const string Name = "urgency";
    public const string Routine = "routine";
    public const string Breaking = "breaking";
    public const string Flash = "flash";

    public static readonly IReadOnlyList<string> Words = [Routine, Breaking, Flash];

    public static readonly CommandOption Option = new(Name, "The least urgent that shall come; everything if left out", OptionKind.Choice, Choices: Words);

    public static Urgency Of(string? word) => word switch
    {
        Flash => Urgency.Flash,
        Breaking => Urgency.Urgent,
        _ => OrderRules.All,
    };

    /// <summary>Null where everything comes.</summary>
    public static string? Note(Urgency least) => least.Step switch
    {
        UrgencyStep.Flash => Texts.Here("flash only"),
        UrgencyStep.Urgent => Texts.Here("flash and breaking only"),
        _ => null,
    };

    /// <summary>From which urgency on a role is pinged.</summary>
    public static string From(Urgency from) => from.Step switch
    {
        UrgencyStep.Flash => Texts.Here("of flashes"),
        UrgencyStep.Urgent => Texts.Here("of flashes and breaking stories"),
        _ => Texts.Here("of every story"),
    };

    public static string Label(string word) => word switch
    {
        Flash => "Flash only",
        Breaking => "Flash and breaking",
        _ => "Every story",
    };
}
