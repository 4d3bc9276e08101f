using System.Text.Json;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>Which registered commands a person finds in a place, and by what installation.</summary>
internal sealed class CommandSight(World world, Person person, Channel channel)
{
    private const int GuildInstall = 0;
    private const int UserInstall = 1;

    /// <exception cref="DiscordClientException">There is none of this name, or it is not for this person here.</exception>
    public JsonElement Find(string name, int type)
    {
        foreach (var command in world.Commands.SeenIn(channel.Guild))
        {
            if (Is(command, name) && (command.GetWhole("type") ?? 1) == type)
            {
                return MayUse(command) ? command : throw new DiscordClientException($"You cannot use /{name} here.");
            }
        }

        throw new DiscordClientException($"There is no command /{name}.");
    }

    /// <summary>Names are typed in the person's language or in the default one.</summary>
    public bool Is(JsonElement named, string typed) =>
        string.Equals(named.GetText("name"), typed, StringComparison.Ordinal)
        || (named.Get("name_localizations") is { ValueKind: JsonValueKind.Object } texts && string.Equals(texts.GetText(person.Locale), typed, StringComparison.Ordinal));

    private bool MayUse(JsonElement command)
    {
        if (!Allows(command, "contexts", channel.Context) || !IsInstalled(command))
        {
            return false;
        }

        if (channel.Guild is not { } guild)
        {
            return true;
        }

        var may = World.PermissionsIn(channel, person);
        if ((may & DiscordPermission.UseApplicationCommands) == 0)
        {
            return false;
        }

        // What a server's admins ask for holds for the server's installation only.
        return !guild.Has(world.Bot)
            || command.GetText("default_member_permissions") is not { } needed
            || (may & DiscordPermission.Administrator) != 0
            || (needed is not "0" && (may & Snowflakes.Number(needed)) == Snowflakes.Number(needed));
    }

    private bool IsInstalled(JsonElement command)
    {
        var inPlace = channel.Guild is { } guild ? guild.Has(world.Bot) : channel.Context == Channel.InBotDirect;
        return (inPlace && Allows(command, "integration_types", GuildInstall)) || (person.HasInstalledBot && Allows(command, "integration_types", UserInstall, whenAbsent: false));
    }

    private static bool Allows(JsonElement command, string list, int value, bool whenAbsent = true) =>
        command.Get(list) is { ValueKind: JsonValueKind.Array } allowed
            ? allowed.EnumerateArray().Any(v => v.TryGetInt32(out var number) && number == value)
            : whenAbsent;
}
