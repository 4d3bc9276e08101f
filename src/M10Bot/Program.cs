using M10Bot;
using M10Bot.TryOut;

if (CommandLineWords.Answer(args) is { } answer)
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
