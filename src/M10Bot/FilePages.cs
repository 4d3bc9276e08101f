using System.Globalization;
using System.Runtime.InteropServices;

namespace M10Bot;

/// <summary>
/// The pages of the program's and the runtime's own files that this process has read in. The start and a burst touch many once; an
/// idle bot needs a fraction. What is given back comes again from the system's file cache when it is touched.
/// </summary>
/// <remarks>Linux alone; <c>madvise(2)</c>, <c>proc_pid_smaps(5)</c>.</remarks>
internal sealed class FilePages
{
    private const int DontNeed = 4;
    private HashSet<(nint, nuint)> _seen = [];
    private bool _isRefused;

    /// <summary>
    /// Takes the code and the metadata of loaded libraries out of this process's resident memory: of those that were there at the call
    /// before as well, since a mapping that is made and dropped at this moment could be another's by the time it is named.
    /// </summary>
    public void GiveBack() => GiveBack("/proc/self/smaps");

    /// <param name="smaps">The file of mappings; where it can't be read, nothing is given back and it is not asked for again.</param>
    internal void GiveBack(string smaps)
    {
        if (_isRefused)
        {
            return;
        }

        try
        {
            var now = Unwritten(File.ReadLines(smaps)).ToHashSet();
            foreach (var (start, length) in now.Where(_seen.Contains))
            {
                _ = NativeMethods.Advise(start, length, DontNeed);
            }

            _seen = now;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EntryPointNotFoundException or DllNotFoundException)
        {
            _isRefused = true; // memory is a nicety: a hardened container must not end the bot
        }
    }

    /// <summary>The mappings of libraries that cannot be written and of which no page differs from the file, so that dropping loses nothing.</summary>
    /// <param name="smaps">The lines of <c>/proc/self/smaps</c>.</param>
    public static IEnumerable<(nint Start, nuint Length)> Unwritten(IEnumerable<string> smaps)
    {
        (nint Start, nuint Length)? library = null;
        foreach (var line in smaps)
        {
            if (line.Length > 0 && char.IsAsciiHexDigitLower(line[0]))
            {
                library = Library(line);
            }
            else if (library is { } mapping && line.StartsWith("Anonymous:", StringComparison.Ordinal))
            {
                if (line.AsSpan("Anonymous:".Length).Trim().SequenceEqual("0 kB"))
                {
                    yield return mapping;
                }

                library = null;
            }
        }
    }

    // 7f2c5c000000-7f2c5c021000 r-xp 00001000 fe:00 1234    /usr/lib/libexample.so
    private static (nint Start, nuint Length)? Library(string line)
    {
        var parts = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length < 6 || parts[1][1] is not '-' || !parts[5].StartsWith('/')
            || !(parts[5].EndsWith(".dll", StringComparison.Ordinal) || parts[5].Contains(".so", StringComparison.Ordinal)))
        {
            return null;
        }

        var dash = parts[0].IndexOf('-', StringComparison.Ordinal);
        var start = ulong.Parse(parts[0].AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var end = ulong.Parse(parts[0].AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return ((nint)start, (nuint)(end - start));
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "madvise")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Advise(nint start, nuint length, int advice);
    }
}
