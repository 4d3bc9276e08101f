using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace M10Bot.Simulator.Page;

/// <summary>The page's own files, which travel inside the assembly.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";
    private static readonly Assembly Home = typeof(PageFiles).Assembly;

    // Where it was built on Windows the folders in a resource's name are parted by backslashes.
    private static readonly FrozenDictionary<string, string> Names = Home.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), StringComparer.Ordinal);

    /// <param name="path">As in the address, without the leading slash: <c>js/main.js</c>.</param>
    public static IResult Serve(string path)
    {
        if (!Names.TryGetValue(path, out var name) || ContentType(path) is not { } type)
        {
            return Results.NotFound();
        }

        return Results.Stream(Home.GetManifestResourceStream(name)!, type);
    }

    private static string? ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => null,
    };
}
