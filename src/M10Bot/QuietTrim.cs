using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace M10Bot;

/// <summary>
/// Gives memory back once a burst is over. The sign-in to a platform, a fan-out, a spell of commands each leave garbage and compiled-away
/// scratch space that the runtime would keep for the next one; a small machine that also runs a database has a better use for it.
/// </summary>
internal sealed class QuietTrim(TimeProvider time, QuietTrim.Memory memory) : BackgroundService
{
    // A collection stops all for some 20 ms: only when nobody is waiting, and only for what is worth it.
    private const long Quiet = 1 * 1024 * 1024;
    private const long WorthIt = 8 * 1024 * 1024;
    private const int FileLooks = 2; // one to see what is there, one to give it back
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var (trimmed, before) = (memory.Allocated(), memory.Allocated());
        var looks = FileLooks; // the start has touched much
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = memory.Allocated();
            var quiet = now - before < Quiet;
            if (quiet && now - trimmed >= WorthIt)
            {
                memory.Trim();
                trimmed = now = memory.Allocated();
                looks = FileLooks;
            }
            else if (quiet && looks > 0)
            {
                memory.GiveFilePagesBack();
                looks--;
            }

            before = now;
        }
    }

    /// <param name="Allocated">All that was ever allocated, in bytes.</param>
    /// <param name="Trim">Gives back what is not used.</param>
    /// <param name="GiveFilePagesBack">Gives back pages of files, which come again when they are touched; called once to look and once to do it.</param>
    public sealed record Memory(Func<long> Allocated, Action Trim, Action GiveFilePagesBack)
    {
        public static Memory OfThisProcess { get; } =
            new(() => GC.GetTotalAllocatedBytes(), TrimThisProcess, OperatingSystem.IsLinux() ? new FilePages().GiveBack : () => { });

        /// <summary>The managed heap, and what the C library keeps of freed memory: the compiler's, SQLite's, zlib's.</summary>
        public static void TrimThisProcess()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            if (!OperatingSystem.IsLinux())
            {
                return;
            }

            try
            {
                _ = NativeMethods.MallocTrim(0);
            }
            catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
            {
                // A C library that keeps nothing.
            }
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "malloc_trim")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int MallocTrim(nuint pad);
    }
}
