using M10Bot.Benchmarks.Deliveries;
using M10Bot.Benchmarks.Replicas;

// dotnet run -c Release --project tests/M10Bot.Benchmarks -- <verb> [arguments]
return args switch
{
    ["deliveries", .. var rest] => await DeliveriesBenchmark.RunAsync(rest),
    ["replicas", .. var rest] => await ReplicasHarness.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("verbs: deliveries [sqlite|postgres] | replicas [kill|freeze|stop|database] [runs]");
    return 2;
}
