namespace M10Bot.Discord.Rest;

/// <summary>One request. <paramref name="Lane"/> names what shares its limit: the route without the ids that don't count, and the id that does.</summary>
/// <param name="Path">Below the API's base, no leading slash. May hold an interaction's token: never logged.</param>
internal sealed record RestCall(HttpMethod Method, RestLane Lane, string Path, ReadOnlyMemory<byte> Body = default)
{
    /// <summary>Paced by us as well, because the headers sometimes describe a far larger limit than the real one.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Carries its own token in the path, and the global limit does not bind it.</summary>
    public bool IsInteraction { get; init; }

    public static RestCall GetGateway() => new(HttpMethod.Get, new("GET gateway/bot", ""), "gateway/bot");

    public static RestCall GetChannel(string channel) =>
        new(HttpMethod.Get, new("GET channels", channel), $"channels/{channel}");

    public static RestCall GetMessagesAfter(string channel, ulong after) =>
        new(HttpMethod.Get, new("GET channels/messages", channel), $"channels/{channel}/messages?after={after}&limit=100");

    public static RestCall PostMessage(string channel, byte[] body) =>
        new(HttpMethod.Post, new("POST channels/messages", channel), $"channels/{channel}/messages", body) { IsPaced = true };

    public static RestCall EditMessage(string channel, string message, byte[] body) =>
        new(HttpMethod.Patch, new("PATCH channels/messages", channel), $"channels/{channel}/messages/{message}", body) { IsPaced = true };

    public static RestCall Unarchive(string thread) =>
        new(HttpMethod.Patch, new("PATCH channels", thread), $"channels/{thread}", """{"archived":false}"""u8.ToArray());

    public static RestCall OpenDirect(byte[] body) =>
        new(HttpMethod.Post, new("POST users/@me/channels", ""), "users/@me/channels", body);

    public static RestCall GetCommands(string application, string? guild) =>
        new(HttpMethod.Get, new("GET commands", guild ?? ""), CommandsPath(application, guild));

    public static RestCall PutCommands(string application, string? guild, byte[] body) =>
        new(HttpMethod.Put, new("PUT commands", guild ?? ""), CommandsPath(application, guild), body);

    public static RestCall Callback(string interaction, string token, byte[] body) =>
        new(HttpMethod.Post, new("POST callback", interaction), $"interactions/{interaction}/{Uri.EscapeDataString(token)}/callback", body) { IsInteraction = true };

    public static RestCall EditOriginal(string application, string interaction, string token, byte[] body) =>
        new(HttpMethod.Patch, new("PATCH original", interaction), $"webhooks/{application}/{Uri.EscapeDataString(token)}/messages/@original", body) { IsInteraction = true };

    public static RestCall FollowUp(string application, string interaction, string token, byte[] body) =>
        new(HttpMethod.Post, new("POST followup", interaction), $"webhooks/{application}/{Uri.EscapeDataString(token)}", body) { IsInteraction = true };

    private static string CommandsPath(string application, string? guild) => guild is null
        ? $"applications/{application}/commands"
        : $"applications/{application}/guilds/{guild}/commands";
}

/// <param name="Route">Method and route; Discord counts these apart even where the bucket's hash is the same.</param>
/// <param name="Major">The channel's, guild's or webhook's id; empty where the route has none.</param>
internal readonly record struct RestLane(string Route, string Major);
