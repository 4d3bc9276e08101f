namespace M10Bot.News.Chat;

/// <summary>What came of a post, an edit or a withdrawal. Closed: these cases and no others.</summary>
public abstract record PostOutcome
{
    private PostOutcome()
    {
    }

    /// <summary>The message stands as wanted.</summary>
    public sealed record Posted(Receipt Receipt) : PostOutcome
    {
        /// <summary>Set where it stands, but not as well as it could: a sentence on what an admin can do.</summary>
        public string? Flaw { get; init; }

        /// <summary>
        /// Set where something that belongs to the message is still to be done (published, told in its thread): the edit is to be
        /// repeated, not before then, and does it. Until an edit comes back without this, the delivery is not done.
        /// </summary>
        public DateTimeOffset? Again { get; init; }

        /// <summary>
        /// Set where readers still see something of an earlier version beside the message, such as the title of its post: a sentence
        /// on what it is. While it is set, the version is not proved there. Without <see cref="Again"/> a person must put it right.
        /// </summary>
        public string? Still { get; init; }
    }

    /// <summary>Nothing happened; try again, not before <paramref name="Until"/>.</summary>
    /// <param name="Until">Earliest next try.</param>
    /// <param name="Why">One phrase for the admin's view.</param>
    /// <param name="WholeLane">True where the limit or outage holds up every delivery of the lane, not this destination alone.</param>
    public sealed record Deferred(DateTimeOffset Until, string Why, bool WholeLane = false) : PostOutcome
    {
        /// <summary>With <see cref="WholeLane"/>: only what is of the same kind waits, new messages or edits; the other kind goes on.</summary>
        public bool OnlyItsKind { get; init; }
    }

    /// <summary>This destination can't be served until a person mends something.</summary>
    /// <param name="Why">What the platform said, in plain words.</param>
    /// <param name="Remedy">What an admin must do.</param>
    public sealed record Refused(string Why, string Remedy) : PostOutcome;

    /// <summary>The platform accepts this content not at this destination (a word filter, a blocked link); another version or another story may well be.</summary>
    /// <param name="Why">What the platform said, in plain words.</param>
    public sealed record Declined(string Why) : PostOutcome;

    /// <summary>The message that was to be edited or withdrawn is no longer there (a moderator removed it).</summary>
    public sealed record Gone : PostOutcome;

    /// <summary>The request may have been carried out; settle it before anything is sent again.</summary>
    public sealed record InDoubt(string Why) : PostOutcome;
}

/// <summary>What the platform can tell of an attempt whose end nobody saw.</summary>
public abstract record SettleOutcome
{
    private SettleOutcome()
    {
    }

    /// <summary>It was posted; this is the proof.</summary>
    /// <param name="Receipt">The proof.</param>
    /// <param name="MayLack">True where something that belongs to the message may not have been done (<see cref="PostOutcome.Posted.Again"/>).</param>
    public sealed record Found(Receipt Receipt, bool MayLack = false) : SettleOutcome;

    /// <summary>It was surely not posted, or a repeat is harmless because the platform itself refuses a second one.</summary>
    /// <param name="MayStand">True where a first message may stand there all the same: the platform was not asked, it only refuses the second.</param>
    public sealed record SafeToRepeat(bool MayStand = false) : SettleOutcome;

    /// <summary>The platform can't be asked now.</summary>
    public sealed record Later(DateTimeOffset Until, string Why) : SettleOutcome;

    /// <summary>The platform gives no means to know; a person decides.</summary>
    public sealed record Unknowable(string Why) : SettleOutcome;
}
