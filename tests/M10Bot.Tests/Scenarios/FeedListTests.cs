namespace M10Bot.Tests.Scenarios;

/// <summary>The feeds as a file, from the command line.</summary>
public sealed class FeedListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("m10bot-test-");

    [Fact]
    public async Task Feeds_come_in_by_a_file_and_go_out_by_one()
    {
        var list = Path.Combine(_files.FullName, "in.opml");
        await File.WriteAllTextAsync(list, """<opml><body><outline text="World"><outline text="Example" xmlUrl="https://example.org/rss"/></outline><outline text="Two" xmlUrl="https://two.example.org/"/></body></opml>""");

        (await AnswerAsync("feeds", "import", list)).ShouldBe(("2 of 2 feeds are new and polled once the bot runs; the others were here. What stands in them at the first reading is not sent.", 0));
        (await AnswerAsync("feeds", "import", list)).Text.ShouldStartWith("0 of 2 feeds are new");
        (await AnswerAsync("feeds", "export")).Text.ShouldContain("""<outline type="rss" text="Example" title="Example" xmlUrl="https://example.org/rss" />""");
        var copy = Path.Combine(_files.FullName, "out.opml");
        (await AnswerAsync("feeds", "export", copy)).Text.ShouldBe($"2 feeds are written to {copy}.");
        (await File.ReadAllTextAsync(copy)).ShouldContain("https://two.example.org/");
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_words()
    {
        var noList = Path.Combine(_files.FullName, "no.opml");
        await File.WriteAllTextAsync(noList, "Dear sirs");

        (await AnswerAsync("feeds", "import", noList)).ShouldBe(($"{noList} names no feed. It must be OPML, with outlines that have an xmlUrl.", 1));
        (await AnswerAsync("feeds", "import", noList + ".missing")).ExitCode.ShouldBe(1);
        (await AnswerAsync("feeds")).ExitCode.ShouldBe(2);
        (await FeedLists.AnswerAsync(["--Wire:Folder", "feeds"], CancellationToken.None)).ShouldBeNull();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _files.Delete(recursive: true);
    }

    private async Task<(string Text, int ExitCode)> AnswerAsync(params string[] words)
    {
        string[] storage = words.Length > 1 ? ["--Storage:ConnectionString", _folder.Settings["Storage:ConnectionString"]!] : [];
        return (await FeedLists.AnswerAsync([.. words, .. storage], CancellationToken.None))!.Value;
    }
}
