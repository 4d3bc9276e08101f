using System.Text;
using System.Threading.Channels;
using M10Bot.News.Reading;
using M10Bot.News.Storage;
using M10Bot.News.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace M10Bot.News.Tests.Wire;

public sealed class WireFolderTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _root = Directory.CreateTempSubdirectory("m10wire").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<WireItem> _filed = Channel.CreateUnbounded<WireItem>();
    private Database _database = null!;
    private Func<WireItem, CancellationToken, Task<WireResult>> _sink = null!;

    private string Folder => Path.Combine(_root, "wire");

    public async Task InitializeAsync()
    {
        _database = new Database(new SqliteDialect($"Data Source={Path.Combine(_root, "m10.db")}"));
        await _database.MigrateAsync(default);
        _sink = FileAsync;
        Scan().MakeFolders();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_file_is_read_once_it_has_stopped_changing()
    {
        var scan = Scan();
        Drop("a.txt", "Harbour of Al");
        (await scan.LookAsync(default)).ShouldBe(TimeSpan.FromMilliseconds(200));
        _time.Advance(TimeSpan.FromMilliseconds(150));
        Drop("a.txt", "Harbour of Alba closed");
        await scan.LookAsync(default);
        _time.Advance(TimeSpan.FromMilliseconds(150));
        await scan.LookAsync(default);
        _filed.Reader.Count.ShouldBe(0);

        _time.Advance(TimeSpan.FromMilliseconds(50));
        await scan.LookAsync(default);

        Filed().Article.Headline.ShouldBe("Harbour of Alba closed");
        Names(Folder).ShouldBeEmpty();
        Names("read").ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task A_crash_between_filing_and_putting_away_does_not_file_it_again()
    {
        Drop("a.txt", "Harbour of Alba closed");
        _sink = async (item, ct) =>
        {
            await FileAsync(item, ct);
            throw new IOException("the power went");
        };
        await SettleAsync(Scan());
        Filed();
        Names(Folder).ShouldBe(["a.txt"]);

        _sink = FileAsync;
        await SettleAsync(Scan());

        _filed.Reader.Count.ShouldBe(0);
        Names("read").ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task A_json_file_holds_ninjs_items_and_each_is_taken_or_refused_by_itself()
    {
        Drop("items.json", """[{"uri":"urn:a","version":"1","headlines":[{"value":"Harbour of Alba closed"}]},{"uri":"urn:b","pubStatus":"secret","headlines":[{"value":"b"}]}]""");
        await SettleAsync(Scan());

        Filed().Article.Headline.ShouldBe("Harbour of Alba closed");
        _filed.Reader.Count.ShouldBe(0);
        Reason("items.json").ShouldBe("Item 2 (urn:b): Its pubstatus is none we know, and what may not be used must not run. Write usable, withheld or canceled.\nThe other items are filed.\n");

        Drop("items.json", """[{"uri":"urn:a","version":"1","headlines":[{"value":"Harbour of Alba closed"}]},{"uri":"urn:b","headlines":[{"value":"Mended"}]}]""");
        await SettleAsync(Scan());

        Filed().Article.Headline.ShouldBe("Mended");
        _filed.Reader.Count.ShouldBe(0);
        Names("read").ShouldBe(["items.json"]);
    }

    [Fact]
    public async Task The_same_content_under_another_name_is_not_filed_again()
    {
        Drop("a.txt", "Harbour of Alba closed");
        await SettleAsync(Scan());
        Filed();

        Drop("b.txt", "Harbour of Alba closed");
        await SettleAsync(Scan());

        _filed.Reader.Count.ShouldBe(0);
        Names("read").ShouldBe(["a.txt", "b.txt"]);
    }

    [Fact]
    public async Task A_second_file_of_one_name_keeps_the_first_one_whole()
    {
        Drop("a.txt", "Harbour of Alba closed");
        await SettleAsync(Scan());
        Drop("a.txt", "Harbour of Alba open again");
        await SettleAsync(Scan());

        Names("read").ShouldBe(["a.2.txt", "a.txt"]);
        Text(Path.Combine(Folder, "read", "a.txt")).ShouldBe("Harbour of Alba closed");
    }

    [Fact]
    public async Task A_sink_in_trouble_is_asked_again_later_and_nothing_is_lost()
    {
        var scan = Scan();
        _sink = (_, _) => throw new IOException("disk full");
        Drop("a.txt", "Harbour of Alba closed");
        await SettleAsync(scan);
        Names(Folder).ShouldBe(["a.txt"]);

        _sink = FileAsync;
        await scan.LookAsync(default);
        _filed.Reader.Count.ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(5));
        await scan.LookAsync(default);

        Filed().Mark.ShouldBeOfType<WireMark.File>().Name.ShouldBe("a.txt");
    }

    [Theory]
    [InlineData(new byte[0], "empty")]
    [InlineData(new byte[] { 0x20, 0x0A }, "empty")]
    [InlineData(new byte[] { 0x41, 0x00, 0x42 }, "plain text")]
    [InlineData(new byte[] { 0x4D, 0xFC, 0x6E }, "UTF-8")]
    public async Task A_file_that_is_no_text_is_refused_with_the_remedy_beside_it(byte[] bytes, string remedy)
    {
        Put("a.txt", bytes);

        await SettleAsync(Scan());

        Names("refused").ShouldBe(["a.txt", "a.txt.error.txt"]);
        Reason("a.txt").ShouldContain(remedy);
    }

    [Fact]
    public async Task Too_big_a_file_a_bad_header_and_a_refusal_of_the_desk_are_put_aside()
    {
        _sink = (_, _) => Task.FromResult<WireResult>(new WireResult.Refused("The slug is taken."));
        Drop("big.txt", new string('a', 2001));
        Drop("header.txt", "Urgency: high\n\nHarbour closed.");
        Drop("sink.txt", "Harbour of Alba closed");
        await SettleAsync(Scan());

        Reason("big.txt").ShouldContain("limit is 2000");
        Reason("header.txt").ShouldStartWith("Line 1");
        Reason("sink.txt").ShouldStartWith("The slug is taken.");
    }

    [Theory]
    [InlineData(".hidden.txt")]
    [InlineData("a.txt.tmp")]
    [InlineData("a.txt~")]
    [InlineData("a.part")]
    [InlineData(".a.txt.swp")]
    public async Task Passing_names_are_left_alone(string name)
    {
        Drop(name, "Harbour of Alba closed");
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        Drop(Path.Combine("sub", "b.txt"), "Harbour of Alba closed");

        await SettleAsync(Scan());

        _filed.Reader.Count.ShouldBe(0);
        Names(Folder).ShouldBe([name]);
    }

    [Fact]
    public async Task A_link_is_refused_and_what_it_points_to_stays_unread()
    {
        var secret = Path.Combine(_root, "secret.txt");
        Drop(secret, "Nobody may read this");
        File.CreateSymbolicLink(Path.Combine(Folder, "a.txt"), secret);

        await SettleAsync(Scan());

        _filed.Reader.Count.ShouldBe(0);
        Reason("a.txt").ShouldContain("link");
        Text(secret).ShouldBe("Nobody may read this");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_is_understood(string encoding)
    {
        var unicode = Encoding.GetEncoding(encoding);
        Put("a.txt", [.. unicode.GetPreamble(), .. unicode.GetBytes("Zelenskyy – “we will see”")]);

        await SettleAsync(Scan());

        Filed().Article.Headline.ShouldBe("Zelenskyy – “we will see”");
    }

    [Fact]
    public async Task Files_come_in_the_order_of_writing()
    {
        Drop("b.txt", "First");
        Drop("a.txt", "Second");
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "b.txt"), new DateTime(2026, 3, 9, 12, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "a.txt"), new DateTime(2026, 3, 9, 12, 0, 1, DateTimeKind.Utc));

        await SettleAsync(Scan());

        Filed().Article.Headline.ShouldBe("First");
        Filed().Article.Headline.ShouldBe("Second");
    }

    [Fact]
    public async Task The_running_folder_takes_what_lay_there_and_what_is_dropped_later()
    {
        Drop("before.txt", "Lay there before");
        using var folder = new WireFolder(Scan(TimeProvider.System), Options(), TimeProvider.System, NullLogger<WireFolder>.Instance);
        await folder.StartAsync(default);
        (await _filed.Reader.ReadAsync().AsTask().WaitAsync(Patience)).Article.Headline.ShouldBe("Lay there before");

        Drop("later.txt", "Dropped later");
        (await _filed.Reader.ReadAsync().AsTask().WaitAsync(Patience)).Article.Headline.ShouldBe("Dropped later");

        await folder.StopAsync(default).WaitAsync(Patience);
    }

    private async Task SettleAsync(WireScan scan)
    {
        await scan.LookAsync(default);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        await scan.LookAsync(default);
    }

    private WireScan Scan(TimeProvider? time = null)
    {
        var sink = new WireSink((item, ct) => _sink(item, ct));
        return new(
            Options(), new WireStore(_database), sink, new WireNinjs(Options(), sink, TopicCatalogue.Default, time ?? _time), TopicCatalogue.Default, time ?? _time, NullLogger<WireScan>.Instance);
    }

    private IOptions<WireOptions> Options() => Microsoft.Extensions.Options.Options.Create(new WireOptions { Folder = Folder, MaxBytes = 2000, ScanEvery = TimeSpan.FromMinutes(10) });

    private async Task<WireResult> FileAsync(WireItem item, CancellationToken ct)
    {
        var isNew = await _database.WriteAsync(transaction => WireStore.AddAsync(transaction, item, _time.GetUtcNow(), ct), ct);
        if (isNew)
        {
            await _filed.Writer.WriteAsync(item, ct);
        }

        return isNew ? new WireResult.Filed(new WireRuling(1, "new", "run", ["it is news"])) : new WireResult.Repeat(null);
    }

    private void Drop(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    private void Put(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    private static string Text(string path) => File.ReadAllText(path);

    private WireItem Filed() => _filed.Reader.TryRead(out var item) ? item : throw new InvalidOperationException("Nothing was filed.");

    private string Reason(string name) => File.ReadAllText(Path.Combine(Folder, "refused", name + ".error.txt"));

    private List<string> Names(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Folder, folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
