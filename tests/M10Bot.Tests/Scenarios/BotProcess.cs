using System.Diagnostics;
using System.Globalization;

namespace M10Bot.Tests.Scenarios;

/// <summary>The program as its own process, so that it can be killed as the kernel kills: no warning, no clean-up.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private const int LinesKept = 300;
    private readonly Process _process;
    private readonly Queue<string> _lines = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BotProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"The bot ended before it was ready:\n{Output}"));
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public bool HasEnded => _process.HasExited;

    /// <summary>The last lines it said.</summary>
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

    /// <summary>What the process holds in memory now (Linux).</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1_048_576.0;
        }
    }

    /// <summary>The try-out's page, from the line that says it is ready.</summary>
    public string Page => Output.Split('\n').First(l => l.StartsWith("M10Bot is ready", StringComparison.Ordinal)).Split("Open ")[1].Split(' ')[0];

    public static BotProcess Start(IEnumerable<KeyValuePair<string, string?>> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "M10Bot.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = new Process { StartInfo = start };
        var bot = new BotProcess(process);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return bot;
    }

    /// <summary>Until it has said that it is ready.</summary>
    /// <param name="within">Longer than a scenario's patience where many processes share the machine.</param>
    public Task ReadyAsync(TimeSpan? within = null) => _ready.Task.WaitAsync(within ?? RunningBot.Patience);

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(RunningBot.Patience);
        return _process.ExitCode;
    }

    /// <returns>False where it still runs after <paramref name="within"/>.</returns>
    public async Task<bool> EndsAsync(TimeSpan within)
    {
        await _process.WaitForExitAsync().WaitAsync(within).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.HasExited;
    }

    /// <param name="name">STOP, CONT, TERM or KILL.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(RunningBot.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

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
