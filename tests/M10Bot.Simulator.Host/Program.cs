// The simulator on its own, for bots of other makes: prints its address, and ends when its input is closed.
//   dotnet run --project tests/M10Bot.Simulator.Host [-- <port> [<Slack app manifest>]]
using System.Globalization;
using M10Bot.Simulator;

var options = new SimulatorOptions
{
    Port = args is [var port, ..] ? int.Parse(port, CultureInfo.InvariantCulture) : 0,
    SlackManifest = args is [_, var manifest] ? await File.ReadAllTextAsync(manifest) : null,
};
var clock = new SimulatedClock(TimeProvider.System);
await using var simulator = await SimulatorHost.StartAsync(options, clock, new Random(1), CancellationToken.None);
Console.WriteLine(simulator.Address);
await Console.In.ReadToEndAsync();
