using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class ChannelAddCommand(
    TopicWords topics, SubscriptionStore subscriptions, DestinationStore destinations, TestCard test, WebhookPlaces webhooks) : ICommand
{
    public const string TopicsOption = "topics";
    public const string PingOption = "ping";

    public CommandSpec Spec { get; } = new(
        "channel add",
        "Bring stories into a channel",
        Role.Admin,
        Places.ChannelOption,
        new CommandOption(TopicsOption, "Topics with commas between; left out, what it has, or everything", OptionKind.Text) { NamesTopics = true },
        UrgencyWords.Option,
        new CommandOption(PingOption, "A role that flashes ping, once per story; nobody if left out", OptionKind.Role) { Only = Platform.Discord },
        LanguageWords.Option,
        WebhookPlaces.Option);

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var isGuided = request.Step is not null;
        if (request.Step is FormStep.Filling || (!isGuided && request.Arguments.Count == 0 && !request.IsDirect))
        {
            return FormOf(request);
        }

        if (request.Platform is Platform.Slack && request.Arguments.ContainsKey(PingOption))
        {
            return ChannelPingCommand.NoRoles();
        }

        var isByWebhook = request.Arguments.ContainsKey(WebhookPort.Argument);
        var channel = isByWebhook ? await webhooks.FindAsync(request, ct) : Places.NamedChannel(request);
        if (!channel.IsFound)
        {
            return isGuided ? FormOf(request, (isByWebhook ? WebhookPort.Argument : Places.Channel, ChannelAddForm.Words(channel.Answer))).Naming(channel.Answer.Card.Channels) : channel.Answer;
        }

        var asked = isGuided ? ChannelAddForm.Joined(request) : request;
        var wanted = topics.FindAll(asked, TopicsOption);
        if (!wanted.IsFound)
        {
            return isGuided ? FormOf(request, (ChannelAddForm.More, ChannelAddForm.Words(wanted.Answer))) : wanted.Answer;
        }

        if (request.Arguments.TryGetValue(LanguageWords.Name, out var languages) && LanguageWords.Find(languages) is { IsFound: false } unknown)
        {
            return unknown.Answer;
        }

        var place = channel.Value;
        var named = asked.Arguments.ContainsKey(TopicsOption) ? wanted.Value : [];
        return isGuided || place.Webhook is not null || !await destinations.IsOpenAsync(place, ct)
            ? await TestAndAddAsync(request, place, named, ct)
            : await AddAsync(request, place, named, ct);
    }

    private CommandReply FormOf(CommandRequest request, (string Field, string Words)? error = null) =>
        ChannelAddForm.Of(request, topics, error, webhooks.Takes(request.Platform));

    // The test comes first: a channel that takes no card is not added, and the admin still has the form, or the same once more as a button.
    private async Task<CommandReply> TestAndAddAsync(CommandRequest request, Destination place, IReadOnlyList<Topic> named, CancellationToken ct)
    {
        var outcome = await test.PostAsync(place, ct);
        if (outcome is PostOutcome.Refused refused)
        {
            return request.Step is not null
                ? FormOf(request, (place.Webhook is null ? Places.Channel : WebhookPort.Argument, test.Reason(outcome)))
                : TestCard.NotAdded(refused, Wording.Place(place, request), Again(request, place, named)).Naming(place, request);
        }

        var reply = await AddAsync(request, place, named, ct);
        var line = outcome is PostOutcome.Posted posted
            ? $"{Texts.Here("A test card stands there.")} {(posted.Flaw is null ? "" : TestCard.Stop(Texts.Told(posted.Flaw)))}".TrimEnd()
            : $"{TestCard.Failure(outcome, Wording.Place(place, request))}: {test.Reason(outcome)}";
        return reply with { Card = reply.Card with { Lines = [.. reply.Card.Lines, line] } };
    }

    // A webhook's secret goes into no button.
    private static CardAction? Again(CommandRequest request, Destination place, IReadOnlyList<Topic> named) => place.Webhook is not null ? null : Wording.Button(
        "Add it again",
        "channel add",
        [
            (Places.Channel, place.Address),
            .. named.Count == 0 ? Array.Empty<(string, string)>() : [(TopicsOption, string.Join(',', named.Select(t => t.Code)))],
            .. request.Arguments.Where(a => a.Key is UrgencyWords.Name or PingOption or LanguageWords.Name).Select(a => (a.Key, a.Value)),
        ]);

    /// <param name="named">What was named; none changes the orders that are there, and orders everything where none is.</param>
    private async Task<CommandReply> AddAsync(CommandRequest request, Destination place, IReadOnlyList<Topic> named, CancellationToken ct)
    {
        var before = await subscriptions.ListAsync(place, ct);
        if (named.Count == 0 && before.Count > 0)
        {
            var isNew = await SetRulesAsync(request, place, [.. before.Select(s => s.Topic)], ct);
            return await ReplyAsync(request, place, before.Select(Wording.Name), isNew | await KeepWebhookAsync(place, ct), isNew ? "" : Texts.Here("Name topics to add more."), ct);
        }

        var wanted = named.Count == 0 ? (Topic[])[Topic.Everything] : named;
        var added = await subscriptions.AddAsync(place, wanted, request.Caller.Id, ct);
        var hadEverything = before.Any(s => s.IsEverything);
        var narrowed = hadEverything && !wanted.Contains(Topic.Everything);
        if (narrowed)
        {
            await subscriptions.RemoveAsync(place, Topic.Everything.Code, ct);
        }

        var isChanged = await SetRulesAsync(request, place, [.. wanted.Select(t => t.Code)], ct) | await KeepWebhookAsync(place, ct);
        var others = before.Where(s => !s.IsAmong(wanted) && !(narrowed && s.IsEverything)).ToArray();
        var note = narrowed ? Texts.Here("That is in place of everything.") : Texts.Here("One message per story; it changes as the story does.");
        return await ReplyAsync(
            request,
            place,
            wanted.Select(t => Wording.Name(t)),
            added.Count > 0 || isChanged,
            others.Length == 0 ? note : $"{note} {Texts.Say($"Unchanged beside it: {OrderWords.List(others)}.")}",
            ct);
    }

    private async Task<bool> KeepWebhookAsync(Destination place, CancellationToken ct)
    {
        if (place.Webhook is null)
        {
            return false;
        }

        await webhooks.KeepAsync(place, ct);
        return true;
    }

    // What was not said stays as it was.
    private async Task<bool> SetRulesAsync(CommandRequest request, Destination place, IReadOnlyList<string> topics, CancellationToken ct)
    {
        var urgency = request.Arguments.GetValueOrDefault(UrgencyWords.Name);
        if (urgency is not null)
        {
            await subscriptions.SetLeastAsync(place, topics, UrgencyWords.Of(urgency), ct);
        }

        var role = request.Arguments.GetValueOrDefault(PingOption);
        if (role is not null)
        {
            await subscriptions.SetPingAsync(place, topics, new Ping(role, Urgency.Flash), ct);
        }

        var languages = request.Arguments.TryGetValue(LanguageWords.Name, out var spoken) ? LanguageWords.Find(spoken).Value : null;
        if (languages is not null)
        {
            await subscriptions.SetLanguagesAsync(place, topics, languages, ct);
        }

        return urgency is not null || role is not null || languages is not null;
    }

    private async Task<CommandReply> ReplyAsync(CommandRequest request, Destination place, IEnumerable<string> topics, bool isNew, string first, CancellationToken ct)
    {
        var where = Wording.Sentence(Wording.Place(place, request));
        var what = Wording.List(topics);
        var trouble = await destinations.FindAsync(place, ct) is { IsSuspended: true } state ? " " + Texts.Say($"It can't be served just now: {Wording.Trouble(state.Reason, state.Remedy)}") : "";
        var note = UrgencyWords.Note(UrgencyWords.Of(request.Arguments.GetValueOrDefault(UrgencyWords.Name))) is { } words ? " " + Texts.Say($"Only the urgent comes: {words}.") : "";
        var only = request.Arguments.TryGetValue(LanguageWords.Name, out var spoken) && LanguageWords.Find(spoken).Value is { } languages && LanguageWords.Note(languages) is { } chosen ? " " + Texts.Say($"It comes in {chosen}.") : "";
        var ping = request.Arguments.ContainsKey(PingOption) ? " " + Texts.Here("A flash pings the role, once.") : "";
        var by = place.Webhook is null ? "" : " " + Texts.Here("It comes by the webhook, with the link and without the other buttons.");
        return Wording.Answer(
            isNew ? Texts.Say($"{where} now gets {what}") : Texts.Say($"{where} already gets {what}"),
            $"{first}{note}{only}{ping}{by}{trouble}".TrimStart(),
            Wording.Button("Send a test card", "channel test", (Places.Channel, place.Address)),
            Wording.Button("Status", "status")).Naming(place, request);
    }
}
