using M10Bot.News.Chat;
using M10Bot.News.Stories;

namespace M10Bot.News.Commands;

/// <summary>The story that an act of the desk is meant for. What words do not surely name is asked: an act reaches every workspace.</summary>
internal sealed class SureStory(StoryQueries stories, FormStore forms)
{
    /// <summary>Beside the options: how the story was named, where that was not by its number. Acts that readers see are shown first then.</summary>
    public const string How = "named";

    public const string ByWords = "words";

    /// <summary>What is said of it was told apart by the headline's words.</summary>
    public const string ByBorder = "border";

    /// <summary>Its number leads to another story, or may have been the first word of a headline.</summary>
    public const string ByOddNumber = "number";

    private const int MostOffers = 4;
    private const int GuessedFrom = 4;

    private readonly StoryFinder _finder = new(stories);

    public static bool IsNeeded(CommandSpec spec) => spec is { Needs: Role.Editor, MayGuess: false } && spec.Options.Any(o => o.Kind is OptionKind.Story);

    /// <summary>The request with every story by its number, and the first of them.</summary>
    public async Task<Lookup<SureRequest>> OfAsync(CommandRequest request, CommandSpec spec, CancellationToken ct)
    {
        StoryLine? first = null;
        foreach (var option in spec.Options.Where(o => o.Kind is OptionKind.Story && request.Arguments.ContainsKey(o.Name)))
        {
            var found = await FindAsync(request, spec, option.Name, ct);
            if (!found.IsFound)
            {
                return found.Answer;
            }

            (request, first) = (found.Value.Request, first ?? found.Value.Story);
        }

        return new SureRequest(request, first);
    }

    /// <summary>A button that goes on with this story.</summary>
    public async Task<CardAction> ButtonAsync(CommandRequest request, string option, StoryLine story, string? how, CancellationToken ct)
    {
        var label = Label(story);
        var arguments = new Dictionary<string, string>(request.Arguments, StringComparer.Ordinal) { [option] = StoryFinder.Number(story) };
        if (arguments.Keys.All(k => k == option || k is How))
        {
            return Wording.Button(label, request.Command, (option, arguments[option]));
        }

        arguments[How] = how ?? ByWords;
        return await FormDesk.ButtonAsync(forms, request, label, arguments, ct);
    }

    /// <summary>How the border between the story and the words about it is said.</summary>
    public static string Quotes(CommandSpec spec, string story)
    {
        var sample = $"{spec.Name} \"{story}\" …";
        return Texts.Say($"If a word is on the wrong side, quotation marks tell where the story ends: {sample}");
    }

    private static string Label(StoryLine story) => Texts.Say($"No. {story.Id}: {story.Headline}");

    private async Task<Lookup<SureRequest>> FindAsync(CommandRequest request, CommandSpec spec, string option, CancellationToken ct)
    {
        var typed = request.Arguments[option];
        var said = request.IsRunOn && option is StoryFinder.Option ? spec.Options.First(o => o.Name != option && CommandLine.IsFree(o) && !o.IsOnlyNamed).Name : null;
        string[] words = [.. typed.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. said is null ? [] : request.Arguments.GetValueOrDefault(said, "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var scope = spec.ScopeFor(request.Caller);
        if (StoryFinder.IsExact(typed))
        {
            var exact = await _finder.FindAsync(request, option, scope, ct);
            return exact.IsFound ? new SureRequest(Numbered(request, option, exact.Value, await OddAsync(typed, said is null ? [] : words, exact.Value, scope, ct)), exact.Value) : exact.Answer;
        }

        var named = await stories.NamedAsync(words, isAll: said is null, MostOffers + 1, scope, ct);
        if (said is not null && named.Words > 0)
        {
            request = request with { Arguments = Parted(request.Arguments, option, said, words, named.Words), IsRunOn = false };
        }

        var isWhole = said is not null || named.Words == words.Length;
        var how = said is null || named.Words == words.Length ? ByWords : ByBorder;
        return named is { Stories: [var only], IsTelling: true } && isWhole
            ? new SureRequest(Numbered(request, option, only, how), only)
            : await AskAsync(request, spec, option, words, isWhole ? named : named with { Words = 0 }, how, ct);
    }

    // The number of a merged story leads to another one; and "12 killed in Kenya" may begin with the words of a headline.
    private async Task<string?> OddAsync(string typed, string[] words, StoryLine story, StoryScope scope, CancellationToken ct)
    {
        if (StoryBorder.IsNumber(typed, out var number) && number != story.Id)
        {
            return ByOddNumber;
        }

        return words.Length > 1 && await stories.NamedAsync(words, isAll: false, MostOffers + 1, scope, ct) is { Words: > 1 } named && named.Stories.Any(s => s.Id != story.Id) ? ByOddNumber : null;
    }

    private static CommandRequest Numbered(CommandRequest request, string option, StoryLine story, string? how)
    {
        var arguments = new Dictionary<string, string>(request.Arguments, StringComparer.Ordinal) { [option] = StoryFinder.Number(story) };
        if (how is not null && option is StoryFinder.Option)
        {
            arguments[How] = how;
        }

        return request with { Arguments = arguments, IsRunOn = false };
    }

    private static Dictionary<string, string> Parted(IReadOnlyDictionary<string, string> arguments, string option, string said, string[] words, int border)
    {
        var parted = new Dictionary<string, string>(arguments, StringComparer.Ordinal) { [option] = string.Join(' ', words[..border]) };
        parted.Remove(said);
        if (border < words.Length)
        {
            parted[said] = string.Join(' ', words[border..]);
        }

        return parted;
    }

    private async Task<CommandReply> AskAsync(CommandRequest request, CommandSpec spec, string option, string[] words, NamedStories named, string how, CancellationToken ct)
    {
        var scope = spec.ScopeFor(request.Caller);
        var story = string.Join(' ', named.Words > 0 ? words[..named.Words] : words);
        var offers = named.Stories;
        if (named.Words == 0)
        {
            // Where the story ends is not known then, so nothing said of it is kept either.
            request = request.IsRunOn ? request with { Arguments = request.Arguments.Where(a => a.Key == option).ToDictionary(StringComparer.Ordinal) } : request;
            var near = await stories.MatchAsync(request.IsRunOn ? string.Join(' ', words.Take(GuessedFrom)) : story, MostOffers, scope, ct);
            offers = [.. near.Select(m => m.Story)];
        }

        var buttons = new List<CardAction>();
        foreach (var offer in offers.Take(MostOffers))
        {
            buttons.Add(await ButtonAsync(request, option, offer, how, ct));
        }

        var kept = request.Arguments.Where(a => a.Key != option && a.Key is not How && spec.Options.Any(o => o.Name == a.Key && o.Kind is OptionKind.Text)).Select(a => a.Value).FirstOrDefault();
        return new CommandReply(new Card
        {
            Headline = offers.Count == 0 ? Texts.Say($"No recent story matches {Wording.Quote(story)}") : Texts.Say($"Which story is meant by {Wording.Quote(story)}?"),
            Lines =
            [
                offers.Count == 0
                    ? scope is StoryScope.Held ? "No held story has these words; “queue” lists what is held." : "Try other words of its headline, its number, or its link."
                    : "Nothing is done yet. Pick it here, or give its number.",
                .. offers.Count > MostOffers ? ["More stories have these words; further words tell them apart."] : Array.Empty<string>(),
                .. kept is null ? [] : new[] { Texts.Say($"What you wrote is kept: {DeskCards.Whole(kept)}") },
                .. kept is not null && how is ByBorder ? new[] { Quotes(spec, story) } : [],
            ],
            Items = [.. offers.Take(MostOffers).Select(StoryCards.Item)],
            Actions = [.. buttons, scope is StoryScope.Held || offers.Count > 0 ? Wording.Button("Queue", "queue") : Wording.Button("Latest stories", "latest")],
        });
    }
}

/// <param name="Request">With its stories by their numbers.</param>
/// <param name="Story">The first of them; null where none is given yet.</param>
internal sealed record SureRequest(CommandRequest Request, StoryLine? Story);
