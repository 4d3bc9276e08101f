using System.Text.Json;

namespace M10Bot.Simulator.Discord.State;

internal sealed class StoredMessage(string id, Channel channel, Person author, DateTimeOffset createdAt)
{
    public const long Crossposted = 1;
    public const long SuppressEmbeds = 4;
    public const long HasThread = 32;
    public const long Ephemeral = 64;
    public const long LoadingFlag = 128;
    public const long SuppressNotifications = 4096;
    public const long ComponentsV2 = 32_768;

    private static readonly JsonElement Nothing = JsonDocument.Parse("[]").RootElement.Clone();

    public string Id => id;

    public Channel Channel => channel;

    public Person Author => author;

    public DateTimeOffset CreatedAt => createdAt;

    public DateTimeOffset? EditedAt { get; set; }

    public string Content { get; set; } = "";

    public long Flags { get; set; }

    public JsonElement Embeds { get; set; } = Nothing;

    public JsonElement Components { get; set; } = Nothing;

    public Mentions Mentions { get; set; } = Mentions.None;

    /// <summary>As it was sent: a text or a number.</summary>
    public JsonElement? Nonce { get; init; }

    public string? ReplyTo { get; init; }

    /// <summary>The only person who sees it, on private replies.</summary>
    public Person? EphemeralFor { get; init; }

    /// <summary>The interaction it answers.</summary>
    public MessageOrigin? Origin { get; init; }

    /// <summary>Deferred: "is thinking…".</summary>
    public bool Loading { get; set; }

    public bool Deleted { get; set; }

    /// <summary>The thread that was started from it.</summary>
    public Channel? Thread { get; set; }

    public int Edits { get; set; }

    /// <summary>How often a repeated nonce was answered with this message.</summary>
    public int Replays { get; set; }

    public bool IsV2 => (Flags & ComponentsV2) != 0;

    /// <summary>The nonce as text.</summary>
    public string? NonceText => Nonce is { } nonce ? nonce.ToString() : null;
}

/// <param name="Name">The command's name; empty for a component.</param>
internal sealed record MessageOrigin(string InteractionId, int Type, Person Person, string Name);

/// <summary>Who a message's text names and may ping.</summary>
internal sealed record Mentions(IReadOnlyList<Person> Users, IReadOnlyList<string> Roles, bool Everyone)
{
    public static readonly Mentions None = new([], [], false);

    /// <summary><c>user:1</c>, <c>role:2</c>, <c>everyone</c>.</summary>
    public IReadOnlyList<string> WouldPing =>
        [.. Users.Select(u => $"user:{u.Id}"), .. Roles.Select(r => $"role:{r}"), .. Everyone ? ["everyone"] : Array.Empty<string>()];
}
