using M10Bot.News.Chat;
using M10Bot.News.Stories;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

internal sealed class FollowCommand(StoryFinder finder, SubscriptionStore subscriptions) : ICommand
{
    public CommandSpec Spec { get; } = StoryChoices.Spec("follow", "Have one story's changes brought to you, whatever is subscribed");

    public Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct) =>
        StoryChoices.RunAsync(StoryChoice.Follow, finder, subscriptions, request, ct);
}

internal sealed class MuteCommand(StoryFinder finder, SubscriptionStore subscriptions) : ICommand
{
    public CommandSpec Spec { get; } = StoryChoices.Spec("mute", "Hear no more of one story");

    public Task<CommandReply> RunAsync(CommandRequest request, CancellationToken ct) =>
        StoryChoices.RunAsync(StoryChoice.Mute, finder, subscriptions, request, ct);
}

/// <summary>What following and muting share: a person chooses for themselves, an admin may choose for the channel.</summary>
internal static class StoryChoices
{
    public static CommandSpec Spec(string name, string description) => new(
        name,
        description,
        Role.Member,
        StoryFinder.Required,
        Places.WhereOption);

    public static async Task<CommandReply> RunAsync(
        StoryChoice choice, StoryFinder finder, SubscriptionStore subscriptions, CommandRequest request, CancellationToken ct)
    {
        var place = request.Arguments.GetValueOrDefault(Places.Where) is Places.Here ? request.Here : request.Me;
        if (place.Kind is DestinationKind.Channel && request.Caller.Role < Role.Admin)
        {
            return Wording.Answer(
                choice is StoryChoice.Follow ? "Only admins follow a story for a whole channel" : "Only admins mute a story for a whole channel",
                "Leave “here” out, and it is for your direct messages alone; or ask an admin.",
                Wording.Button("Latest stories", "latest"));
        }

        var lookup = await finder.FindAsync(request, ct);
        if (!lookup.IsFound)
        {
            return lookup.Answer;
        }

        var story = lookup.Value;
        if (!story.IsReadable)
        {
            return new CommandReply(StoryCards.Unreadable(story, detail: null));
        }

        await subscriptions.ChooseAsync(place, story.Id, choice, request.Caller.Id, ct);
        return Reply(choice, story, place, request);
    }

    private static CommandReply Reply(StoryChoice choice, StoryLine story, Destination place, CommandRequest request)
    {
        var where = Wording.Place(place, request);
        var number = (StoryFinder.Option, StoryFinder.Number(story));
        var there = (Places.Where, Places.WordFor(place));
        var headline = Wording.Quote(story.Headline);
        return choice is StoryChoice.Follow
            ? Wording.Answer(
                Texts.Say($"Changes of this story come to {where}"), headline, Wording.Button("Mute", "mute", number, there), Wording.Button("Summary", "summary", number))
            : Wording.Answer(
                place.Kind is DestinationKind.Person && !request.IsDirect
                    ? "Nothing more of this story comes to you"
                    : Texts.Say($"Nothing more of this story comes to {where}"),
                place.Kind is DestinationKind.Person && !request.IsDirect
                    ? $"{headline} {Texts.Here("Corrections still reach what stands there. In this channel it goes on until an admin mutes it for all.")}"
                    : $"{headline} {Texts.Here("Corrections still reach what stands there.")}",
                [
                    Wording.Button("Follow again", "follow", number, there),
                    .. place.Kind is DestinationKind.Person && !request.IsDirect && request.Caller.Role is Role.Admin
                        ? new[] { Wording.Button("Mute for the channel", "mute", number, (Places.Where, Places.Here)) }
                        : [],
                ]);
    }
}
