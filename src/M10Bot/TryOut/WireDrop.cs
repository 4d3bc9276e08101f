namespace M10Bot.TryOut;

/// <summary>Puts texts into the wire folder as a desk's system would: written aside first, then renamed, so no half file is ever seen.</summary>
internal sealed class WireDrop(string folder, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private int _count;

    /// <returns>The file's name.</returns>
    public async Task<string> DropAsync(string text, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var number = Interlocked.Increment(ref _count);
        var name = $"article-{number:0000}.txt";
        var aside = Path.Combine(folder, $".{name}.tmp");

        // The wire reads no bytes twice. Who presses a sample again wants the desk's word on it, so no two files are quite the same.
        await File.WriteAllTextAsync(aside, text.TrimEnd() + new string('\n', number), ct);
        File.Move(aside, Path.Combine(folder, name));
        return name;
    }

    /// <summary>Waits until the file has been taken; null where it was filed, else why it was refused.</summary>
    public async Task<string?> RefusalAsync(string name, CancellationToken ct)
    {
        var refusal = Path.Combine(folder, "refused", $"{name}.error.txt");
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        while (!File.Exists(Path.Combine(folder, "read", name)))
        {
            if (File.Exists(refusal) && await File.ReadAllTextAsync(refusal, ct) is { Length: > 0 } reason)
            {
                return reason.Trim();
            }

            try
            {
                await pulse.WaitForNextTickAsync(either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return "The wire has not taken the article in ten seconds. The program's log says why.";
            }
        }

        return null;
    }
}
