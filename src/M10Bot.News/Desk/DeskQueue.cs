namespace M10Bot.News.Desk;

/// <param name="Going">Stories with deliveries on their way, most urgent first.</param>
/// <param name="Held">Stories kept back, the last one held first.</param>
/// <param name="Doubts">Deliveries whose end the platform cannot tell, oldest first.</param>
/// <param name="AllDoubts">How many of those there are.</param>
internal sealed record DeskQueue(IReadOnlyList<GoingRow> Going, IReadOnlyList<HeldStory> Held, IReadOnlyList<DoubtRow> Doubts, int AllDoubts);

internal sealed class GoingRow
{
    public long Story { get; init; }

    public string Headline { get; init; } = "";

    public string State { get; init; } = "";

    public int Rank { get; init; }

    public int Waiting { get; init; }
}

/// <param name="By">The editor; null where the wire or an embargo holds it.</param>
internal sealed record HeldStory(long Story, string Headline, string Reason, string? By, DateTimeOffset Since);

internal sealed class DoubtRow
{
    public long Delivery { get; init; }

    public long Story { get; init; }

    public string Headline { get; init; } = "";

    public string Platform { get; init; } = "";

    public string Workspace { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Address { get; init; } = "";

    public string? Note { get; init; }
}

/// <summary>How far a story's newest version has come.</summary>
/// <param name="State">Of the bulletin: <c>corrected</c>, <c>withdrawn</c>, …</param>
/// <param name="Owed">Destinations that shall show it.</param>
/// <param name="Done">Of those, the ones that do, each with a receipt.</param>
/// <param name="Refused">Of those, the ones that cannot be served until an admin mends something.</param>
/// <param name="Rows">What is not done first.</param>
internal sealed record Proof(int Version, string State, int Owed, int Done, int InDoubt, int Refused, int Waiting, IReadOnlyList<ProofRow> Rows)
{
    /// <summary>Of those, where the message is right and readers still see something of an earlier version beside it, until a person mends that.</summary>
    public int Stale { get; init; }

    /// <summary>By when what waits will be done, at the pace of the platforms' limits; null where nothing waits.</summary>
    public DateTimeOffset? Expected { get; init; }
}

internal sealed class ProofRow
{
    public string Platform { get; init; } = "";

    public string Workspace { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Address { get; init; } = "";

    public string State { get; init; } = "";

    public int Version { get; init; }

    public long? SettledMs { get; init; }

    public string? Receipt { get; init; }

    public string? Note { get; init; }

    public int IsStale { get; init; }
}

internal sealed class AuditRow
{
    public long Story { get; init; }

    public string Headline { get; init; } = "";

    public string Verb { get; init; } = "";

    public string ByWhom { get; init; } = "";

    public string Words { get; init; } = "";

    public int? Version { get; init; }

    public long AtMs { get; init; }
}
