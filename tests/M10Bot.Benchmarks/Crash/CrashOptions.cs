using System.Globalization;

namespace M10Bot.Benchmarks.Crash;

/// <summary>What a run of the crash harness is made of; each is <c>--name value</c>.</summary>
internal sealed record CrashOptions
{
    /// <summary>How often the bot is killed.</summary>
    public int Kills { get; init; } = 50;

    /// <summary>Messages owed on each platform.</summary>
    public int Deliveries { get; init; } = 10_000;

    /// <summary>Channels on each platform; each gets every story.</summary>
    public int Channels { get; init; } = 50;

    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    public string Engine { get; init; } = "sqlite";

    /// <summary>Decides when the bot is killed and which requests meet a fault.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    public int Stories => Deliveries / Channels;

    /// <exception cref="ArgumentException">An option is unknown, has no value, or a value that makes no run.</exception>
    public static CrashOptions Read(string[] arguments)
    {
        var options = arguments.Chunk(2).Aggregate(new CrashOptions(), (read, pair) => pair switch
        {
            ["--kills", var value] => read with { Kills = Number(value) },
            ["--deliveries", var value] => read with { Deliveries = Number(value) },
            ["--channels", var value] => read with { Channels = Number(value) },
            ["--engine", "sqlite" or "postgres"] => read with { Engine = pair[1] },
            ["--seed", var value] => read with { Seed = Number(value) },
            _ => throw new ArgumentException($"crash does not know {string.Join(' ', pair)}", nameof(arguments)),
        });
        return options.Stories < 1 || options.Kills < 1
            ? throw new ArgumentException("crash needs at least one kill and one story for every channel", nameof(arguments))
            : options;
    }

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{value} is no number", nameof(value));
}
