namespace M10Bot.News.Deliveries;

/// <summary>Keeps the cards that are being fanned out: thousands of deliveries show the same one.</summary>
internal sealed class CardShelf(LaneStore store)
{
    private const int Room = 128;

    private readonly Dictionary<(long Bulletin, int Version), ShownCard> _cards = [];
    private readonly Queue<(long, int)> _oldest = [];
    private readonly Lock _gate = new();

    /// <param name="shown">The version that stands at the place: what a quiet one overtook since is not to be lost there.</param>
    public async Task<ShownCard> GetAsync(long bulletinId, int version, int shown, CancellationToken ct)
    {
        var wanted = await GetAsync(bulletinId, version, ct);
        return wanted.Card.IsQuiet && shown > 0 && shown < version - 1
            ? wanted with { Card = wanted.Card with { Overtook = await store.OvertakenAsync(bulletinId, shown, version, ct) } }
            : wanted;
    }

    private async Task<ShownCard> GetAsync(long bulletinId, int version, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_cards.TryGetValue((bulletinId, version), out var known))
            {
                return known;
            }
        }

        var card = await store.CardAsync(bulletinId, version, ct);
        lock (_gate)
        {
            if (!_cards.TryAdd((bulletinId, version), card))
            {
                return _cards[(bulletinId, version)]; // another has read it meanwhile
            }

            _oldest.Enqueue((bulletinId, version));
            if (_oldest.Count > Room)
            {
                _cards.Remove(_oldest.Dequeue());
            }
        }

        return card;
    }
}
