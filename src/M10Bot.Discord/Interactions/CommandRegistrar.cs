using System.Text.Json;
using M10Bot.Discord.Rest;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace M10Bot.Discord.Interactions;

/// <summary>Registers the commands, and only when something differs: Discord counts, and admins' own settings hang on the names.</summary>
internal sealed partial class CommandRegistrar(
    CommandPort commands,
    RegistrationQueue queue,
    DiscordRest rest,
    DiscordOptions options,
    ApplicationId application,
    TimeProvider time,
    ILogger<CommandRegistrar> logger) : BackgroundService
{
    private const int ChatInput = 1;
    private const int EntryPoint = 4;
    private const int MostTries = 5;
    private const int AtOnce = 32;

    private volatile bool _isForServersOnly;

    // Several at once: one server whose new commands are used up for the day must not keep the others waiting.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        queue.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        async (guild, ct) =>
        {
            for (var attempt = 1; attempt <= MostTries && await RegisterAsync(guild, ct) is { } wait; attempt++)
            {
                await Task.Delay(wait, time, ct);
            }
        });

    /// <summary>Null when the commands stand or can't be made to; else when to try again.</summary>
    public async Task<TimeSpan?> RegisterAsync(string? guild, CancellationToken ct)
    {
        if (application.Value is not { } app)
        {
            return null;
        }

        var reply = await rest.SendAsync(RestCall.GetCommands(app, guild), ct);
        if (reply is not RestReply.Done found || !TryRead(found.Body, guild, out var there, out var others))
        {
            return Again(reply);
        }

        var wanted = CommandBook.Write(commands.Specs, isGlobal: guild is null, options.IsUserInstallable && !_isForServersOnly);
        if (string.Equals(CommandBook.Normalise(there), CommandBook.Normalise(wanted), StringComparison.Ordinal))
        {
            LogSame(logger, wanted.Count);
            return null;
        }

        reply = await rest.SendAsync(RestCall.PutCommands(app, guild, Body(wanted, others)), ct);
        if (reply is RestReply.Failed failed && wanted.Any(c => c.IntegrationTypes is { Count: > 1 }) && failed.Error.Paths.Any(p => p.Contains("integration_types", StringComparison.Ordinal)))
        {
            LogServersOnly(logger);
            _isForServersOnly = true;
            return TimeSpan.Zero;
        }

        if (reply is not RestReply.Done)
        {
            return Again(reply);
        }

        LogRegistered(logger, wanted.Count, guild ?? "every server");
        return null;
    }

    private static bool TryRead(byte[] body, string? guild, out IReadOnlyList<CommandWire> commands, out IReadOnlyList<JsonElement> others)
    {
        commands = [];
        others = [];
        try
        {
            using var document = JsonDocument.Parse(body);
            var all = document.RootElement.EnumerateArray().Select(e => e.Clone()).ToList();
            others = [.. all.Where(e => TypeOf(e) == EntryPoint)];
            commands = [.. all.Where(e => TypeOf(e) != EntryPoint).Select(e => Read(e, guild))];
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static int TypeOf(JsonElement command) => command.TryGetProperty("type", out var type) ? type.GetInt32() : ChatInput;

    // Where they may be used is no matter of a single server's commands, whatever stands there.
    private static CommandWire Read(JsonElement command, string? guild)
    {
        var wire = DiscordJson.Read(command, DiscordJson.Wire.CommandWire) ?? throw new JsonException();
        return guild is null ? wire : wire with { Contexts = null, IntegrationTypes = null };
    }

    // A PUT replaces all kinds, so what is not ours (an activity's entry point) is put back as it stands.
    private static byte[] Body(IReadOnlyList<CommandWire> wanted, IReadOnlyList<JsonElement> others)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var command in wanted)
            {
                JsonSerializer.Serialize(writer, command, DiscordJson.Wire.CommandWire);
            }

            foreach (var other in others)
            {
                other.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    private TimeSpan? Again(RestReply reply)
    {
        switch (reply)
        {
            case RestReply.NotNow { Wait: var wait }:
                return wait;
            case RestReply.Unseen or RestReply.Done:
                return TimeSpan.FromSeconds(10);
            case RestReply.Failed failed:
                LogRefused(logger, failed.Error);
                return null;
            default:
                throw new InvalidOperationException("RestReply is closed.");
        }
    }

    [LoggerMessage(LogLevel.Information, "The {Count} commands stand in Discord as they should")]
    private static partial void LogSame(ILogger logger, int count);

    [LoggerMessage(LogLevel.Information, "Registered {Count} commands for {Where}")]
    private static partial void LogRegistered(ILogger logger, int count, string where);

    [LoggerMessage(LogLevel.Warning, "The bot can't be added to people's own accounts: turn User Install on under Installation in Discord's developer portal, or set Discord:IsUserInstallable to false. The commands are registered for servers alone")]
    private static partial void LogServersOnly(ILogger logger);

    [LoggerMessage(LogLevel.Error, "Discord did not take the commands: {Error}")]
    private static partial void LogRefused(ILogger logger, DiscordError error);
}
