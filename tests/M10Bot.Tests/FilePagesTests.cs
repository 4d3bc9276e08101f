using System.Globalization;

namespace M10Bot.Tests;

public sealed class FilePagesTests
{
    private const string Smaps =
        """
        55d00000-55d10000 r-xp 00001000 fe:00 10                         /usr/share/dotnet/dotnet
        Rss:                  64 kB
        Anonymous:             0 kB
        7f000000-7f021000 r-xp 00001000 fe:00 11                         /usr/share/dotnet/shared/lib core/libcoreclr.so
        Rss:                 132 kB
        Anonymous:             0 kB
        VmFlags: rd ex mr mw me
        7f100000-7f110000 r--s 00000000 fe:00 12                         /app/M10Bot.News.dll
        Anonymous:             0 kB
        7f200000-7f210000 r--p 00000000 fe:00 13                         /usr/lib/libcrypto.so.3
        Anonymous:           392 kB
        7f300000-7f310000 rw-p 00000000 fe:00 13                         /usr/lib/libcrypto.so.3
        Anonymous:             0 kB
        7f400000-7f410000 r--s 00000000 fe:00 14                         /data/m10bot.db-shm
        Anonymous:             0 kB
        7f500000-7f510000 rw-p 00000000 00:00 0
        Anonymous:             0 kB
        7f600000-7f610000 r-xs 00000000 00:01 15                         /memfd:doublemapper (deleted)
        Anonymous:             0 kB
        """;

    /// <summary>Never what can be written, what differs from its file, what has no file, or what is not a library's.</summary>
    [Fact]
    public void Only_pages_that_lose_nothing_are_given_back() =>
        FilePages.Unwritten(Smaps.Split('\n')).ToArray().ShouldBe([(0x7f000000, 0x21000), (0x7f100000, 0x10000)]);

    [Fact]
    public void Pages_are_given_back_at_the_second_call_and_the_program_goes_on()
    {
        OperatingSystem.IsLinux().ShouldBeTrue("there is no /proc/self/smaps elsewhere, and nothing is given back there");
        var pages = new FilePages();
        pages.GiveBack();
        var before = Resident();
        pages.GiveBack();
        Resident().ShouldBeLessThan(before * 0.9);
    }

    /// <remarks>What a background service throws ends the host. Seen red without the catch: a FileNotFoundException.</remarks>
    [Fact]
    public void Where_the_mappings_can_not_be_read_nothing_happens() => Should.NotThrow(() => new FilePages().GiveBack("/proc/self/no-such-file"));

    private static double Resident() =>
        double.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssFile:", StringComparison.Ordinal))[8..^2], CultureInfo.InvariantCulture);
}
