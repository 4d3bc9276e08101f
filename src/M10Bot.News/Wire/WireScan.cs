using M10Bot.News.Reading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace M10Bot.News.Wire;

/// <summary>One look at the wire folder: files what has settled, and says when to look again.</summary>
internal sealed partial class WireScan(
    IOptions<WireOptions> options, WireStore store, WireSink sink, WireNinjs ninjs, TopicCatalogue topics, TimeProvider time, ILogger<WireScan> logger)
{
    private readonly WireOptions _options = options.Value;
    private readonly Dictionary<string, Sighting> _seen = new(StringComparer.Ordinal);

    public string Folder { get; } = Path.GetFullPath(options.Value.Folder);

    private string ReadFolder => Path.Combine(Folder, "read");

    private string RefusedFolder => Path.Combine(Folder, "refused");

    public void MakeFolders()
    {
        Directory.CreateDirectory(ReadFolder);
        Directory.CreateDirectory(RefusedFolder);
    }

    /// <returns>How long nothing needs to be looked at again, short of a change in the folder.</returns>
    public async Task<TimeSpan> LookAsync(CancellationToken ct)
    {
        MakeFolders();
        // In the order of writing, so that a correction follows what it corrects.
        var files = new DirectoryInfo(Folder).EnumerateFiles()
            .Where(file => !WireFile.IsPassing(file.Name))
            .OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var gone in _seen.Keys.Except(files.Select(file => file.Name), StringComparer.Ordinal).ToList())
        {
            _seen.Remove(gone);
        }

        foreach (var file in files.Where(HasSettled))
        {
            try
            {
                await TakeAsync(file, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogTrouble(logger, e, file.Name, _options.RetryAfter);
                _seen[file.Name] = Sighting.Of(file, time.GetUtcNow() + _options.RetryAfter);
            }
        }

        var now = time.GetUtcNow();
        return _seen.Values.Select(s => s.ReadyAt - now).Append(_options.ScanEvery).Min() is var wait && wait > TimeSpan.Zero
            ? wait
            : TimeSpan.FromMilliseconds(1);
    }

    private bool HasSettled(FileInfo file)
    {
        var now = time.GetUtcNow();
        if (_seen.TryGetValue(file.Name, out var before) && before.IsStill(file))
        {
            return before.ReadyAt <= now;
        }

        _seen[file.Name] = Sighting.Of(file, now + _options.SettleTime);
        return false;
    }

    private async Task TakeAsync(FileInfo file, CancellationToken ct)
    {
        if (RefusalOf(file) is { } refusal)
        {
            await RefuseAsync(file, refusal, ct);
            return;
        }

        var bytes = await File.ReadAllBytesAsync(file.FullName, ct);
        file.Refresh();
        if (!_seen[file.Name].IsStill(file) || file.Length != bytes.Length)
        {
            _seen[file.Name] = Sighting.Of(file, time.GetUtcNow() + _options.SettleTime);
            return;
        }

        var hash = WireFile.Hash(bytes);
        if (await store.HasAsync(hash, ct))
        {
            Move(file, ReadFolder);
            LogRepeat(logger, file.Name);
            return;
        }

        if (file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase))
        {
            await OfferAsync(file, bytes, ct);
            return;
        }

        var (text, fault) = WireFile.Decode(bytes);
        if (text is null)
        {
            await RefuseAsync(file, fault!, ct);
            return;
        }

        await OfferAsync(file, hash, text, ct);
    }

    /// <summary>Ninjs items are known again one by one, so that a file of which one was refused can be dropped again as a whole.</summary>
    private async Task OfferAsync(FileInfo file, byte[] json, CancellationToken ct)
    {
        var sender = _options.Senders.FirstOrDefault(s => s.Source == _options.Source) ?? new WireSender { Source = _options.Source };
        var (fault, items) = await ninjs.FileAsync(json, sender, ct);
        var reasons = items.Select((item, i) => item.Result is WireResult.Refused(var reason) ? $"Item {i + 1}{(item.Uri is null ? "" : $" ({item.Uri})")}: {reason}" : null).OfType<string>().ToList();
        if (fault is not null || reasons.Count > 0)
        {
            await RefuseAsync(file, fault ?? $"{string.Join('\n', reasons)}{(reasons.Count < items.Count ? "\nThe other items are filed." : "")}", ct);
            return;
        }

        Move(file, ReadFolder);
        LogFiled(logger, file.Name);
    }

    private async Task OfferAsync(FileInfo file, string hash, string text, CancellationToken ct)
    {
        var context = new WireContext(_options.Source, _options.Language, time.GetUtcNow(), topics);
        var result = WireText.Read(file.Name, text, context) switch
        {
            WireReading.Accepted(var article) => await sink.FileAsync(new WireItem(article, new WireMark.File(file.Name, hash)), ct),
            WireReading.Refused(var reason) => new WireResult.Refused(reason),
            _ => throw new InvalidOperationException("A reading is accepted or refused."),
        };
        switch (result)
        {
            case WireResult.Refused(var reason):
                await RefuseAsync(file, reason, ct);
                break;
            case WireResult.Repeat:
                Move(file, ReadFolder);
                LogRepeat(logger, file.Name);
                break;
            default:
                Move(file, ReadFolder);
                LogFiled(logger, file.Name);
                break;
        }
    }

    // A link could lead out of the folder; a length of nothing is also how a pipe shows itself, and reading that would hang.
    private string? RefusalOf(FileInfo file) => file switch
    {
        { LinkTarget: not null } => "This is a link to another file. Copy the file itself into the folder.",
        { Length: 0 } => "The file is empty. Write the article into it and drop it again.",
        { Length: var length } when length > _options.MaxBytes =>
            $"The file has {length} bytes; the limit is {_options.MaxBytes}. Drop plain text, one article a file, or ninjs items in a .json file.",
        _ => null,
    };

    private async Task RefuseAsync(FileInfo file, string reason, CancellationToken ct)
    {
        var name = Move(file, RefusedFolder);
        await File.WriteAllTextAsync(Path.Combine(RefusedFolder, name + ".error.txt"), reason + "\n", ct);
        LogRefused(logger, name, reason);
    }

    /// <returns>The name it has now: a second file of one name gets a number.</returns>
    private string Move(FileInfo file, string folder)
    {
        var name = file.Name;
        for (var n = 2; Path.Exists(Path.Combine(folder, name)); n++)
        {
            name = $"{Path.GetFileNameWithoutExtension(file.Name)}.{n}{file.Extension}";
        }

        File.Move(file.FullName, Path.Combine(folder, name));
        _seen.Remove(file.Name);
        return name;
    }

    /// <summary>How a file looked, and when it may be read if it still looks so.</summary>
    private readonly record struct Sighting(long Length, DateTime Written, DateTimeOffset ReadyAt)
    {
        public static Sighting Of(FileInfo file, DateTimeOffset readyAt) => new(file.Length, file.LastWriteTimeUtc, readyAt);

        public bool IsStill(FileInfo file) => file.Exists && file.Length == Length && file.LastWriteTimeUtc == Written;
    }

    [LoggerMessage(LogLevel.Information, "Wire: {File} filed")]
    private static partial void LogFiled(ILogger logger, string file);

    [LoggerMessage(LogLevel.Information, "Wire: {File} holds what was filed before; put aside")]
    private static partial void LogRepeat(ILogger logger, string file);

    [LoggerMessage(LogLevel.Warning, "Wire: {File} refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string file, string reason);

    [LoggerMessage(LogLevel.Error, "Wire: {File} could not be taken; next try in {RetryAfter}")]
    private static partial void LogTrouble(ILogger logger, Exception exception, string file, TimeSpan retryAfter);
}
