namespace M10Bot.Simulator.Discord.State;

/// <summary>Anything that has an id under <c>/channels</c>: text and announcement channels, forums, threads, direct messages.</summary>
internal sealed class Channel(string id, int type, string name, Guild? guild, Person? recipient)
{
    public const int InGuild = 0;
    public const int InBotDirect = 1;
    public const int InPrivate = 2;
    public const int Text = 0;
    public const int Direct = 1;
    public const int Announcement = 5;
    public const int AnnouncementThread = 10;
    public const int PublicThread = 11;
    public const int PrivateThread = 12;
    public const int Forum = 15;
    public const int Media = 16;

    /// <summary>Older ones are forgotten, so that a load test does not fill the memory.</summary>
    private const int Kept = 20_000;

    private readonly Dictionary<string, StoredMessage> _byId = new(StringComparer.Ordinal);

    public string Id => id;

    public int Type => type;

    public string Name { get; set; } = name;

    public string? Topic { get; set; }

    public Guild? Guild => guild;

    public Person? Recipient => recipient;

    /// <summary>The other person, where two talk with each other and the bot is not there.</summary>
    public Person? OtherPerson { get; init; }

    /// <summary>An interaction's <c>context</c>: in a guild, with the bot, between people.</summary>
    public int Context => guild is not null ? InGuild : OtherPerson is null ? InBotDirect : InPrivate;

    /// <summary>Null for all but threads.</summary>
    public ThreadLife? Thread { get; init; }

    /// <summary>Tags and their rule; null for all but forums.</summary>
    public ForumState? Forums { get; init; }

    public bool IsThread => Thread is not null;

    public bool IsForum => type is Forum or Media;

    /// <summary>By id of a role or a person.</summary>
    public Dictionary<string, Overwrite> Overwrites { get; } = new(StringComparer.Ordinal);

    /// <summary>Oldest first, with those that were deleted.</summary>
    public List<StoredMessage> Messages { get; } = [];

    public void Add(StoredMessage message)
    {
        Messages.Add(message);
        _byId[message.Id] = message;
        if (Messages.Count < Kept + (Kept / 10))
        {
            return;
        }

        var surplus = Messages.Count - Kept;
        foreach (var old in Messages.Take(surplus))
        {
            _byId.Remove(old.Id);
        }

        Messages.RemoveRange(0, surplus);
    }

    public StoredMessage? Find(string messageId) => _byId.GetValueOrDefault(messageId);
}

/// <summary>What makes a channel a thread; a forum's post is one.</summary>
internal sealed class ThreadLife(Channel parent, Person owner)
{
    public static readonly int[] Durations = [60, 1440, 4320, 10_080];

    public Channel Parent => parent;

    public Person Owner => owner;

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Archived { get; set; }

    public bool Locked { get; set; }

    public DateTimeOffset ArchiveChangedAt { get; set; }

    /// <summary>The last sign of life; after <see cref="ArchiveAfterMinutes"/> without one it is archived.</summary>
    public DateTimeOffset ActiveAt { get; set; }

    public int ArchiveAfterMinutes { get; set; } = 4320;

    public List<string> Tags { get; set; } = [];
}

internal sealed class ForumState(bool requiresTag)
{
    public bool RequiresTag { get; set; } = requiresTag;

    public List<ForumTag> Tags { get; } = [];
}

/// <param name="Moderated">Only who manages threads may set it.</param>
internal sealed record ForumTag(string Id, string Name, bool Moderated = false);
