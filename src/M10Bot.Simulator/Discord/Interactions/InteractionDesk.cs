using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Gateway;
using M10Bot.Simulator.Discord.Rest;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>Starts interactions, hands them to the gateway and gives up on them after three seconds.</summary>
internal sealed class InteractionDesk(World world, GatewayHub hub, HttpDoor http, MessageDesk messages, PageFeed feed, Journal journal, Random random)
{
    public static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(15);
    private const string NoAnswer = "The application did not respond";
    private static readonly JsonElement NoAnswerForm = JsonDocument.Parse($$"""{"content":"{{NoAnswer}}"}""").RootElement.Clone();
    private readonly Dictionary<string, Interaction> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Interaction> _byToken = new(StringComparer.Ordinal);

    public World World => world;

    /// <summary>Takes a first answer that came inline over HTTP.</summary>
    public Func<Interaction, JsonElement, Answer> TakeAnswer { get; set; } = (_, _) => Answer.UnknownInteraction;

    /// <summary>Interactions that got no first answer in time.</summary>
    public int Expired { get; private set; }

    public Interaction? Find(string id) => _byId.GetValueOrDefault(id);

    public Interaction? FindByToken(string token) => _byToken.GetValueOrDefault(token);

    public (string Id, string Token) NewKeys()
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        var id = world.Ids.Next();
        return (id, $"aW50ZXJhY3Rpb24{id}{Convert.ToHexStringLower(bytes)}");
    }

    public void Start(Interaction interaction, JsonNode payload)
    {
        Prune();
        _byId[interaction.Id] = interaction;
        _byToken[interaction.Token] = interaction;
        interaction.Deadline = world.Time.CreateTimer(_ => Expire(interaction), state: null, FirstAnswer, Timeout.InfiniteTimeSpan);
        if (http.Endpoint is null)
        {
            var guild = interaction.Channel.Guild is { } home && home.Has(world.Bot) ? home : null;
            hub.Dispatch("INTERACTION_CREATE", guild, Intents.None, () => (JsonObject)payload.DeepClone());
        }
        else
        {
            // Setting the address switches the gateway's delivery off. What goes wrong on the way ends as an interaction that failed.
            _ = SendOverHttpAsync(interaction, payload);
        }
    }

    private async Task SendOverHttpAsync(Interaction interaction, JsonNode payload)
    {
        var answer = await http.SendAsync(payload, CancellationToken.None);
        lock (world.Gate)
        {
            if (answer is { ValueKind: JsonValueKind.Undefined })
            {
                return; // 202: the callback comes by itself
            }

            if (answer is { } callback && !interaction.Expired && TakeAnswer(interaction, callback) is { Status: < 400 })
            {
                interaction.DeferredOverHttpAt = callback.GetWhole("type") is 5 or 6 ? world.Time.GetUtcNow() : null;
                return;
            }
        }

        Expire(interaction);
    }

    public void PublishModal(Interaction interaction)
    {
        if (feed.HasListeners && interaction.Modal is { } modal)
        {
            feed.Publish(Wire.Text(new JsonObject
            {
                ["pane"] = "discord",
                ["kind"] = "modal",
                ["channel"] = interaction.Channel.Id,
                ["person"] = interaction.Person.Id,
                ["interaction"] = interaction.Id,
                ["modal"] = Wire.Node(modal),
            }));
        }
    }

    private void Expire(Interaction interaction)
    {
        lock (world.Gate)
        {
            if (interaction.Answered is not null || interaction.Expired)
            {
                return;
            }

            interaction.Expired = true;
            Expired++;
            journal.Write("discord", "interaction", "expired", interaction.Name);
            if (interaction.Type == Interaction.Autocomplete)
            {
                interaction.Choices.TrySetException(new DiscordClientException(NoAnswer));
                return;
            }

            var form = MessageForm.Read(NoAnswerForm, new FormErrors(), MessageKind.Reply, existing: null);
            var notice = messages.Post(interaction.Channel, form, interaction.Origin, privately: true);
            messages.TellPage("interaction.failed", notice);
        }
    }

    private void Prune()
    {
        var oldest = world.Time.GetUtcNow() - TokenLife - TokenLife;
        foreach (var old in _byId.Values.TakeWhile(i => i.StartedAt < oldest).ToList())
        {
            old.Deadline?.Dispose();
            _byId.Remove(old.Id);
            _byToken.Remove(old.Token);
        }
    }
}
