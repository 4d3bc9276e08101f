using M10Bot.Benchmarks.Crash;
using M10Bot.Benchmarks.Deliveries;
using M10Bot.Benchmarks.Feeds;
using M10Bot.Benchmarks.FirstLight;

// dotnet run -c Release --project tests/M10Bot.Benchmarks -- <verb> [arguments]
return args switch
{
    ["first-light"] => await FirstLightBenchmark.RunAsync(),
    ["deliveries", .. var rest] => await DeliveriesBenchmark.RunAsync(rest),
    ["feeds"] => FeedsBenchmark.Run(),
    ["overhead", .. var rest] => await OverheadBenchmark.RunAsync(rest),
    ["million", .. var rest] => await MillionBenchmark.RunAsync(rest),
    ["crash", .. var rest] => await CrashHarness.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("verbs: first-light | deliveries|overhead|million [sqlite|postgres] | crash [--kills N] [--deliveries N] [--channels N] [--engine sqlite|postgres] [--seed N] | feeds");
    return 2;
}
