using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>What “Undo” gives back: orders with all their rules, and what was said of single stories. Kept for as long as a form, for whoever ended them.</summary>
/// <remarks>A button has no room for it, and two orders of one channel need not have the same rules.</remarks>
internal sealed class KeptOrders(FormStore forms)
{
    /// <summary>What <see cref="Form.SendArgument"/> is where “Undo” sends it.</summary>
    public const string Undo = "undo";

    private const string Kind = "kind";
    private const string Address = "address";
    private const string Order = "order-";
    private const string Choices = "choices";

    // What one answer of a form may hold, and what a channel mutes at most that is worth giving back.
    public const int MostChoices = 80;

    /// <summary>The button that gives them back.</summary>
    public async Task<CardAction> ButtonAsync(
        CommandRequest request, Destination place, IEnumerable<Subscription> orders, IEnumerable<(long Story, StoryChoice Choice)> choices, CancellationToken ct)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { [Kind] = place.Kind.ToString(), [Address] = place.Address };
        foreach (var order in orders)
        {
            values[Order + values.Count.ToString(CultureInfo.InvariantCulture)] = JsonSerializer.Serialize(KeptOrder.Of(order), KeptOrderContext.Default.KeptOrder);
        }

        if (string.Join(' ', choices.Select(c => string.Create(CultureInfo.InvariantCulture, $"{(c.Choice is StoryChoice.Mute ? 'm' : 'f')}{c.Story}"))) is { Length: > 0 } said)
        {
            values[Choices] = said;
        }

        var key = await forms.OpenAsync(request, UndoCommand.Name, new FormAnswers(values, request.Channels), ct);
        return Wording.Button("Undo", Form.AnswerCommand, (Form.KeyArgument, key), (Form.SendArgument, Undo));
    }

    public static (Destination Place, IReadOnlyList<Subscription> Orders, IReadOnlyList<(long Story, StoryChoice Choice)> Choices) Read(CommandRequest request)
    {
        var place = new Destination(request.Platform, request.Workspace, Enum.Parse<DestinationKind>(request.Arguments[Kind]), request.Arguments[Address]);
        var orders = request.Arguments.Where(a => a.Key.StartsWith(Order, StringComparison.Ordinal))
            .Select(a => JsonSerializer.Deserialize(a.Value, KeptOrderContext.Default.KeptOrder)!.ToSubscription());
        var choices = request.Arguments.GetValueOrDefault(Choices, "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(c => (long.Parse(c[1..], CultureInfo.InvariantCulture), c[0] == 'm' ? StoryChoice.Mute : StoryChoice.Follow));
        return (place, [.. orders], [.. choices]);
    }
}

/// <summary>A <see cref="Subscription"/> in numbers and words.</summary>
internal sealed record KeptOrder(string Topic, string Name, string By, long Created, int Least, string? Role, int From, IReadOnlyList<string> Languages)
{
    public static KeptOrder Of(Subscription o) => new(
        o.Topic, o.Name, o.CreatedBy, o.Created.ToUnixTimeMilliseconds(), o.Rules.Least.Value, o.Rules.Ping?.Role, o.Rules.Ping?.From.Value ?? 0, o.Rules.Languages);

    public Subscription ToSubscription() => new(Topic, Name, By, DateTimeOffset.FromUnixTimeMilliseconds(Created))
    {
        Rules = new OrderRules(new Urgency(Least), Role is null ? null : new Ping(Role, new Urgency(From))) { Languages = Languages },
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptOrder))]
internal sealed partial class KeptOrderContext : JsonSerializerContext;
