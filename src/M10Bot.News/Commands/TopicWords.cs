using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Reading;

namespace M10Bot.News.Commands;

/// <summary>Topics by the words that people use for them.</summary>
internal sealed class TopicWords(TopicCatalogue catalogue)
{
    private static readonly string[] AllWords = ["all", "everything", "all news", "all stories", "any", .. Texts.Languages.Skip(1).Select(l => Texts.In(l, "everything"))];
    private static readonly char[] Between = [',', ';'];
    private static readonly char[] Closing = ['"', '”', '»', '“'];
    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase) { "to", "on", "about", "for", "the", "and", "&", "+" };

    /// <summary>Null where no topic has this name; <see cref="Topic.Everything"/> for its words; what stands in quotation marks is a keyword.</summary>
    public Topic? Find(string words) =>
        (IsMeantAsWords(words) ? Keywords.Of(words) : null) ?? FindPlain(words) ?? (Fillers.Contains(words.Trim().Split(' ')[0]) && words.Trim().Split(' ', 2) is [_, var rest] ? Find(rest) : null);

    /// <summary>The topic in an option, or an answer with the nearest ones as buttons that run the same command again.</summary>
    public Lookup<Topic> Find(CommandRequest request, string option)
    {
        var typed = request.Arguments[option];
        return Find(typed) is { } topic ? topic : Unknown(typed, near => Again(request, option, near), AsWords(request, option, typed));
    }

    /// <summary>What is to be ordered: one topic, words of one's own, or several topics with commas between them.</summary>
    public Lookup<IReadOnlyList<Topic>> FindOrders(CommandRequest request, string option)
    {
        var typed = request.Arguments[option];
        var isList = typed.AsSpan().ContainsAny(Between) && !IsOneQuotation(typed.Trim()); // each part may be words of one's own
        if ((isList ? FindPlain(typed) : Find(typed)) is { } topic)
        {
            return (Topic[])[topic];
        }

        if (isList)
        {
            return FindAll(request, option);
        }

        var several = Chain(typed) is { Count: > 1 } chain ? Again(request, option, Wording.List(chain.Select(Wording.Name)), chain) : null;
        return Unknown(typed, near => Again(request, option, near), several, AsWords(request, option, typed));
    }

    /// <summary>Several topics, with commas between them or without; everything where the option is left out.</summary>
    public Lookup<IReadOnlyList<Topic>> FindAll(CommandRequest request, string option)
    {
        if (!request.Arguments.TryGetValue(option, out var typed))
        {
            return (Topic[])[Topic.Everything];
        }

        var found = new List<Topic>();
        foreach (var part in typed.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Find(part) is { } topic)
            {
                found.Add(topic);
            }
            else if (Chain(part) is { } chain)
            {
                found.AddRange(chain);
            }
            else
            {
                return Unknown(part, _ => null);
            }
        }

        return found.Count == 0 ? Unknown(typed, _ => null) : found.Distinct().ToArray();
    }

    /// <summary>What to offer while a person types; <c>everything</c> where it fits.</summary>
    /// <param name="isOrder">Also what only an order can name: everything, and the typed words themselves.</param>
    public IEnumerable<Topic> Suggest(string typed, int count, bool isOrder)
    {
        var topics = Mine.Suggest(typed, count);
        if (isOrder && Find(typed) is null && Keywords.Of(typed) is { } words)
        {
            topics = [.. topics.Take(count - 1), words];
        }

        return isOrder && AllWords.Any(w => w.StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase))
            ? topics.Prepend(Topic.Everything).DistinctBy(t => t.Code, StringComparer.Ordinal).Take(count)
            : topics;
    }

    /// <summary>The same for the last of several with commas between: each offer is the whole list. Empty where one before it is no topic.</summary>
    public IEnumerable<(string Name, string Value)> SuggestList(string typed, int count)
    {
        var parts = typed.Split(Between, StringSplitOptions.TrimEntries);
        var before = parts[..^1].Where(p => p.Length > 0).Select(Find).ToArray();
        return Array.Exists(before, t => t is null) ? [] : Mine.Suggest(parts[^1], count)
            .Where(t => !before.Contains(t))
            .Select(t => (Wording.Sentence(Wording.List(before.Append(t).Select(b => Wording.Name(b!)))), string.Join(',', before.Append(t).Select(b => b!.Code))));
    }

    /// <summary>A choice for somebody who has typed nothing: everything, then the most prominent of each kind.</summary>
    public IReadOnlyList<Topic> Offers(int count) =>
    [
        Topic.Everything,
        .. new[] { (TopicKind.Subject, 8), (TopicKind.Place, 11), (TopicKind.Organisation, 4), (TopicKind.Person, 2) }
            .SelectMany(kind => catalogue.All.Where(t => t.Kind == kind.Item1 && t != Topic.Everything).Take(kind.Item2))
            .Take(count - 1),
    ];

    /// <summary>The one a mistyped word most likely means; null where nothing is near.</summary>
    public Topic? Nearest(string typed) => Mine.Nearest(typed);

    // In the reader's language and in English; what has a name in neither may have one in another language.
    private TopicCatalogue Mine => catalogue.In(Texts.Current);

    private IEnumerable<TopicCatalogue> Others => TopicNames.Languages.Select(catalogue.In);

    private static bool IsOneQuotation(string typed) =>
        typed.Length > 2 && typed[0] is '"' or '“' or '«' or '„' && typed.IndexOfAny(Closing, 1) == typed.Length - 1;

    private static bool IsMeantAsWords(string typed) =>
        typed.Trim() is var text && (text.StartsWith(Topic.WordPrefix, StringComparison.OrdinalIgnoreCase) || (text.Length > 2 && text[0] is '"' or '“' or '«' or '„'));

    private static CardAction? AsWords(CommandRequest request, string option, string typed) =>
        request.Command is "subscribe" && Keywords.Of(typed) is { } words ? Again(request, option, words with { Name = Texts.Say($"Follow {words.Name}") }) : null;

    private static CardAction Again(CommandRequest request, string option, Topic topic) => Again(request, option, Wording.Name(topic), [topic]);

    private static CardAction Again(CommandRequest request, string option, string label, IEnumerable<Topic> topics) => Wording.Button(
        label,
        request.Command,
        [.. request.Arguments.Where(a => !string.Equals(a.Key, option, StringComparison.Ordinal)).Select(a => (a.Key, a.Value)).Prepend((option, string.Join(',', topics.Select(t => t.Code))))]);

    private Topic? FindPlain(string words) =>
        AllWords.Contains(words.Trim(), StringComparer.OrdinalIgnoreCase) ? Topic.Everything : Mine.Find(words) ?? Others.Select(c => c.Find(words)).FirstOrDefault(t => t is not null);

    // "ukraine nato european union": the longest names first, nothing left over.
    private List<Topic>? Chain(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = new List<Topic>();
        for (var at = 0; at < words.Length;)
        {
            var taken = 0;
            for (var length = Math.Min(6, words.Length - at); length > 0 && taken == 0; length--)
            {
                if (FindPlain(string.Join(' ', words[at..(at + length)])) is { } topic)
                {
                    found.Add(topic);
                    taken = length;
                }
            }

            if (taken == 0 && !Fillers.Contains(words[at]))
            {
                return null;
            }

            at += Math.Max(1, taken);
        }

        return found.Count == 0 ? null : found;
    }

    private CommandReply Unknown(string typed, Func<Topic, CardAction?> again, params CardAction?[] others)
    {
        Topic[] offers = typed.Any(char.IsLetterOrDigit)
            ? [.. new[] { Nearest(typed) }.OfType<Topic>().Concat(Mine.Suggest(typed, 3)).DistinctBy(t => t.Code, StringComparer.Ordinal)]
            : [];
        return Wording.Answer(
            Texts.Say($"No topic is called {Wording.Quote(typed)}"),
            offers.Length > 0
                ? Texts.Say($"Did you mean {Wording.Name(offers[0])}?")
                : others.Any(o => o is not null) ? "Its stories can come all the same: those in which the words stand." : "Topics are subjects, places, organisations and people; “topics” lists them.",
            offers.Select(again).Concat(others).OfType<CardAction>().Append(Wording.Button("Topics", "topics")));
    }
}
