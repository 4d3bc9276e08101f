using M10Bot.Benchmarks.Crash;
using M10Bot.Benchmarks.Day;
using M10Bot.Benchmarks.Deliveries;
using M10Bot.Benchmarks.Discord;
using M10Bot.Benchmarks.Feeds;
using M10Bot.Benchmarks.FirstLight;
using M10Bot.Benchmarks.Growth;
using M10Bot.Benchmarks.Reading;
using M10Bot.Benchmarks.Replicas;
using M10Bot.Benchmarks.Slack;
using M10Bot.Benchmarks.Wire;

// dotnet run -c Release --project tests/M10Bot.Benchmarks -- <verb> [arguments]
return args switch
{
    ["first-light"] => await FirstLightBenchmark.RunAsync(),
    ["starts"] => await FirstLightBenchmark.RunStartsAsync(),
    ["deliveries", .. var rest] => await DeliveriesBenchmark.RunAsync(rest),
    ["discord", .. var rest] => await DiscordBenchmark.RunAsync(rest),
    ["discord-server", .. var rest] => await FakeDiscord.ServeAsync(rest),
    ["reading"] => ReadingBenchmark.Run(),
    ["feeds"] => FeedsBenchmark.Run(),
    ["polling", .. var rest] => await PollingBenchmark.RunAsync(rest),
    ["polling-bot", .. var rest] => await PollingBot.RunAsync(rest),
    ["push", .. var rest] => await PushBenchmark.RunAsync(rest),
    ["overhead", .. var rest] => await OverheadBenchmark.RunAsync(rest),
    ["growth", .. var rest] => await GrowthBenchmark.RunAsync(rest),
    ["million", .. var rest] => await MillionBenchmark.RunAsync(rest),
    ["crash", .. var rest] => await CrashHarness.RunAsync(rest),
    ["day", .. var rest] => await DayHarness.RunAsync(rest),
    ["slack-server"] => await PostsServer.ServeAsync(),
    ["slack", .. var rest] => await SlackBenchmark.RunAsync(rest),
    ["replicas", .. var rest] => await ReplicasHarness.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("verbs: first-light | starts | slack posts|ack|flash|kill|hour | deliveries|overhead|growth|million [sqlite|postgres] | crash [--kills N] [--deliveries N] [--channels N] [--engine sqlite|postgres] [--seed N] | day [--stories N] [--destinations N] [--kills N] [--minutes N] [--engine sqlite|postgres] [--seed N] | replicas [kill|freeze|stop|cut|restart|database] [runs] [replicas] | feeds | polling [--feeds 1000,10000] [--minutes 10] | push [--items 200] | reading | discord [posts|bot [seconds]] [flash [channels]] [life [minutes]]");
    return 2;
}
