namespace M10Bot.Simulator.Discord;

/// <summary>What breaks a rule although Discord would let it pass, or would only count it. A good client has none.</summary>
internal sealed class Breaches(Journal journal)
{
    private const int Kept = 1_000;
    private readonly Lock _lock = new();
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    /// <param name="what">In words, without secrets.</param>
    public void Note(string what)
    {
        journal.Write("discord", "rule", "breach", what);
        lock (_lock)
        {
            if (_all.Count < Kept)
            {
                _all.Add(what);
            }
        }
    }
}
