using System.Diagnostics;
using System.Globalization;

namespace M10Bot.Benchmarks.Replicas;

/// <summary>One replica: the program as its own process.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private const int LinesKept = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Queue<string> _lines = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Replica(int number, Process process)
    {
        Number = number;
        _process = process;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
    }

    public int Number { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public static async Task<Replica> StartAsync(int number, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "M10Bot.dll"));
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var replica = new Replica(number, new Process { StartInfo = start });
        replica._process.Start();
        replica._process.BeginOutputReadLine();
        replica._process.BeginErrorReadLine();
        try
        {
            await replica._ready.Task.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"Replica {number} did not get ready:\n{replica.Output}", e);
        }

        return replica;
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    /// <param name="name">STOP, CONT or TERM.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <returns>False where it still runs after <paramref name="within"/>.</returns>
    public async Task<bool> EndsAsync(TimeSpan within)
    {
        await _process.WaitForExitAsync().WaitAsync(within).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.HasExited;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _lines.Dequeue();
            }
        }

        if (line.StartsWith("M10Bot is ready", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
