using M10Bot.Discord.Gateway;

namespace M10Bot.Discord.Places;

/// <summary>What the gateway tells that may change how a channel can be served. Closed.</summary>
internal abstract record PlaceNews
{
    private PlaceNews()
    {
    }

    /// <summary>A channel or thread was deleted.</summary>
    public sealed record Gone(string Guild, string Channel) : PlaceNews;

    /// <summary>Anything of a channel, its permissions among them.</summary>
    public sealed record Changed(string Guild, string Channel) : PlaceNews;

    /// <summary>Roles of the server: what the bot may do in any of its channels.</summary>
    public sealed record RolesChanged(string Guild) : PlaceNews;

    /// <summary>A new session begins: these are all the servers of its share that the bot is in.</summary>
    public sealed record SignedIn(Shard Shard, IReadOnlySet<string> Guilds) : PlaceNews;
}
