using M10Bot;
using M10Bot.TryOut;

var words = await FeedLists.AnswerAsync(args, CancellationToken.None) ?? await TopicTraining.AnswerAsync(args, CancellationToken.None) ?? CommandLineWords.Answer(args);
if (words is { } answer)
{
    Output.Line(answer.Text);
    return answer.ExitCode;
}

return await BotHost.RunAsync(args, async builder =>
{
    var tryOut = await SimulatedChats.StartIfNoTokenAsync(builder);
    builder.AddFeatures(tryOut);
    return tryOut;
});
