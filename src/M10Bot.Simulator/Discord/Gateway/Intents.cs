namespace M10Bot.Simulator.Discord.Gateway;

internal static class Intents
{
    /// <summary>Interactions and the like come whatever was asked for.</summary>
    public const int None = 0;
    public const int Guilds = 1 << 0;
    public const int GuildMessages = 1 << 9;
    public const int DirectMessages = 1 << 12;

    /// <summary>Members, presences, message content: not switched on for the simulated application.</summary>
    public const int Privileged = (1 << 1) | (1 << 8) | (1 << 15);

    public const int Known = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
}
