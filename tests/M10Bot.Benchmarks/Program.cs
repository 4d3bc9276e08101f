using M10Bot.Benchmarks.Deliveries;
using M10Bot.Benchmarks.Feeds;

// dotnet run -c Release --project tests/M10Bot.Benchmarks -- <verb> [arguments]
return args switch
{
    ["deliveries", .. var rest] => await DeliveriesBenchmark.RunAsync(rest),
    ["feeds"] => FeedsBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("verbs: deliveries [sqlite|postgres] · feeds");
    return 2;
}
