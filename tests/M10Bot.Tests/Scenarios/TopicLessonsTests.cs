namespace M10Bot.Tests.Scenarios;

/// <summary>What editors taught, from the command line.</summary>
public sealed class TopicLessonsTests : IDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("m10bot-test-");

    [Fact]
    public async Task Where_there_is_no_database_none_is_made_and_the_answer_says_how_to_name_it()
    {
        var database = Path.Combine(_files.FullName, "elsewhere.db");

        var (text, exitCode) = (await TopicTraining.AnswerAsync(["topics", "export", "--Storage:ConnectionString", $"Data Source={database}"], CancellationToken.None))!.Value;

        text.ShouldBe($"There is no database at {database}. Run this in the bot's folder, or name its database: --Storage:ConnectionString \"Data Source=…\".");
        exitCode.ShouldBe(1);
        _files.EnumerateFiles().ShouldBeEmpty();
    }

    public void Dispose() => _files.Delete(recursive: true);
}
