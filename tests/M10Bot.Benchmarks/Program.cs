using M10Bot.Benchmarks.Deliveries;
using M10Bot.Benchmarks.Feeds;
using M10Bot.Benchmarks.FirstLight;

// dotnet run -c Release --project tests/M10Bot.Benchmarks -- <verb> [arguments]
return args switch
{
    ["first-light"] => await FirstLightBenchmark.RunAsync(),
    ["deliveries", .. var rest] => await DeliveriesBenchmark.RunAsync(rest),
    ["feeds"] => FeedsBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("verbs: first-light | deliveries [sqlite|postgres] | feeds");
    return 2;
}
