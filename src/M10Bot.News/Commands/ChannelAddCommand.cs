using M10Bot.News.Articles;
using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class ChannelAddCommand(TopicWords topics, SubscriptionStore subscriptions) : ICommand
{
    public const string TopicsOption = "topics";

    public CommandSpec Spec { get; } = new(
        "channel add",
        "Bring stories into a channel",
        Role.Admin,
        Places.ChannelOption,
        new CommandOption(TopicsOption, "Topics with commas between; everything if left out", OptionKind.Text));

    public async Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct)
    {
        var channel = Places.NamedChannel(request);
        if (!channel.IsFound)
        {
            return channel.Answer;
        }

        var wanted = topics.FindAll(request, TopicsOption);
        if (!wanted.IsFound)
        {
            return wanted.Answer;
        }

        var place = channel.Value;
        var before = await subscriptions.ListAsync(place, ct);
        var added = await subscriptions.AddAsync(place, wanted.Value, request.Caller.Id, ct);
        var hadEverything = before.Any(s => s.IsEverything);
        var narrowed = hadEverything && !wanted.Value.Contains(Topic.Everything);
        if (narrowed)
        {
            await subscriptions.RemoveAsync(place, Topic.Everything.Code, ct);
        }

        return Reply(request, place, wanted.Value, added.Count > 0, narrowed);
    }

    private static CommandReply Reply(CommandRequest request, Destination place, IReadOnlyList<Topic> wanted, bool isNew, bool narrowed)
    {
        var where = Wording.Sentence(Wording.Place(place, request));
        var what = Wording.List(wanted.Select(t => t.Name));
        return Wording.Answer(
            isNew ? $"{where} now gets {what}" : $"{where} already gets {what}",
            narrowed ? "That is in place of everything." : "One message per story; it changes as the story does.",
            Wording.Button("Send a test card", "channel test", (Places.Channel, place.Address)),
            Wording.Button("Status", "status"));
    }
}
