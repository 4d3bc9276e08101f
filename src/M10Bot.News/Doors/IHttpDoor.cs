namespace M10Bot.News.Doors;

/// <summary>One address at which others call this bot over HTTP. The web server (M10Bot.Web) opens all that are registered, where <c>Web:Address</c> is set.</summary>
/// <remarks>
/// Everything that comes through a door is a stranger's until the door itself has proven otherwise. A door never
/// throws for what a caller sent; it answers with a status and, in the body, what to do.
/// </remarks>
public interface IHttpDoor
{
    /// <summary>The methods it takes, e.g. <c>POST</c>; others get 405.</summary>
    IReadOnlyList<string> Methods { get; }

    /// <summary>An exact path like <c>/wire</c>; one that ends in a slash takes everything below it.</summary>
    string Path { get; }

    /// <summary>A longer body is refused with 413 before it is read.</summary>
    int MaxBytes { get; }

    Task<DoorReply> OpenAsync(DoorRequest request, CancellationToken ct);
}

/// <param name="Method">In capitals.</param>
/// <param name="Path">As it was asked for, decoded, without the query.</param>
/// <param name="Query">By name, the last one where a name stands twice.</param>
/// <param name="Headers">By name, whatever its capitals; several of one name are joined by a comma.</param>
/// <param name="Body">The bytes as they came, for signatures are over them. At most the door's own limit.</param>
public sealed record DoorRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body);

/// <param name="Status">The HTTP status, 200 to 599.</param>
/// <param name="ContentType">Null where there is no body.</param>
public sealed record DoorReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>More headers, e.g. <c>Location</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>No body.</summary>
    public static DoorReply Bare(int status) => new(status, null, default);

    public static DoorReply Text(int status, string text) => new(status, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text));

    /// <param name="status">The HTTP status.</param>
    /// <param name="json">A whole JSON document in UTF-8.</param>
    public static DoorReply Json(int status, ReadOnlyMemory<byte> json) => new(status, "application/json", json);
}
