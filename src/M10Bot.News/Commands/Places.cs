using M10Bot.News.Chat;
using M10Bot.News.Subscriptions;

namespace M10Bot.News.Commands;

/// <summary>Which destination a command means: here, me, or a channel that was named.</summary>
internal sealed class Places(DestinationStore destinations)
{
    public const string Where = "where";
    public const string Here = "here";
    public const string Me = "me";
    public const string Channel = "channel";

    public static readonly CommandOption WhereOption = new(
        Where, "This channel, or your direct messages", OptionKind.Choice, Choices: [Here, Me]);

    public static readonly CommandOption ChannelOption = new(
        Channel, "The channel; this one if left out", OptionKind.Channel);

    /// <summary>As asked for; else me in direct messages, here where an admin added the channel, me anywhere else.</summary>
    public async Task<Destination> OfAsync(CommandRequest request, CancellationToken ct) => request.Arguments.GetValueOrDefault(Where) switch
    {
        Here => request.Here,
        Me => request.Me,
        _ => !request.IsDirect && await destinations.IsOpenAsync(request.Here, ct) ? request.Here : request.Me,
    };

    /// <summary>The word that names a place in a button's arguments.</summary>
    public static string WordFor(Destination place) => place.Kind is DestinationKind.Person ? Me : Here;

    /// <summary>The named channel, or the one it was asked in.</summary>
    public static Lookup<Destination> NamedChannel(CommandRequest request)
    {
        var named = request.Arguments.GetValueOrDefault(Channel);
        if (named is not null && !named.Equals(Here, StringComparison.OrdinalIgnoreCase))
        {
            return request.Workspace.Length > 0 && IsAddress(named)
                ? new Destination(request.Platform, request.Workspace, DestinationKind.Channel, named)
                : Wording.Answer(
                    Texts.Say($"{Wording.Quote(named)} is no channel that can be found from here"),
                    "Pick the channel from the list that opens at #, or run this in the channel itself.");
        }

        return request.IsDirect
            ? Wording.Answer("Which channel?", "In direct messages, name the channel, or run this in the channel itself.")
            : request.Here;
    }

    // What a person typed goes into the tables as an address: an id, and for a thread without one the time stamp of its first message.
    private static bool IsAddress(string named)
    {
        var mark = named.IndexOf(Destination.ThreadMark, StringComparison.Ordinal);
        var (room, thread) = mark < 0 ? (named, "0") : (named[..mark], named[(mark + 1)..]);
        return room.Length is > 0 and <= 40 && room.Any(char.IsAsciiDigit) && room.All(char.IsAsciiLetterOrDigit)
            && thread.Length is > 0 and <= 40 && thread.All(c => char.IsAsciiDigit(c) || c == '.');
    }
}
