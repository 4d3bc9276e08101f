using System.Globalization;
using M10Bot.News.Chat;

namespace M10Bot.Discord;

/// <summary>The permissions that the bot needs where it posts, as Discord's bits.</summary>
[Flags]
internal enum Permission : ulong
{
    None = 0,
    Administrator = 1UL << 3,
    ViewChannel = 1UL << 10,
    SendMessages = 1UL << 11,
    EmbedLinks = 1UL << 14,
    ReadMessageHistory = 1UL << 16,
    SendMessagesInThreads = 1UL << 38,
}

/// <summary>Reads, reckons and names permissions.</summary>
internal static class Permissions
{
    private static readonly (Permission Bit, string Name, ChatRight Right)[] Names =
    [
        (Permission.ViewChannel, "View Channel", ChatRight.ViewChannel),
        (Permission.SendMessages, "Send Messages", ChatRight.SendMessages),
        (Permission.SendMessagesInThreads, "Send Messages in Threads", ChatRight.SendInThreads),
        (Permission.EmbedLinks, "Embed Links", ChatRight.EmbedLinks),
        (Permission.ReadMessageHistory, "Read Message History", ChatRight.ReadHistory),
    ];

    /// <summary>Without one of these nothing can be posted at all.</summary>
    public const Permission ToPost = Permission.ViewChannel | Permission.SendMessages | Permission.SendMessagesInThreads;

    /// <summary>Without these nothing can be shown as it should; the history is for settling doubt.</summary>
    /// <param name="channelType">Discord's number: a thread is written in by a right of its own, a forum's posts need both.</param>
    public static Permission NeededIn(int channelType) =>
        Permission.ViewChannel | Permission.EmbedLinks | Permission.ReadMessageHistory | channelType switch
        {
            10 or 11 or 12 => Permission.SendMessagesInThreads,
            15 or 16 => Permission.SendMessages | Permission.SendMessagesInThreads,
            _ => Permission.SendMessages,
        };

    /// <summary>Of what is needed there, what <paramref name="may"/> does not hold.</summary>
    public static Permission Lacking(Permission may, int channelType) =>
        (may & Permission.Administrator) != Permission.None ? Permission.None : NeededIn(channelType) & ~may;

    /// <summary>The same in the seam's words.</summary>
    public static IReadOnlyList<ChatRight> RightsOf(Permission some) => [.. Names.Where(n => (some & n.Bit) != Permission.None).Select(n => n.Right)];

    /// <summary>Discord's decimal text; none where it is no such thing.</summary>
    public static Permission Read(string? bits) =>
        ulong.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? (Permission)value : Permission.None;

    /// <summary>False where Discord did not tell.</summary>
    public static bool TryRead(string? bits, out Permission some)
    {
        some = Read(bits);
        return ulong.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>As they stand in Discord's own settings, in English.</summary>
    public static string NamesOf(Permission some) => string.Join(", ", Names.Where(n => (some & n.Bit) != Permission.None).Select(n => n.Name));

    /// <summary>What a member with these roles may do in a channel with these exceptions. Discord's rule, in its order: everybody, roles together, the member.</summary>
    public static Permission Effective(string guild, string member, IReadOnlyCollection<string> roles, IEnumerable<RoleWire> all, IReadOnlyCollection<OverwriteWire> overwrites)
    {
        bool IsTheirs(string? id) => string.Equals(id, guild, StringComparison.Ordinal) || roles.Contains(id, StringComparer.Ordinal);
        var may = all.Where(r => IsTheirs(r.Id)).Aggregate(Permission.None, (sum, r) => sum | Read(r.Permissions));
        if ((may & Permission.Administrator) != Permission.None)
        {
            return (Permission)ulong.MaxValue;
        }

        may = Apply(may, overwrites.Where(o => string.Equals(o.Id, guild, StringComparison.Ordinal)));
        may = Apply(may, overwrites.Where(o => roles.Contains(o.Id, StringComparer.Ordinal)));
        may = Apply(may, overwrites.Where(o => string.Equals(o.Id, member, StringComparison.Ordinal)));
        return (may & Permission.ViewChannel) != Permission.None ? may : Permission.None;
    }

    private static Permission Apply(Permission may, IEnumerable<OverwriteWire> overwrites)
    {
        var (deny, allow) = (Permission.None, Permission.None);
        foreach (var overwrite in overwrites)
        {
            deny |= Read(overwrite.Deny);
            allow |= Read(overwrite.Allow);
        }

        return (may & ~deny) | allow;
    }
}

internal sealed record RoleWire(string? Id, string? Permissions);

/// <param name="Id">A role's, or a member's.</param>
internal sealed record OverwriteWire(string? Id, string? Allow, string? Deny);

internal sealed record GuildMemberWire(IReadOnlyList<string>? Roles);

internal sealed record SelfWire(string? Id);
