namespace M10Bot.Discord;

/// <summary>The bot's application: set by an admin, or learnt at the first sign-in.</summary>
internal sealed class ApplicationId(string? configured)
{
    public string? Value { get; private set; } = configured;

    public void Learn(string id) => Value ??= id;
}
