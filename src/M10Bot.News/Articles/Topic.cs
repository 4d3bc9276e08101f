namespace M10Bot.News.Articles;

/// <summary>Something people follow: a subject, a person, an organisation, a place, or plain words.</summary>
/// <param name="Code">Stable key, lower case: <c>medtop:16000000</c>, <c>place:ukraine</c>, <c>org:nato</c>, <c>person:donald-trump</c>, <c>word:data centre</c>.</param>
/// <param name="Name">What a reader sees, e.g. <c>conflict, war and peace</c> or <c>Ukraine</c>.</param>
/// <param name="Kind">Which sort of thing it is.</param>
public sealed record Topic(string Code, string Name, TopicKind Kind)
{
    /// <summary>What the codes of keywords begin with.</summary>
    public const string WordPrefix = "word:";

    /// <summary>The order for everything; matches every story.</summary>
    public static readonly Topic Everything = new("all", "everything", TopicKind.Subject);
}

/// <summary>Subjects are IPTC Media Topics; places are countries and regions; keywords are whatever words a reader chose.</summary>
public enum TopicKind
{
    Subject,
    Place,
    Organisation,
    Person,
    Keyword,
}

/// <summary>A Topic found in an article, with the words that caused it ("why did I get this?").</summary>
/// <param name="Topic">What was found.</param>
/// <param name="Words">The words as they stand in the article, most telling first, none twice.</param>
/// <param name="Weight">Relative strength; the strongest Topic of an article comes first.</param>
public sealed record TopicMatch(Topic Topic, IReadOnlyList<string> Words, double Weight);
