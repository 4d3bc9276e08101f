namespace M10Bot.Discord.Rest;

/// <summary>One request. <paramref name="Lane"/> names what shares its limit: the route without the ids that don't count, and the id that does.</summary>
/// <param name="Path">Below the API's base, no leading slash. May hold the token of an interaction or a webhook: never logged.</param>
internal sealed record RestCall(HttpMethod Method, RestLane Lane, string Path, ReadOnlyMemory<byte> Body = default)
{
    /// <summary>Which of the bot's own paces bind it.</summary>
    public OwnPace Pace { get; init; }

    /// <summary>The server it is for; empty where it is for none, or where that doesn't matter.</summary>
    public string Guild { get; init; } = "";

    /// <summary>Carries its own token in the path, and the global limit does not bind it.</summary>
    public bool IsInteraction { get; init; }

    /// <summary>A webhook's own token is in the path; unlike an interaction, the limits bind it.</summary>
    public bool IsWebhook { get; init; }

    public static RestCall GetGateway() => new(HttpMethod.Get, new("GET gateway/bot", ""), "gateway/bot");

    public static RestCall GetSelf() => new(HttpMethod.Get, new("GET users/@me", ""), "users/@me");

    public static RestCall GetChannel(string channel) =>
        new(HttpMethod.Get, new("GET channels", channel), $"channels/{channel}");

    public static RestCall GetRoles(string guild) => new(HttpMethod.Get, new("GET guilds/roles", guild), $"guilds/{guild}/roles");

    public static RestCall GetMember(string guild, string person) =>
        new(HttpMethod.Get, new("GET guilds/members", guild), $"guilds/{guild}/members/{person}");

    public static RestCall GetMessagesAfter(string channel, ulong after) =>
        new(HttpMethod.Get, new("GET channels/messages", channel), $"channels/{channel}/messages?after={after}&limit=100");

    public static RestCall GetMessage(string channel, string message) =>
        new(HttpMethod.Get, new("GET channels/messages/one", channel), $"channels/{channel}/messages/{message}");

    public static RestCall GetNewestMessages(string channel) =>
        new(HttpMethod.Get, new("GET channels/messages", channel), $"channels/{channel}/messages?limit=50");

    public static RestCall GetActiveThreads(string guild) => new(HttpMethod.Get, new("GET guilds/threads", guild), $"guilds/{guild}/threads/active");

    public static RestCall PostThread(string channel, byte[] body) =>
        new(HttpMethod.Post, new("POST channels/threads", channel), $"channels/{channel}/threads", body) { Pace = OwnPace.Channel };

    public static RestCall PostMessage(string channel, byte[] body) =>
        new(HttpMethod.Post, new("POST channels/messages", channel), $"channels/{channel}/messages", body) { Pace = OwnPace.Channel };

    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="body">What it shall be.</param>
    /// <param name="also">What binds this edit beside <see cref="OwnPace.Channel"/>.</param>
    public static RestCall EditMessage(string channel, string message, byte[] body, OwnPace also = OwnPace.None) =>
        new(HttpMethod.Patch, new("PATCH channels/messages", channel), $"channels/{channel}/messages/{message}", body) { Pace = OwnPace.Channel | also };

    public static RestCall Crosspost(string channel, string message) =>
        new(HttpMethod.Post, new("POST channels/messages/crosspost", channel), $"channels/{channel}/messages/{message}/crosspost") { Pace = OwnPace.Crosspost };

    public static RestCall Unarchive(string thread) =>
        new(HttpMethod.Patch, new("PATCH channels", thread), $"channels/{thread}", """{"archived":false}"""u8.ToArray());

    /// <summary>Of a lane of its own: Discord's limit of titles is not that of the route, and the thread may have to be woken meanwhile.</summary>
    public static RestCall RenameThread(string thread, byte[] body, bool canWait) => new(HttpMethod.Patch, new("PATCH channels/name", thread), $"channels/{thread}", body)
    {
        Pace = canWait ? OwnPace.Title | OwnPace.PlainTitle : OwnPace.Title,
    };

    public static RestCall OpenDirect(byte[] body) =>
        new(HttpMethod.Post, new("POST users/@me/channels", ""), "users/@me/channels", body) { Pace = OwnPace.OpenDirect };

    public static RestCall GetCommands(string application, string? guild) =>
        new(HttpMethod.Get, new("GET commands", guild ?? ""), CommandsPath(application, guild) + "?with_localizations=true");

    public static RestCall PutCommands(string application, string? guild, byte[] body) =>
        new(HttpMethod.Put, new("PUT commands", guild ?? ""), CommandsPath(application, guild), body);

    public static RestCall Callback(string interaction, string token, byte[] body) =>
        new(HttpMethod.Post, new("POST callback", interaction), $"interactions/{interaction}/{Uri.EscapeDataString(token)}/callback", body) { IsInteraction = true };

    public static RestCall EditOriginal(string application, string interaction, string token, byte[] body) =>
        new(HttpMethod.Patch, new("PATCH original", interaction), $"webhooks/{application}/{Uri.EscapeDataString(token)}/messages/@original", body) { IsInteraction = true };

    public static RestCall FollowUp(string application, string interaction, string token, byte[] body) =>
        new(HttpMethod.Post, new("POST followup", interaction), $"webhooks/{application}/{Uri.EscapeDataString(token)}", body) { IsInteraction = true };

    public static RestCall GetWebhook(string id, string token) =>
        new(HttpMethod.Get, new("GET webhooks", id), ByWebhook(id, token)) { IsWebhook = true };

    /// <param name="id">The webhook's.</param>
    /// <param name="token">Its secret.</param>
    /// <param name="thread">The thread of its channel; null for the channel itself, and for a new post in a forum.</param>
    /// <param name="body">The message.</param>
    public static RestCall PostByWebhook(string id, string token, string? thread, byte[] body) => new(
        HttpMethod.Post, new("POST webhooks", id), $"{ByWebhook(id, token)}?wait=true&with_components=true{And(thread)}", body)
    {
        IsWebhook = true,
        Pace = OwnPace.Channel,
    };

    /// <inheritdoc cref="EditMessage"/>
    public static RestCall EditByWebhook(string id, string token, string? thread, string message, byte[] body, OwnPace also = OwnPace.None) => new(
        HttpMethod.Patch, new("PATCH webhooks/messages", id), $"{ByWebhook(id, token)}/messages/{message}?with_components=true{And(thread)}", body)
    {
        IsWebhook = true,
        Pace = OwnPace.Channel | also,
    };

    public static RestCall GetByWebhook(string id, string token, string? thread, string message) => new(
        HttpMethod.Get, new("GET webhooks/messages", id), $"{ByWebhook(id, token)}/messages/{message}{(thread is null ? "" : $"?thread_id={thread}")}")
    {
        IsWebhook = true,
    };

    private static string ByWebhook(string id, string token) => $"webhooks/{id}/{Uri.EscapeDataString(token)}";

    private static string And(string? thread) => thread is null ? "" : $"&thread_id={thread}";

    private static string CommandsPath(string application, string? guild) => guild is null
        ? $"applications/{application}/commands"
        : $"applications/{application}/guilds/{guild}/commands";
}

/// <param name="Route">Method and route; Discord counts these apart even where the bucket's hash is the same.</param>
/// <param name="Major">The channel's, guild's or webhook's id; empty where the route has none.</param>
internal readonly record struct RestLane(string Route, string Major);
