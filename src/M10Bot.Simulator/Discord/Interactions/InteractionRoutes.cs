using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using M10Bot.Simulator.Discord.Rest;
using M10Bot.Simulator.Discord.State;
using M10Bot.Simulator.Discord.Validation;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>The bot's answers to interactions: the first one, its edits, the follow-ups.</summary>
internal sealed class InteractionRoutes(InteractionDesk desk, MessageDesk messages, WebhookRoutes webhooks, DiscordFaults faults)
{
    private const int Pong = 1;
    private const int Message = 4;
    private const int DeferredMessage = 5;
    private const int DeferredUpdate = 6;
    private const int Update = 7;
    private const int AutocompleteResult = 8;
    private const int Modal = 9;
    private const int MaxFollowUpsOfUserInstall = 5;
    private const string One = "webhooks/{webhook}/{token}/messages/{message}";
    private static readonly Budget FollowUps = new("follow-ups", 5, TimeSpan.FromSeconds(2));

    public IEnumerable<Route> All =>
    [
        new("POST", "interactions/{id}/{token}/callback", Callback) { NeedsBot = false },
        new("POST", "webhooks/{webhook}/{token}", c => IsMine(c) ? FollowUp(c) : webhooks.Execute(c)) { NeedsBot = false, BudgetOf = BudgetOf, Major = "token" },
        new("GET", One, c => IsMine(c) ? Find(c, out var message, out _) ?? Answer.Ok(Rendered.Message(message)) : webhooks.Get(c)) { NeedsBot = false, BudgetOf = BudgetOf, Major = "token" },
        new("PATCH", One, c => IsMine(c) ? Edit(c) : webhooks.Edit(c)) { NeedsBot = false, BudgetOf = BudgetOf, Major = "token" },
        new("DELETE", One, c => IsMine(c) ? Delete(c) : webhooks.Delete(c)) { NeedsBot = false, BudgetOf = BudgetOf, Major = "token" },
    ];

    private Budget BudgetOf(Call call) => IsMine(call) ? FollowUps : WebhookRoutes.Budget;

    /// <summary>Interactions' follow-ups go by the application's id; other webhooks have ids of their own.</summary>
    private bool IsMine(Call call) => string.Equals(call["webhook"], desk.World.Bot.Id, StringComparison.Ordinal);

    private Answer Callback(Call call)
    {
        if (desk.Find(call["id"]) is not { Expired: false } interaction || !string.Equals(interaction.Token, call["token"], StringComparison.Ordinal))
        {
            return Answer.UnknownInteraction;
        }

        return Take(interaction, call.Body) ?? (call.Asks("with_response") ? Answer.Ok(Response(interaction, interaction.Answered!.Value)) : Answer.Empty);
    }

    /// <summary>The first answer, however it came. Null where it was taken.</summary>
    public Answer? Take(Interaction interaction, JsonElement body)
    {
        if (interaction.Answered is not null)
        {
            return Answer.Error(400, 40060, "Interaction has already been acknowledged.");
        }

        var type = (int)(body.GetWhole("type") ?? 0);
        var allowed = AllowedFor(interaction);
        if (!allowed.Contains(type))
        {
            var choices = string.Join(", ", allowed.Select(a => a.ToString(CultureInfo.InvariantCulture)));
            return Answer.Form("type", "BASE_TYPE_CHOICES", $"Value must be one of ({choices}).");
        }

        var data = body.Get("data") is { ValueKind: JsonValueKind.Object } given ? given : Wire.Element(new JsonObject());
        if (Apply(interaction, type, data) is { } refused)
        {
            return refused;
        }

        interaction.Answered = type;
        interaction.Deadline?.Dispose();
        return null;
    }

    /// <summary>Which first answers fit which interaction.</summary>
    private static int[] AllowedFor(Interaction interaction) => interaction.Type switch
    {
        Interaction.Command => [Message, DeferredMessage, Modal],
        Interaction.Component => [Message, DeferredMessage, DeferredUpdate, Update, Modal],
        Interaction.Autocomplete => [AutocompleteResult],
        Interaction.ModalSubmit when interaction.Source is not null => [Message, DeferredMessage, DeferredUpdate, Update],
        Interaction.ModalSubmit => [Message, DeferredMessage],
        _ => [Pong],
    };

    private Answer? Apply(Interaction interaction, int type, JsonElement data)
    {
        var errors = new FormErrors();
        switch (type)
        {
            case Message:
                return PostFirst(interaction, data);
            case DeferredMessage:
                if (((data.GetWhole("flags") ?? 0) & ~StoredMessage.Ephemeral) != 0)
                {
                    return Answer.Form("data.flags", "BASE_TYPE_CHOICES", "Only EPHEMERAL can be set when deferring.");
                }

                var privately = IsPrivate(interaction, data.GetWhole("flags"));
                var blank = MessageForm.Read(Wire.Element(new JsonObject()), errors, MessageKind.Reply, existing: null);
                interaction.Original = messages.Post(interaction.Channel, blank, interaction.Origin, privately, loading: true);
                return null;
            case DeferredUpdate:
                interaction.Original = interaction.Source;
                return null;
            case Update:
                return UpdateSource(interaction, data);
            case AutocompleteResult:
                return Complete(interaction, data);
            default:
                ModalCheck.Read(data, errors);
                if (errors.Any)
                {
                    return Answer.Form(errors);
                }

                interaction.Modal = data;
                desk.PublishModal(interaction);
                return null;
        }
    }

    private Answer? PostFirst(Interaction interaction, JsonElement data)
    {
        var errors = new FormErrors();
        var form = MessageForm.Read(data, errors, MessageKind.Reply, existing: null, "data");
        if (Refuse(form, errors) is { } refused)
        {
            return refused;
        }

        interaction.Original = messages.Post(interaction.Channel, form, interaction.Origin, IsPrivate(interaction, form.Flags));
        return null;
    }

    private Answer? UpdateSource(Interaction interaction, JsonElement data)
    {
        var errors = new FormErrors();
        var source = interaction.Source!;
        var form = MessageForm.Read(data, errors, MessageKind.Reply, source, "data");
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        if (MessageDesk.WouldBeEmpty(source, form))
        {
            return Answer.EmptyMessage;
        }

        interaction.Original = messages.Edit(source, form);
        return null;
    }

    private static Answer? Complete(Interaction interaction, JsonElement data)
    {
        var errors = new FormErrors();
        var fields = new Fields(data, "data", errors);
        var choices = fields.List("choices", 25, 0, required: true) ?? [];
        for (var i = 0; i < choices.Count; i++)
        {
            CommandCheck.Choice(new Fields(choices[i], $"data.choices.{i.ToString(CultureInfo.InvariantCulture)}", errors), interaction.OptionType);
        }

        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        interaction.Choices.TrySetResult(data.Get("choices")!.Value);
        return null;
    }

    private Answer FollowUp(Call call)
    {
        if (Enter(call, out var interaction) is { } refused)
        {
            return refused;
        }

        var errors = new FormErrors();
        var form = MessageForm.Read(call.Body, errors, MessageKind.Reply, existing: null);
        if (Refuse(form, errors) is { } wrong)
        {
            return wrong;
        }

        var isFilling = interaction.Original is { Loading: true, Deleted: false };
        if (!isFilling && interaction.ByUserInstall && interaction.FollowUps >= MaxFollowUpsOfUserInstall)
        {
            return Answer.Error(400, 40094, "This interaction has reached the maximum number of follow up messages.");
        }

        // The first follow-up to a deferred reply becomes that reply, and stays as private as it was.
        var message = interaction.Original is { Loading: true, Deleted: false } loading
            ? messages.Edit(loading, form)
            : messages.Post(interaction.Channel, form, interaction.Origin, IsPrivate(interaction, form.Flags));
        interaction.FollowUps += isFilling ? 0 : 1;
        return Answer.Ok(Rendered.Message(message));
    }

    private Answer Edit(Call call)
    {
        if (Find(call, out var message, out _) is { } missing)
        {
            return missing;
        }

        var errors = new FormErrors();
        var form = MessageForm.Read(call.Body, errors, MessageKind.Reply, message);
        if (errors.Any)
        {
            return Answer.Form(errors);
        }

        return MessageDesk.WouldBeEmpty(message, form) ? Answer.EmptyMessage
            : form.BreaksDiscord ? Answer.Error(500, 0, "500: Internal Server Error")
            : Answer.Ok(Rendered.Message(messages.Edit(message, form)));
    }

    private Answer Delete(Call call)
    {
        if (Find(call, out var message, out _) is { } missing)
        {
            return missing;
        }

        messages.Delete(message);
        return Answer.Empty;
    }

    private Answer? Find(Call call, out StoredMessage message, out Interaction interaction)
    {
        message = null!;
        if (Enter(call, out interaction) is { } refused)
        {
            return refused;
        }

        var mine = interaction;
        var found = call["message"] is "@original"
            ? mine.Original
            : mine.Channel.Find(call["message"]) is { } other && string.Equals(other.Origin?.InteractionId, mine.Id, StringComparison.Ordinal) ? other : null;
        if (found is not { Deleted: false })
        {
            return Answer.UnknownMessage;
        }

        message = found;
        return null;
    }

    /// <summary>The token opens its door from the first answer on, for fifteen minutes.</summary>
    private Answer? Enter(Call call, out Interaction interaction)
    {
        interaction = null!;
        if (desk.FindByToken(call["token"]) is not { } found)
        {
            return Answer.UnknownWebhook;
        }

        interaction = found;
        if (desk.World.Time.GetUtcNow() - found.StartedAt > InteractionDesk.TokenLife)
        {
            return Answer.Error(401, 50027, "Invalid Webhook Token");
        }

        var isTooEarly = found.DeferredOverHttpAt is { } at && desk.World.Time.GetUtcNow() - at < faults.DeferRace;
        return isTooEarly || found.Answered is null or AutocompleteResult ? Answer.UnknownWebhook : null;
    }

    private static Answer? Refuse(MessageForm form, FormErrors errors) =>
        errors.Any ? Answer.Form(errors)
        : form.IsEmpty ? Answer.EmptyMessage
        : form.BreaksDiscord ? Answer.Error(500, 0, "500: Internal Server Error")
        : null;

    /// <summary>Also where the person may not bring applications of their own: then nobody else sees what it says.</summary>
    private static bool IsPrivate(Interaction interaction, long? flags) =>
        ((flags ?? 0) & StoredMessage.Ephemeral) != 0
        || (interaction is { ByUserInstall: true, Channel.Guild: not null } && (World.PermissionsIn(interaction.Channel, interaction.Person) & DiscordPermission.UseExternalApps) == 0);

    private static JsonObject Response(Interaction interaction, int type)
    {
        var message = type is Message or DeferredMessage or Update ? interaction.Original : null;
        var about = new JsonObject { ["id"] = interaction.Id, ["type"] = interaction.Type };
        if (message is not null)
        {
            about["response_message_id"] = message.Id;
            about["response_message_loading"] = message.Loading;
            about["response_message_ephemeral"] = message.EphemeralFor is not null;
        }

        var response = new JsonObject { ["interaction"] = about };
        if (message is not null && type != DeferredMessage)
        {
            // A deferral has a message already, but tells nothing of it.
            response["resource"] = new JsonObject { ["type"] = type, ["message"] = Rendered.Message(message) };
        }

        return response;
    }
}
