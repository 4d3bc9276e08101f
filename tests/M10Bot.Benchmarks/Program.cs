using M10Bot.Benchmarks.Deliveries;

// dotnet run -c Release --project tests/M10Bot.Benchmarks -- <verb> [arguments]
return args switch
{
    ["deliveries", .. var rest] => await DeliveriesBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("verbs: deliveries [sqlite|postgres]");
    return 2;
}
