using System.Globalization;

namespace M10Bot.Benchmarks.Day;

/// <summary>What a day is made of; each is <c>--name value</c>.</summary>
internal sealed record DayOptions
{
    public int Stories { get; init; } = 300;

    /// <summary>Half of them in Discord, half in Slack.</summary>
    public int Destinations { get; init; } = 5_000;

    /// <summary>How often the bot is killed during the day.</summary>
    public int Kills { get; init; } = 6;

    /// <summary>How long the day takes.</summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromMinutes(12);

    public string Engine { get; init; } = "sqlite";

    public int Seed { get; init; } = Random.Shared.Next();

    public int Channels => Destinations / 2;

    /// <exception cref="ArgumentException">An option is unknown, has no value, or a value that makes no day.</exception>
    public static DayOptions Read(string[] arguments)
    {
        var options = arguments.Chunk(2).Aggregate(new DayOptions(), (read, pair) => pair switch
        {
            ["--stories", var value] => read with { Stories = Number(value) },
            ["--destinations", var value] => read with { Destinations = Number(value) },
            ["--kills", var value] => read with { Kills = Number(value) },
            ["--minutes", var value] => read with { Lasts = TimeSpan.FromMinutes(Number(value)) },
            ["--engine", "sqlite" or "postgres"] => read with { Engine = pair[1] },
            ["--seed", var value] => read with { Seed = Number(value) },
            _ => throw new ArgumentException($"day does not know {string.Join(' ', pair)}", nameof(arguments)),
        });
        return options is { Stories: < 1 } or { Channels: < 1 } or { Lasts.Ticks: 0 }
            ? throw new ArgumentException("a day needs a story, two destinations and a minute at least", nameof(arguments))
            : options;
    }

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{value} is no number", nameof(value));
}
