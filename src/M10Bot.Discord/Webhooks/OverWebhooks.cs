using System.Collections.Concurrent;

namespace M10Bot.Discord.Webhooks;

/// <summary>Webhooks that Discord said it does not know: it bans who goes on calling them.</summary>
internal sealed class OverWebhooks
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, bool> _ids = new(StringComparer.Ordinal);

    public void Add(string id)
    {
        if (_ids.Count >= Most)
        {
            _ids.Clear();
        }

        _ids[id] = true;
    }

    public bool Contains(string id) => _ids.ContainsKey(id);
}
