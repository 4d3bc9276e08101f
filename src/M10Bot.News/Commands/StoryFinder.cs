using System.Globalization;
using M10Bot.News.Chat;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

/// <summary>The story that a person's words mean: its number, a link to it, or words of its headline.</summary>
internal sealed class StoryFinder(StoryQueries stories)
{
    public const string Option = "story";

    public static readonly CommandOption Required = new(Option, "Its number, its link, or words of its headline", OptionKind.Story, IsRequired: true);

    // Two words of three, or more: fewer is a guess, and a guess is offered as a button.
    private const double Sure = 0.6;

    /// <summary>A number or a link: it means one story or none.</summary>
    public static bool IsExact(string typed) => StoryBorder.IsNumber(typed.Trim(), out _) || typed.Contains("://", StringComparison.Ordinal);

    public Task<Lookup<StoryLine>> FindAsync(CommandRequest request, CancellationToken ct) => FindAsync(request, Option, StoryScope.Readers, ct);

    public Task<Lookup<StoryLine>> FindAsync(CommandRequest request, StoryScope scope, CancellationToken ct) => FindAsync(request, Option, scope, ct);

    /// <param name="option">Where another than <see cref="Option"/> names the story.</param>
    /// <param name="scope">Among which stories words are looked for.</param>
    public async Task<Lookup<StoryLine>> FindAsync(CommandRequest request, string option, StoryScope scope, CancellationToken ct)
    {
        var typed = request.Arguments[option].Trim();
        if (StoryBorder.IsNumber(typed, out var number))
        {
            return await stories.FindAsync(number, ct) is { } numbered && MaySee(numbered, request.Caller)
                ? numbered
                : Wording.Answer(Texts.Say($"No story has the number {number}"), "“latest” shows the stories with their numbers.", Latest());
        }

        if (typed.Contains("://", StringComparison.Ordinal))
        {
            return await stories.FindByLinkAsync(typed, ct) is { } linked && MaySee(linked, request.Caller)
                ? linked
                : Wording.Answer(
                    "No known story has this link",
                    "Only stories of the sources read here can be summed up. Try words of its headline, or ask an admin to add the source.",
                    Latest());
        }

        var matches = await stories.MatchAsync(typed, 4, scope, ct);
        if (matches is [{ Share: >= Sure } best, ..])
        {
            return best.Story;
        }

        return matches.Count == 0
            ? Wording.Answer(Texts.Say($"No recent story matches {Wording.Quote(typed)}"), "Try other words of its headline, its number, or its link.", Latest())
            : Wording.Answer(
                Texts.Say($"No recent story is surely meant by {Wording.Quote(typed)}"),
                "Did you mean one of these?",
                matches.Select(m => Wording.Button(m.Story.Headline, request.Command, [(option, Number(m.Story)), .. Others(request, option)])).Append(Latest()));
    }

    public static string Number(StoryLine story) => story.Id.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(string, string)> Others(CommandRequest request, string option) =>
        request.Arguments.Where(a => !string.Equals(a.Key, option, StringComparison.Ordinal)).Select(a => (a.Key, a.Value));

    /// <summary>What has run once may be asked about for good: a withdrawn story answers that it was withdrawn.</summary>
    private static bool MaySee(StoryLine story, Caller caller) =>
        story.IsReadable || story.Version > 0 || caller.IsEditor;

    private static CardAction Latest() => Wording.Button("Latest stories", "latest");
}
