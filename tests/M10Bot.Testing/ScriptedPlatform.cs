using System.Globalization;
using M10Bot.News.Chat;

namespace M10Bot.Testing;

/// <summary>A chat service in memory: shows what it is told, remembers every request, and fails as a test says.</summary>
public sealed class ScriptedPlatform(Platform platform = Platform.Discord) : IChatPlatform
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Lock _gate = new();
    private readonly List<ScriptedMessage> _messages = [];
    private readonly List<ScriptedRequest> _requests = [];
    private readonly List<(Func<ScriptedPlatform, bool> Condition, TaskCompletionSource Met)> _watchers = [];

    public Platform Platform => platform;

    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public LanePace Pace { get; set; } = new(Rate.None);

    /// <summary>True: a second post with a known key makes no second message (Discord's enforced nonce).</summary>
    public bool RecognisesKeys { get; set; }

    /// <summary>Runs before a request is carried out; an outcome means that it is not.</summary>
    public Func<ScriptedRequest, CancellationToken, Task<PostOutcome?>>? Before { get; set; }

    /// <summary>Runs after a request was carried out; an outcome takes the place of the true one, as when the reply is lost.</summary>
    public Func<ScriptedRequest, CancellationToken, Task<PostOutcome?>>? After { get; set; }

    /// <summary>What it says of an attempt; null: what is true.</summary>
    public Func<DeliveryKey, SettleOutcome?>? Settles { get; set; }

    /// <summary>In the order they were posted.</summary>
    public IReadOnlyList<ScriptedMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>In the order they came in.</summary>
    public IReadOnlyList<ScriptedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public string LaneOf(Destination destination) => "scripted";

    /// <summary>Returns once the condition holds; it is looked at after each request.</summary>
    public async Task WhenAsync(Func<ScriptedPlatform, bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _watchers.Add((condition, met));
        }

        Look();
        await met.Task.WaitAsync(Patience);
    }

    /// <summary>A moderator removes a message.</summary>
    public void Remove(ScriptedMessage message)
    {
        lock (_gate)
        {
            _messages.Remove(message);
        }
    }

    public Task<PostOutcome> PostAsync(Destination to, Card card, DeliveryKey key, CancellationToken ct) =>
        RunAsync(new ScriptedRequest("post", to, card, key), ct);

    public Task<PostOutcome> EditAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        RunAsync(new ScriptedRequest("edit", to, card, key) { Receipt = receipt }, ct);

    public Task<PostOutcome> WithdrawAsync(Destination to, Receipt receipt, Card card, DeliveryKey key, CancellationToken ct) =>
        RunAsync(new ScriptedRequest("withdraw", to, card, key) { Receipt = receipt }, ct);

    public Task<SettleOutcome> SettleAsync(Destination to, DeliveryKey key, DateTimeOffset attempted, CancellationToken ct)
    {
        lock (_gate)
        {
            _requests.Add(new ScriptedRequest("settle", to, null, key));
        }

        var said = Settles?.Invoke(key);
        ScriptedMessage? found;
        lock (_gate)
        {
            found = _messages.Find(m => m.Key == key);
        }

        Look();
        return Task.FromResult(said ?? (found is null ? new SettleOutcome.SafeToRepeat() : new SettleOutcome.Found(found.Receipt)));
    }

    /// <summary>A link is a message's id after <c>https://</c>.</summary>
    public Task<LinkOutcome> ReceiptOfAsync(Destination to, DeliveryKey key, string link, CancellationToken ct)
    {
        var found = Messages.FirstOrDefault(m => link == $"https://{m.Receipt.Message}");
        return Task.FromResult<LinkOutcome>(found switch
        {
            null => new LinkOutcome.No(LinkFault.NoLink),
            { Key: var its } when its != key => new LinkOutcome.No(LinkFault.NotOurs),
            _ => new LinkOutcome.Ours(found.Receipt),
        });
    }

    private async Task<PostOutcome> RunAsync(ScriptedRequest request, CancellationToken ct)
    {
        lock (_gate)
        {
            _requests.Add(request);
        }

        Look();
        if (Before is { } before && await before(request, ct) is { } refused)
        {
            return refused;
        }

        var outcome = request.Verb is "post" ? Post(request) : Change(request);
        Look();
        return After is { } after && await after(request, ct) is { } instead ? instead : outcome;
    }

    private PostOutcome.Posted Post(ScriptedRequest request)
    {
        lock (_gate)
        {
            if (RecognisesKeys && _messages.Find(m => m.Key == request.Key) is { } known)
            {
                return new PostOutcome.Posted(known.Receipt);
            }

            var number = (_messages.Count + 1).ToString(CultureInfo.InvariantCulture);
            var message = new ScriptedMessage(request.To, new Receipt(request.To.Address, $"m{number}-{Guid.NewGuid():N}"), request.Key, [request.Card!]);
            _messages.Add(message);
            return new PostOutcome.Posted(message.Receipt);
        }
    }

    private PostOutcome Change(ScriptedRequest request)
    {
        lock (_gate)
        {
            var message = _messages.Find(m => m.Receipt == request.Receipt);
            if (message is null)
            {
                return new PostOutcome.Gone();
            }

            message.Cards.Add(request.Card!);
            return new PostOutcome.Posted(message.Receipt);
        }
    }

    private void Look()
    {
        List<(Func<ScriptedPlatform, bool> Condition, TaskCompletionSource Met)> watchers;
        lock (_gate)
        {
            watchers = [.. _watchers];
        }

        foreach (var (condition, met) in watchers)
        {
            if (condition(this))
            {
                met.TrySetResult();
            }
        }
    }
}

/// <param name="Verb"><c>post</c>, <c>edit</c>, <c>withdraw</c> or <c>settle</c>.</param>
public sealed record ScriptedRequest(string Verb, Destination To, Card? Card, DeliveryKey Key)
{
    public Receipt? Receipt { get; init; }
}

/// <param name="Cards">What it showed, oldest first.</param>
public sealed record ScriptedMessage(Destination To, Receipt Receipt, DeliveryKey Key, List<Card> Cards)
{
    public Card Now => Cards[^1];
}
