using System.Globalization;

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
    private static readonly (Permission Bit, string Name)[] Names =
    [
        (Permission.ViewChannel, "View Channel"),
        (Permission.SendMessages, "Send Messages"),
        (Permission.SendMessagesInThreads, "Send Messages in Threads"),
        (Permission.EmbedLinks, "Embed Links"),
        (Permission.ReadMessageHistory, "Read Message History"),
    ];

    /// <summary>Without these nothing can be shown as it should; the history is for settling doubt.</summary>
    public static Permission NeededIn(bool isThread) =>
        Permission.ViewChannel | Permission.EmbedLinks | Permission.ReadMessageHistory | (isThread ? Permission.SendMessagesInThreads : Permission.SendMessages);

    /// <summary>Discord's decimal text; none where it is no such thing.</summary>
    public static Permission Read(string? bits) =>
        ulong.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? (Permission)value : Permission.None;

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
