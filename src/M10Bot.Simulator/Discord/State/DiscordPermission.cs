namespace M10Bot.Simulator.Discord.State;

/// <summary>The permission bits that the simulator acts on.</summary>
public static class DiscordPermission
{
    public const ulong Administrator = 1UL << 3;
    public const ulong ManageChannels = 1UL << 4;
    public const ulong ManageGuild = 1UL << 5;
    public const ulong ViewChannel = 1UL << 10;
    public const ulong SendMessages = 1UL << 11;
    public const ulong ManageMessages = 1UL << 13;
    public const ulong EmbedLinks = 1UL << 14;
    public const ulong AttachFiles = 1UL << 15;
    public const ulong ReadMessageHistory = 1UL << 16;
    public const ulong MentionEveryone = 1UL << 17;
    public const ulong UseExternalEmojis = 1UL << 18;
    public const ulong ManageWebhooks = 1UL << 29;
    public const ulong UseApplicationCommands = 1UL << 31;
    public const ulong ManageThreads = 1UL << 34;
    public const ulong CreatePublicThreads = 1UL << 35;
    public const ulong CreatePrivateThreads = 1UL << 36;
    public const ulong SendMessagesInThreads = 1UL << 38;
    public const ulong UseExternalApps = 1UL << 50;
    public const ulong All = (1UL << 53) - 1;

    /// <summary>What a member of a plain server may do.</summary>
    public const ulong Everyone = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | UseApplicationCommands
        | SendMessagesInThreads | UseExternalApps;

    /// <summary>What the minimal invitation grants: view, send, embed, history, threads.</summary>
    public const ulong Invited = ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory | SendMessagesInThreads;
}
