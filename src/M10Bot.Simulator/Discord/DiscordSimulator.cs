using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Gateway;
using M10Bot.Simulator.Discord.Interactions;
using M10Bot.Simulator.Discord.Rest;
using M10Bot.Simulator.Discord.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace M10Bot.Simulator.Discord;

/// <summary>The simulated Discord: REST v10, Gateway and interactions.</summary>
public sealed class DiscordSimulator : IDisposable
{
    private readonly World _world;
    private readonly GatewayHub _hub;
    private readonly MessageDesk _messages;
    private readonly InteractionDesk _interactions;
    private readonly PersonClient _client;
    private readonly DiscordPage _page;
    private readonly DiscordRest _rest;
    private readonly DiscordOrders _orders;
    private readonly HttpDoor _http;
    private readonly Breaches _breaches;
    private readonly GatewayDoor _door;

    internal DiscordSimulator(SimulatorOptions options, TimeProvider time, Random random, Journal journal, PageFeed feed)
    {
        _world = new World(time);
        _breaches = new Breaches(journal);
        _http = new HttpDoor(_world, journal);
        _hub = new GatewayHub(_world, Faults, Limits, _breaches, random, options.DiscordToken);
        _messages = new MessageDesk(_world, _hub, feed, _breaches);
        _interactions = new InteractionDesk(_world, _hub, _http, _messages, feed, journal, random);
        _client = new PersonClient(_world, _interactions, _messages);
        _page = new DiscordPage(_world, _client);
        _door = new GatewayDoor(_hub, journal);
        Gateway = new DiscordGateway(_hub);
        var threads = new ThreadDesk(_world, _hub, feed);
        World = new DiscordWorld(_world, _hub, threads);
        _orders = new DiscordOrders(Faults, Gateway, Limits, World, () => _breaches.All, time, journal);
        var channels = new ChannelDoor(_world, threads);
        var webhooks = new WebhookRoutes(_world, channels, threads, _messages, Limits, _breaches);
        var interactionRoutes = new InteractionRoutes(_interactions, _messages, webhooks, Faults);
        _interactions.TakeAnswer = (interaction, body) => interactionRoutes.Take(interaction, body) ?? Answer.Empty;
        var threadRoutes = new ThreadRoutes(_world, channels, threads, _messages, Limits);
        Rest.Route[] routes =
        [
            .. new MessageRoutes(_world, _messages, channels, threads, Limits).All,
            .. interactionRoutes.All,
            .. webhooks.All,
            .. threadRoutes.All,
            .. new ChannelRoutes(_world, _hub, channels, threads, threadRoutes).All,
            .. new PlaceRoutes(_world, _hub, Limits, _http).All,
            .. new CommandRoutes(_world, feed).All,
        ];
        _rest = new DiscordRest(_world, routes, new RateLimiter(time, Limits, _breaches), Limits, Faults, journal, options.DiscordToken);
    }

    public DiscordLimits Limits { get; } = new();

    public DiscordFaults Faults { get; } = new();

    public DiscordGateway Gateway { get; }

    /// <summary>Guilds, channels, members and permissions.</summary>
    public DiscordWorld World { get; }

    /// <summary>Interactions that got no first answer within three seconds.</summary>
    public int UnansweredInteractions
    {
        get
        {
            lock (_world.Gate)
            {
                return _interactions.Expired;
            }
        }
    }

    /// <summary>
    /// What the bot did against a rule although Discord would let it pass or only count it: pings nobody ordered, returns before
    /// their time, webhooks used after a 404. A strict test asserts that there is none.
    /// </summary>
    public IReadOnlyList<string> Breaches => _breaches.All;

    /// <summary>Where interactions are posted instead of the gateway; null where they are not. Loopback only.</summary>
    public string? InteractionsEndpoint
    {
        get
        {
            lock (_world.Gate)
            {
                return _http.Endpoint;
            }
        }
    }

    /// <summary>Probes the interactions endpoint as Discord does now and then; one that fails is detached.</summary>
    /// <param name="withReplay">Also expects that a replayed request is refused, which Discord itself does not try.</param>
    /// <returns>Null where it stands, or what it failed.</returns>
    public async Task<string?> ProbeEndpointAsync(bool withReplay, CancellationToken ct)
    {
        _http.ExpectsReplaysRefused = withReplay;
        return await _http.ProveAgainAsync(ct) ? null : _http.Failed ?? "there is no endpoint";
    }

    /// <summary>Sends a webhook event (or, without one, its PING) to a loopback address until it is answered 204.</summary>
    /// <param name="eventJson">E.g. <c>{"type":"APPLICATION_AUTHORIZED","timestamp":"…","data":{}}</c>.</param>
    /// <returns>How many tries it took; null where none of them was answered 204.</returns>
    public Task<int?> SendEventAsync(string url, string? eventJson, int tries, CancellationToken ct) =>
        _http.SendEventAsync(url, eventJson is null ? null : (JsonObject)JsonNode.Parse(eventJson)!, tries, ct);

    /// <summary>Is told of every REST call that a rule decided: method, path, request, status, answer. For contract tests.</summary>
    internal Action<string, string, JsonElement, int, JsonElement>? Seen
    {
        get => _rest.Seen;
        set => _rest.Seen = value;
    }

    /// <summary>Everything the page shows of Discord.</summary>
    public JsonObject View() => _page.View();

    /// <summary>Oldest first, with deleted and private ones.</summary>
    public IReadOnlyList<PostedMessage> Posts(string channelId)
    {
        lock (_world.Gate)
        {
            return _world.Channels.TryGetValue(channelId, out var channel) ? [.. channel.Messages.Select(Posted)] : [];
        }
    }

    /// <summary>How many messages were truly created with this nonce; more than one is a double post.</summary>
    public int CreatesWith(string nonce)
    {
        lock (_world.Gate)
        {
            return _world.Channels.Values.Sum(c => c.Messages.Count(m => string.Equals(m.NonceText, nonce, StringComparison.Ordinal)));
        }
    }

    /// <summary>A moderator deletes a message.</summary>
    public void DeleteByModerator(string channelId, string messageId)
    {
        lock (_world.Gate)
        {
            if (_world.Channels.GetValueOrDefault(channelId)?.Find(messageId) is { Deleted: false } message)
            {
                _messages.Delete(message);
            }
        }
    }

    /// <summary>Types a slash command.</summary>
    /// <param name="person"><c>member</c>, <c>editor</c>, <c>admin</c>, or an id.</param>
    /// <param name="name">E.g. <c>channel add</c>.</param>
    /// <returns>The interaction's id.</returns>
    /// <exception cref="DiscordClientException">The person's own client would not send this.</exception>
    public string Command(string person, string channelId, string name, IReadOnlyDictionary<string, string>? options = null) =>
        _client.Command(person, channelId, name, Elements(options)).Id;

    /// <summary>Writes a message.</summary>
    /// <returns>The message's id.</returns>
    /// <exception cref="DiscordClientException">The person may not write there.</exception>
    public string Say(string person, string channelId, string content) => _client.Say(person, channelId, content).Id;

    /// <summary>Chooses a message command from a message's menu.</summary>
    /// <returns>The interaction's id.</returns>
    /// <exception cref="DiscordClientException">The person's own client would not send this.</exception>
    public string MessageCommand(string person, string channelId, string name, string messageId) =>
        _client.OnMessage(person, channelId, name, messageId).Id;

    /// <summary>Chooses a user command from somebody's menu.</summary>
    /// <returns>The interaction's id.</returns>
    /// <exception cref="DiscordClientException">The person's own client would not send this.</exception>
    public string UserCommand(string person, string channelId, string name, string targetPerson) =>
        _client.OnPerson(person, channelId, name, targetPerson).Id;

    /// <summary>Types into an option that the bot completes.</summary>
    /// <exception cref="DiscordClientException">The person's own client would not send this, or the bot gave no answer in time.</exception>
    public async Task<IReadOnlyList<DiscordChoice>> AutocompleteAsync(
        string person, string channelId, string name, string option, string typed, CancellationToken ct)
    {
        var interaction = _client.Autocomplete(person, channelId, name, option, typed, Elements(null));
        var choices = await interaction.Choices.Task.WaitAsync(ct);
        return [.. choices.EnumerateArray().Select(c => new DiscordChoice(c.GetText("name")!, c.GetProperty("value").ToString()))];
    }

    /// <summary>Presses a button or picks from a select.</summary>
    /// <returns>The interaction's id.</returns>
    /// <exception cref="DiscordClientException">The person's own client would not send this.</exception>
    public string Component(string person, string channelId, string messageId, string customId, IReadOnlyList<string>? values = null) =>
        _client.Component(person, channelId, messageId, customId, values).Id;

    /// <summary>Sends the modal that an interaction was answered with.</summary>
    /// <returns>The new interaction's id.</returns>
    /// <exception cref="DiscordClientException">The person's own client would not send this.</exception>
    public string Modal(string person, string interactionId, string customId, IReadOnlyDictionary<string, string> values) =>
        _client.Modal(person, interactionId, customId, Elements(values)).Id;

    /// <summary>What the interaction was answered with: <c>@original</c>, or null.</summary>
    public PostedMessage? ReplyTo(string interactionId)
    {
        lock (_world.Gate)
        {
            return _interactions.Find(interactionId)?.Original is { } original ? Posted(original) : null;
        }
    }

    public void Dispose() => _http.Dispose();

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/api/{version}/{**path}", context =>
            context.Request.RouteValues["version"] is "v10" ? _rest.HandleAsync(context) : _rest.RefuseAsync(context));
        _door.Map(routes);
        _page.Map(routes);
        _orders.Map(routes);
    }

    private static PostedMessage Posted(StoredMessage m) => new(
        m.Id, m.Channel.Id, m.Content, Wire.Text(Rendered.ForPage(m)), m.NonceText, m.Edits, m.Replays, m.Deleted, m.Loading,
        m.EphemeralFor?.Id, m.Mentions.WouldPing, m.CreatedAt, m.EditedAt);

    private static Dictionary<string, JsonElement> Elements(IReadOnlyDictionary<string, string>? values) =>
        (values ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .ToDictionary(v => v.Key, v => JsonSerializer.SerializeToElement(v.Value, Wire.Json), StringComparer.Ordinal);
}
