using System.Text.Json;
using M10Bot.Simulator.Discord.State;

namespace M10Bot.Simulator.Discord.Interactions;

/// <summary>Something a person did, and what became of it.</summary>
internal sealed class Interaction(string id, string token, int type, Person person, Channel channel, DateTimeOffset startedAt)
{
    public const int Command = 2;
    public const int Component = 3;
    public const int Autocomplete = 4;
    public const int ModalSubmit = 5;

    public string Id => id;

    public string Token => token;

    public int Type => type;

    public Person Person => person;

    public Channel Channel => channel;

    public DateTimeOffset StartedAt => startedAt;

    /// <summary>The command's name with its subcommand; empty otherwise.</summary>
    public string Name { get; init; } = "";

    /// <summary>The message whose component was used, also through a modal.</summary>
    public StoredMessage? Source { get; init; }

    /// <summary>The option that is being completed: its type decides what a choice's value may be.</summary>
    public long OptionType { get; init; } = 3;

    /// <summary>The first answer's callback type; null while the bot owes it.</summary>
    public int? Answered { get; set; }

    /// <summary>Three seconds went by without an answer.</summary>
    public bool Expired { get; set; }

    /// <summary>What <c>@original</c> means.</summary>
    public StoredMessage? Original { get; set; }

    /// <summary>The modal that it was answered with.</summary>
    public JsonElement? Modal { get; set; }

    /// <summary>Ends with the choices of an autocomplete.</summary>
    public TaskCompletionSource<JsonElement> Choices { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ITimer? Deadline { get; set; }

    /// <summary>When a deferral came over HTTP; edits before Discord has taken it in find no webhook.</summary>
    public DateTimeOffset? DeferredOverHttpAt { get; set; }

    /// <summary>Messages beyond the first answer.</summary>
    public int FollowUps { get; set; }

    /// <summary>The bot is not in the place, or not there by its own right: it came with the person.</summary>
    public bool ByUserInstall { get; init; }

    public MessageOrigin Origin => new(id, type, person, Name);
}

/// <summary>The person's own client or Discord would not let this through; the bot never hears of it.</summary>
public sealed class DiscordClientException : Exception
{
    public DiscordClientException()
    {
    }

    public DiscordClientException(string message)
        : base(message)
    {
    }

    public DiscordClientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
