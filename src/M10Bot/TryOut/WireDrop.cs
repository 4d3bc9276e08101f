namespace M10Bot.TryOut;

/// <summary>Puts texts into the wire folder as a desk's system would: written aside first, then renamed, so no half file is ever seen.</summary>
internal sealed class WireDrop(string folder)
{
    private int _count;

    public async Task<string> DropAsync(string text, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var name = $"article-{Interlocked.Increment(ref _count):0000}.txt";
        var aside = Path.Combine(folder, $".{name}.tmp");
        await File.WriteAllTextAsync(aside, text, ct);
        File.Move(aside, Path.Combine(folder, name));
        return name;
    }
}
