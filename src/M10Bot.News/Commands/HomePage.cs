using M10Bot.News.Chat;

namespace M10Bot.News.Commands;

/// <summary>What a person's own page with the bot shows: what they follow, the latest, and for editors and admins the state of their work.</summary>
public sealed class HomePage(CommandDispatcher commands)
{
    // Each is a command that needs no argument, so that the page and the typed answer cannot differ.
    private static readonly string[] Sections = ["subscriptions", "pace", "latest", "queue", "status", "feeds"];

    /// <param name="request">Who looks, and from which workspace; its command is ignored.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>One card per section, in the order they are shown.</returns>
    public async Task<IReadOnlyList<Card>> CardsAsync(CommandRequest request, CancellationToken ct)
    {
        List<Card> cards = [];
        foreach (var spec in Sections.Select(name => commands.Specs.First(s => string.Equals(s.Name, name, StringComparison.Ordinal))).Where(s => s.IsFor(request.Caller)))
        {
            var reply = await commands.RunAsync(request with { Command = spec.Name, Arguments = new Dictionary<string, string>(StringComparer.Ordinal), IsDirect = true }, ct);
            cards.Add(reply.Card);
        }

        return cards;
    }
}
